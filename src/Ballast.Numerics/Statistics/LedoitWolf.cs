using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A covariance drawn towards a simpler one, with how far (0 = the sample, 1 = the target).</summary>
/// <param name="Covariance">δ F + (1 − δ) S, where S is the sample covariance with divisor T.</param>
/// <param name="Shrinkage">δ, in [0, 1].</param>
/// <param name="MeanCorrelation">r̄, the target's correlation, where the target has one.</param>
/// <param name="WithoutVariance">The columns that never move: their correlations are undefined and taken as zero.</param>
public sealed record Shrunk(Matrix Covariance, double Shrinkage, double? MeanCorrelation, IReadOnlyList<int> WithoutVariance);

/// <summary>Covariances that stay well-conditioned on short histories, by optimal linear shrinkage.</summary>
public static class LedoitWolf
{
    /// <summary>Towards a multiple of the identity (Ledoit and Wolf 2004, J. Multivariate Analysis 88): δ = min(b̄², d²)/d².</summary>
    public static Shrunk Identity(Matrix returns)
    {
        Covariance.RequireTable(returns);
        var (x, sample, n, length) = (Covariance.Demeaned(returns), Covariance.Sample(returns, ddof: 0), returns.Columns, returns.Rows);
        var scale = Enumerable.Range(0, n).Sum(i => sample[i, i]) / n;
        double distance = 0, noise = 0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var times = i == j ? 1 : 2;
                distance += times * Square(sample[i, j] - (i == j ? scale : 0));
                noise += times * MeanProduct(x[i], x[j], sample[i, j], x[i], x[j], sample[i, j]);
            }
        var shrinkage = distance == 0 ? 0 : Math.Min(noise / length, distance) / distance;
        return new(Blend(sample, shrinkage, (i, j) => i == j ? scale : 0), shrinkage, null, Still(sample));
    }

    /// <summary>Towards equal correlations with the sample's own variances (Ledoit and Wolf 2004, "Honey, I shrunk the sample covariance matrix", JPM 30, appendix B).</summary>
    public static Shrunk ConstantCorrelation(Matrix returns)
    {
        Covariance.RequireTable(returns);
        if (returns.Columns < 2) throw new ArgumentException("a mean correlation needs at least 2 assets", nameof(returns));
        var (x, sample, n, length) = (Covariance.Demeaned(returns), Covariance.Sample(returns, ddof: 0), returns.Columns, returns.Rows);
        var deviation = Enumerable.Range(0, n).Select(i => Math.Sqrt(sample[i, i])).ToArray();
        var mean = MeanCorrelation(sample, deviation);
        double pi = 0, rho = 0, gamma = 0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var noise = MeanProduct(x[i], x[j], sample[i, j], x[i], x[j], sample[i, j]);
                pi += i == j ? noise : 2 * noise;
                rho += i == j ? noise : deviation[i] == 0 || deviation[j] == 0 ? 0 : mean * (Pull(i, j) + Pull(j, i));
                gamma += i == j ? 0 : 2 * Square(mean * deviation[i] * deviation[j] - sample[i, j]);
            }
        var shrinkage = gamma == 0 ? 0 : Math.Clamp((pi - rho) / gamma / length, 0, 1);
        return new(Blend(sample, shrinkage, (i, j) => i == j ? sample[i, i] : mean * deviation[i] * deviation[j]), shrinkage, mean, Still(sample));

        // (s_j/s_i) ϑ_ii,ij of the paper.
        double Pull(int i, int j) => deviation[j] / deviation[i] * MeanProduct(x[i], x[i], sample[i, i], x[i], x[j], sample[i, j]);
    }

    private static double MeanCorrelation(Matrix sample, double[] deviation)
    {
        var (sum, n) = (0.0, deviation.Length);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++)
                if (deviation[i] > 0 && deviation[j] > 0) sum += sample[i, j] / (deviation[i] * deviation[j]);
        return 2 * sum / ((double)n * (n - 1));
    }

    /// <summary>T⁻¹ Σ_t (a_t b_t − m)(c_t d_t − n): a covariance of products of two series.</summary>
    private static double MeanProduct(double[] a, double[] b, double m, double[] c, double[] d, double n)
    {
        var sum = 0.0;
        for (var t = 0; t < a.Length; t++) sum += (a[t] * b[t] - m) * (c[t] * d[t] - n);
        return sum / a.Length;
    }

    internal static Matrix Blend(Matrix sample, double shrinkage, Func<int, int, double> target)
    {
        var blend = new Matrix(sample.Rows, sample.Columns);
        for (var i = 0; i < sample.Rows; i++)
            for (var j = 0; j < sample.Columns; j++)
                blend[i, j] = shrinkage * target(i, j) + (1 - shrinkage) * sample[i, j];
        return blend;
    }

    internal static int[] Still(Matrix sample) => [.. Enumerable.Range(0, sample.Rows).Where(i => sample[i, i] == 0)];

    private static double Square(double x) => x * x;
}
