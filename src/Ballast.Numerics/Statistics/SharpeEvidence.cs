namespace Ballast.Numerics.Statistics;

/// <summary>How much a series' Sharpe ratio proves.</summary>
/// <param name="Probabilistic">The probability that the true ratio is above zero; null where the ratio or its error is undefined.</param>
/// <param name="Deflated">The probability that it is above what the best of the trials would show by chance.</param>
/// <param name="MinimumTrackRecord">Periods that would show at 95 % that it is above zero; null where it is not above zero.</param>
public readonly record struct SharpeEvidence(double? Probabilistic, double? Deflated, double? MinimumTrackRecord)
{
    /// <summary>Evidence for each of several series that were tried together; the trials are as many as the series, their variance (divisor n − 1) is that of their Sharpe ratios per period.</summary>
    /// <param name="tried">The metrics of each series.</param>
    /// <param name="periodsPerYear">By which their Sharpe ratios were made annual.</param>
    public static SharpeEvidence[] Of(IReadOnlyList<SeriesMetrics> tried, double periodsPerYear)
    {
        double[] known = [.. tried.Where(m => m.SharpeAnn is not null).Select(m => m.SharpeAnn!.Value / Math.Sqrt(periodsPerYear))];
        var variance = known.Length < 2 ? 0 : Moments.Of(known) is var m ? m.SampleDeviation * m.SampleDeviation : 0;
        return [.. tried.Select(one => Of(one, periodsPerYear, variance, Math.Max(1, known.Length)))];
    }

    /// <summary>Evidence for one series that was chosen among trials.</summary>
    /// <param name="metrics">Of the series.</param>
    /// <param name="periodsPerYear">By which its Sharpe ratio was made annual.</param>
    /// <param name="variance">Of the trials' Sharpe ratios per period.</param>
    /// <param name="trials">How many there were, at least 1.</param>
    public static SharpeEvidence Of(SeriesMetrics metrics, double periodsPerYear, double variance, double trials)
    {
        if (metrics is not { SharpeAnn: { } annual, Skew: { } skew, KurtRaw: { } kurtosis }) return default;
        var (sharpe, count) = (annual / Math.Sqrt(periodsPerYear), metrics.Periods);
        if (!(1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe > 0)) return default;
        var record = SharpeInference.MinimumTrackRecord(sharpe, 0, skew, kurtosis);
        return new(
            SharpeInference.Probabilistic(sharpe, 0, count, skew, kurtosis),
            SharpeInference.Deflated(sharpe, count, skew, kurtosis, variance, trials),
            double.IsFinite(record) ? record : null);
    }
}
