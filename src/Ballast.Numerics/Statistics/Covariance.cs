using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>How past returns are weighted by an exponentially weighted covariance; the three differ and are named.</summary>
public enum Ewma
{
    /// <summary>Σ ω_t x_t x_t' / Σ ω with ω_t = λ^(T−1−t), the mean taken as zero (RiskMetrics 1996).</summary>
    NormalisedZeroMean,

    /// <summary>The same after the weighted mean is taken off.</summary>
    NormalisedDemeaned,

    /// <summary>Σ_t = λ Σ_{t−1} + (1−λ) x_t x_t', begun with the first outer product.</summary>
    Recursive,
}

/// <summary>Covariances per period of a table of returns: one row a period, oldest first; one column an asset.</summary>
public static class Covariance
{
    /// <summary>Σ (x−x̄)(x−x̄)' / (T − ddof). It is singular where T ≤ n.</summary>
    public static Matrix Sample(Matrix returns, int ddof = 1)
    {
        if (ddof is not (0 or 1)) throw new ArgumentOutOfRangeException(nameof(ddof), ddof, "the divisor is T or T - 1");
        RequireTable(returns);
        return Products(Demeaned(returns), (t, last) => 1.0 / (last + 1 - ddof));
    }

    /// <summary>Exponentially weighted covariance; λ is 0.94 for daily and 0.97 for monthly returns by custom.</summary>
    public static Matrix ExponentiallyWeighted(Matrix returns, double lambda, Ewma kind)
    {
        if (!(lambda > 0 && lambda < 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "a decay lies in (0, 1)");
        RequireTable(returns);
        var columns = Columns(returns);
        if (kind == Ewma.Recursive) return Products(columns, (t, last) => Math.Pow(lambda, last - t) * (t == 0 ? 1 : 1 - lambda));
        var total = (1 - Math.Pow(lambda, returns.Rows)) / (1 - lambda);
        if (kind == Ewma.NormalisedDemeaned) foreach (var column in columns) Shift(column, -WeightedMean(column));
        return Products(columns, (t, last) => Math.Pow(lambda, last - t) / total);

        double WeightedMean(double[] x)
        {
            var sum = 0.0;
            for (var t = 0; t < x.Length; t++) sum += Math.Pow(lambda, x.Length - 1 - t) * x[t];
            return sum / total;
        }
    }

    internal static void RequireTable(Matrix returns)
    {
        if (returns.Columns == 0) throw new ArgumentException("a covariance needs at least one asset", nameof(returns));
        if (returns.Rows < 2) throw new ArgumentException($"a covariance needs at least 2 observations, not {returns.Rows}", nameof(returns));
        returns.RequireFinite();
    }

    internal static double[][] Demeaned(Matrix returns)
    {
        var columns = Columns(returns);
        // The mean of equal numbers may be off by an ulp, and what that leaves is no variance.
        foreach (var column in columns) Shift(column, column.AsSpan().ContainsAnyExcept(column[0]) ? -Moments.MeanOf(column) : -column[0]);
        return columns;
    }

    /// <summary>Σ_t weight(t, last) x_t x_t' of series that are given one array each.</summary>
    private static Matrix Products(double[][] series, Func<int, int, double> weight)
    {
        var length = series[0].Length;
        var weights = new double[length];
        for (var t = 0; t < length; t++) weights[t] = weight(t, length - 1);
        var sums = new Matrix(series.Length, series.Length);
        for (var i = 0; i < series.Length; i++)
            for (var j = 0; j <= i; j++)
                sums[i, j] = sums[j, i] = Product(series[i], series[j], weights);
        return sums;
    }

    private static double Product(double[] x, double[] y, double[] weights)
    {
        var sum = 0.0;
        for (var t = 0; t < weights.Length; t++) sum += weights[t] * x[t] * y[t];
        return sum;
    }

    private static double[][] Columns(Matrix table) => [.. Enumerable.Range(0, table.Columns).Select(table.Column)];

    private static void Shift(double[] values, double by)
    {
        for (var t = 0; t < values.Length; t++) values[t] += by;
    }
}
