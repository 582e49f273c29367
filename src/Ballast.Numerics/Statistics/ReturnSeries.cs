namespace Ballast.Numerics.Statistics;

/// <summary>What a series of simple returns must satisfy before statistics are taken of it.</summary>
public static class ReturnSeries
{
    /// <summary>The first fault of a series, as a sentence with the place and the value; null where there is none.</summary>
    public static string? Fault(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2) return $"{returns.Length} returns are too few: statistics need at least 2";
        for (var t = 0; t < returns.Length; t++)
        {
            if (!double.IsFinite(returns[t])) return $"return {t} is {returns[t]}, not a number to reckon with";
            if (returns[t] < -1) return $"return {t} is {returns[t]:R}: a simple return cannot be below -1";
        }
        return null;
    }

    internal static void Require(ReadOnlySpan<double> returns, string name)
    {
        if (Fault(returns) is { } fault) throw new ArgumentException(fault, name);
    }

    internal static void RequirePeriods(double periodsPerYear)
    {
        if (!(periodsPerYear > 0 && double.IsFinite(periodsPerYear)))
            throw new ArgumentOutOfRangeException(nameof(periodsPerYear), periodsPerYear, "periods per year must be positive");
    }
}
