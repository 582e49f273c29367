namespace Ballast.Numerics.Statistics;

/// <summary>Collects, while metrics are computed, the reason for each one that has no value.</summary>
internal sealed class Notes
{
    private readonly SortedDictionary<string, string> reasons = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Reasons => reasons;

    public void Add(string metric, string reason) => reasons[metric] = reason;

    /// <summary>The value, or null with the reason where it is not a finite number.</summary>
    public double? Finite(string metric, double value, string reason = "the value exceeds the range of a double")
    {
        if (double.IsFinite(value)) return value;
        Add(metric, reason);
        return null;
    }

    /// <summary>The quotient, or null with the reason where there is nothing to divide by.</summary>
    public double? Ratio(string metric, double top, double bottom, string reason) =>
        bottom == 0 ? Finite(metric, double.NaN, reason) : Finite(metric, top / bottom);
}
