namespace Ballast.Numerics.Statistics;

/// <summary>A figure of a series, or its difference between two, with the range that resampling gives it.</summary>
/// <param name="Point">The figure, or first minus second, in the series themselves; null where it is undefined.</param>
/// <param name="Low">Lower end of the percentile interval.</param>
/// <param name="High">Upper end of the percentile interval.</param>
/// <param name="PValue">Twice the smaller share of resamples at or beyond zero, (count + 1)/(B + 1), at most 1: small where chance hardly gives the sign.</param>
/// <param name="Reason">Why there is no interval, or null.</param>
public sealed record BootstrapInterval(double? Point, double? Low, double? High, double? PValue, string? Reason)
{
    internal static BootstrapInterval Of(double point, double[] resampled, double level, string undefined)
    {
        if (!double.IsFinite(point) || resampled.Any(x => !double.IsFinite(x)))
            return new(double.IsFinite(point) ? point : null, null, null, null, undefined);
        Array.Sort(resampled);
        var (below, above) = (resampled.Count(x => x <= 0), resampled.Count(x => x >= 0));
        var share = Math.Min(1, 2.0 * (Math.Min(below, above) + 1) / (resampled.Length + 1));
        var tail = (1 - level) / 2;
        return new(point, Quantile.OfSorted(resampled, tail), Quantile.OfSorted(resampled, 1 - tail), share, null);
    }
}
