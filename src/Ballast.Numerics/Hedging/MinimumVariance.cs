using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Hedging;

/// <summary>How much of a future takes most of the variance out of a holding, by least squares.</summary>
/// <param name="Ratio">h = Cov(s, f)/Var(f): units of the future to sell per unit held.</param>
/// <param name="Intercept">What the holding gains where the future gains nothing.</param>
/// <param name="StandardError">Of the ratio, √(SSR/(n − 2)/S_ff).</param>
/// <param name="Effectiveness">R²: the share of the variance that the hedge takes away.</param>
public sealed record LeastSquaresHedge(double Ratio, double Intercept, double StandardError, double Effectiveness);

/// <summary>Hedge ratios that leave the least variance, from the moves of a holding and of what hedges it, at the same times.</summary>
/// <remarks>Moves of prices give coins per coin; moves as returns give the ratio of values, and the coins of the future are then h Q_S S/(Q_F F).</remarks>
public static class MinimumVariance
{
    /// <summary>Fewer observations say too little: InsufficientData.</summary>
    private const int Fewest = 20;

    /// <summary>Ederington's (1979) ratio, over the whole sample and with an intercept.</summary>
    public static Answer<LeastSquaresHedge> OfSample(ReadOnlySpan<double> holding, ReadOnlySpan<double> future)
    {
        if (FaultOf(holding, future) is { } fault) return fault.As<LeastSquaresHedge>();
        var (s, f, cross) = (Product(holding, holding), Product(future, future), Product(holding, future));
        if (f < Fault.Smallest) return Still().As<LeastSquaresHedge>();
        var (ratio, n) = (cross / f, holding.Length);
        var unexplained = Math.Max(0, s - ratio * cross);
        return new LeastSquaresHedge(ratio, Mean(holding) - ratio * Mean(future), Math.Sqrt(unexplained / (n - 2) / f), s == 0 ? 0 : 1 - unexplained / s);
    }

    /// <summary>Of exponentially weighted products around zero: v ← λv + (1 − λ)f², c ← λc + (1 − λ)sf, from the first observation.</summary>
    /// <param name="decay">λ in (0, 1).</param>
    public static Answer<double> Weighted(ReadOnlySpan<double> holding, ReadOnlySpan<double> future, double decay = 0.94)
    {
        if (!(decay is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "a decay is between 0 and 1");
        if (FaultOf(holding, future) is { } fault) return fault.As<double>();
        var (variance, cross) = (future[0] * future[0], holding[0] * future[0]);
        for (var i = 1; i < future.Length; i++)
        {
            variance = decay * variance + (1 - decay) * future[i] * future[i];
            cross = decay * cross + (1 - decay) * holding[i] * future[i];
        }
        return variance < Fault.Smallest ? Still().As<double>() : cross / variance;
    }

    /// <summary>Σ_ff⁻¹ Σ_fs of several futures, drawn towards equal correlations (Ledoit and Wolf) where there are fewer than ten observations to each.</summary>
    /// <param name="futures">A row an observation, a column a future.</param>
    public static Answer<double[]> Several(ReadOnlySpan<double> holding, Matrix futures)
    {
        if (futures.Rows != holding.Length) return Apart(holding.Length, futures.Rows).As<double[]>();
        if ((holding.Length < Fewest ? TooFew(holding.Length) : Fault.OfReturns(futures) ?? Fault.OfNumbers(holding, holding.Length, "moves")) is { } fault) return fault.As<double[]>();
        var k = futures.Columns;
        var all = new Matrix(holding.Length, k + 1);
        for (var row = 0; row < holding.Length; row++)
        {
            futures.Row(row).CopyTo(all.Row(row));
            all[row, k] = holding[row];
        }
        var covariance = holding.Length < 10 * k ? LedoitWolf.ConstantCorrelation(all).Covariance : Covariance.Sample(all);
        var (among, across) = (new Matrix(k, k), new double[k]);
        for (var i = 0; i < k; i++)
        {
            covariance.Row(i)[..k].CopyTo(among.Row(i));
            across[i] = covariance[i, k];
        }
        return Cholesky.Of(among) is Answer<Cholesky>.Found factor ? factor.Value.Solve(across) : Still().As<double[]>();
    }

    /// <summary>Refused as AsyncSeries unless both were observed at the same times.</summary>
    public static Answer<int> Synchronised(ReadOnlySpan<long> holding, ReadOnlySpan<long> future)
    {
        if (holding.Length != future.Length) return Apart(holding.Length, future.Length).As<int>();
        for (var i = 0; i < holding.Length; i++)
            if (holding[i] != future[i]) return new Fault("AsyncSeries", $"observation {i} is of {holding[i]} and of {future[i]}").As<int>();
        return holding.Length;
    }

    private static Fault? FaultOf(ReadOnlySpan<double> holding, ReadOnlySpan<double> future) =>
        holding.Length != future.Length ? Apart(holding.Length, future.Length)
        : holding.Length < Fewest ? TooFew(holding.Length)
        : Fault.OfNumbers(holding, holding.Length, "moves") ?? Fault.OfNumbers(future, future.Length, "futures' moves");

    private static Fault Apart(int holding, int future) => new("AsyncSeries", $"{holding} observations of the holding and {future} of the future");

    private static Fault TooFew(int count) => new("InsufficientData", $"{count} observations where at least {Fewest} are needed");

    private static Fault Still() => new("InsufficientData", "the future does not move, so it hedges nothing");

    private static double Mean(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x) sum += value;
        return sum / x.Length;
    }

    /// <summary>Σ(a − ā)(b − b̄).</summary>
    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (first, second, sum) = (Mean(a), Mean(b), 0.0);
        for (var i = 0; i < a.Length; i++) sum += (a[i] - first) * (b[i] - second);
        return sum;
    }
}
