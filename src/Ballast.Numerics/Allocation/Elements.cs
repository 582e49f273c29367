namespace Ballast.Numerics.Allocation;

/// <summary>Small tests of lists of numbers that several methods of this folder begin with.</summary>
internal static class Elements
{
    /// <summary>How far targets may sum from one before they are refused.</summary>
    public const double SumTolerance = 1e-9;

    public static void RequireSameLength(int expected, params ReadOnlySpan<int> lengths)
    {
        foreach (var length in lengths)
            if (length != expected) throw new ArgumentException($"lists of {expected} and of {length} elements belong to the same assets");
    }

    public static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i])) throw new ArgumentException($"{name}[{i}] is {values[i]}", name);
    }

    public static void RequireNotNegative(ReadOnlySpan<double> values, string name)
    {
        RequireFinite(values, name);
        for (var i = 0; i < values.Length; i++)
            if (values[i] < 0) throw new ArgumentException($"{name}[{i}] is negative: {values[i]:R}", name);
    }

    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }
}
