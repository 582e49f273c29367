using Ballast.Market;
using Ballast.Planning;
using Ballast.Targets;

namespace Ballast.Engine.Backtests;

/// <summary>How far a run strayed from always being at its targets, costs apart: the annual deviation of the difference in bar returns.</summary>
public static class TrackingError
{
    /// <returns>Null where the targets are not fixed, or an asset lacks prices on the way.</returns>
    public static double? Of(Policy policy, PriceHistory history, BacktestSettings settings, BacktestResult run, double barsAYear)
    {
        if (AtTarget(policy, history, settings) is not { } target) return null;
        var returns = run.Returns();
        return returns.Length < 2 ? null : Deviation(returns, target) * Math.Sqrt(barsAYear);
    }

    /// <summary>Bar returns of a portfolio that is at its fixed targets at every close: Σ w_i r_i.</summary>
    public static double[]? AtTarget(Policy policy, PriceHistory history, BacktestSettings settings)
    {
        var (targets, _) = TargetResolver.Resolve(policy.Targets, policy.Base, null, 365);
        if (targets is null) return null;
        var (first, last) = BacktestSpan.Of(history, settings);
        var returns = new double[last - first];
        foreach (var (asset, weight) in targets.Weights)
        {
            if (asset == policy.Base) continue;
            if (history.In(asset, policy.Base) is not { } series) return null;
            for (var t = 0; t < returns.Length; t++) returns[t] += (double)weight * (series.Close[first + t + 1] / series.Close[first + t] - 1);
        }
        return returns.Any(double.IsNaN) ? null : returns;
    }

    /// <summary>Sample deviation of a − b.</summary>
    public static double Deviation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0, squares = 0;
        for (var t = 0; t < a.Length; t++) sum += a[t] - b[t];
        var mean = sum / a.Length;
        for (var t = 0; t < a.Length; t++) squares += (a[t] - b[t] - mean) * (a[t] - b[t] - mean);
        return Math.Sqrt(squares / (a.Length - 1));
    }
}
