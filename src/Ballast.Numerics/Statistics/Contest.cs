using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>One series against the rival of a contest.</summary>
/// <param name="Difference">Series less rival, with intervals.</param>
/// <param name="Sharpe">Ledoit and Wolf's test of the Sharpe ratios; null where one of the two does not vary or has too few returns.</param>
/// <param name="GrowthHolm">The p-value of the growth difference once all series of the contest are counted; null where it has none.</param>
/// <param name="VolatilityHolm">The same of the volatility difference.</param>
/// <param name="SharpeHolm">The same of Ledoit and Wolf's p-value.</param>
public sealed record Bout(BlockBootstrap Difference, SharpeDifference? Sharpe, double? GrowthHolm, double? VolatilityHolm, double? SharpeHolm);

/// <summary>Whether any of several return series beats a rival by more than chance, once it is counted how many were tried.</summary>
/// <param name="Bouts">One a series, in their order.</param>
/// <param name="Check">Whether the best of them beats the rival in mean log return (White, Hansen); null where no series differs from the rival, or a return is −1.</param>
/// <param name="CheckBlock">The block length of that check.</param>
public sealed record Contest(IReadOnlyList<Bout> Bouts, RealityCheck? Check, double? CheckBlock)
{
    /// <param name="series">The series that are tried; simple returns over the same periods as the rival's.</param>
    /// <param name="rival">What they are to beat.</param>
    /// <param name="periodsPerYear">By which figures are made annual.</param>
    /// <param name="plan">How chance is drawn; the block length is each pair's own unless stated.</param>
    /// <param name="riskFree">Per period.</param>
    public static Contest Of(IReadOnlyList<double[]> series, double[] rival, double periodsPerYear, BootstrapPlan plan, double riskFree = 0)
    {
        var differences = series.Select(s => BlockBootstrap.Compare(s, rival, periodsPerYear, plan, riskFree)).ToArray();
        var sharpes = series.Select(s => SharpeTest(s, rival, riskFree)).ToArray();
        var (growth, volatility) = (Adjusted([.. differences.Select(d => d.LogGrowth.PValue)]), Adjusted([.. differences.Select(d => d.Volatility.PValue)]));
        var sharpe = Adjusted([.. sharpes.Select(s => s?.PValue)]);
        var (check, block) = RealityCheckOf(series, rival, plan, differences);
        return new([.. differences.Select((d, k) => new Bout(d, sharpes[k], growth[k], volatility[k], sharpe[k]))], check, block);
    }

    private static SharpeDifference? SharpeTest(double[] series, double[] rival, double riskFree)
    {
        double[] a = [.. series.Select(r => r - riskFree)], b = [.. rival.Select(r => r - riskFree)];
        if (a.Length < 5 || ReturnSeries.Fault(a) is not null || ReturnSeries.Fault(b) is not null) return null;
        if (Moments.Of(a).SumSquares == 0 || Moments.Of(b).SumSquares == 0) return null;
        // Two series that are the same have a difference of nothing with an error of nothing.
        return SharpeDifference.Of(a, b) is { StandardError: > 0 } test ? test : null;
    }

    /// <summary>Holm over those that have a p-value.</summary>
    private static double?[] Adjusted(double?[] pValues)
    {
        var known = Enumerable.Range(0, pValues.Length).Where(k => pValues[k] is not null).ToArray();
        var adjusted = StepDown.Holm([.. known.Select(k => pValues[k]!.Value)]);
        var all = new double?[pValues.Length];
        for (var i = 0; i < known.Length; i++) all[known[i]] = adjusted[i];
        return all;
    }

    private static (RealityCheck?, double?) RealityCheckOf(IReadOnlyList<double[]> series, double[] rival, BootstrapPlan plan, BlockBootstrap[] pairs)
    {
        if (rival.Length < 3) return (null, null);
        var logs = series.Select(s => s.Zip(rival, (a, b) => Math.Log(1 + a) - Math.Log(1 + b)).ToArray()).ToArray();
        var varied = Enumerable.Range(0, logs.Length).Where(k => Moments.Of(logs[k]).PopulationDeviation > 0).ToArray();
        // A series that has lost everything cannot be left out of a count of what was tried.
        if (varied.Length == 0 || logs.Any(l => l.Any(x => !double.IsFinite(x)))) return (null, null);
        var table = new Matrix(rival.Length, varied.Length);
        for (var t = 0; t < rival.Length; t++)
            for (var i = 0; i < varied.Length; i++) table[t, i] = logs[varied[i]][t];
        var block = pairs.Max(p => p.BlockLength);
        return (RealityCheck.Of(table, BlockBootstrap.Rows(rival.Length, block, plan)), block);
    }
}
