using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Covariance shrunk to that of a one-factor market model (Ledoit and Wolf 2003, J. Empirical Finance 10).</summary>
public static class SingleFactorShrinkage
{
    /// <summary>Towards F_ij = c_i c_j / v off the diagonal, where the market is the mean of the assets; S has the divisor T.</summary>
    /// <param name="returns">T by n, simple returns, oldest first.</param>
    /// <returns><c>ConstantMarket</c> where the mean of the assets never moves; <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c>.</returns>
    public static Answer<Shrunk> Of(Matrix returns)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<Shrunk>();
        var (x, sample) = (Covariance.Demeaned(returns), Covariance.Sample(returns, ddof: 0));
        double[] market = [.. Enumerable.Range(0, returns.Rows).Select(t => x.Average(asset => asset[t]))];
        double[] loadings = [.. x.Select(asset => Algebra.Dot(asset, market) / returns.Rows)];
        var variance = Algebra.Dot(market, market) / returns.Rows;
        // What rounding leaves of assets that cancel is no market.
        if (!(variance > 1e-28 * sample.Diagonal().Sum() && variance > Fault.Smallest)) return new Answer<Shrunk>.Refused("ConstantMarket", "the mean of the assets never moves");
        double Target(int i, int j) => i == j ? sample[i, i] : loadings[i] * loadings[j] / variance;
        var shrinkage = Shrinkage(x, sample, market, loadings, variance, Target);
        return new Shrunk(LedoitWolf.Blend(sample, shrinkage, Target), shrinkage, null, LedoitWolf.Still(sample));
    }

    /// <summary>δ = clip((p − ρ)/(γ T), 0, 1), with p, ρ and γ summed pair by pair.</summary>
    private static double Shrinkage(double[][] x, Matrix sample, double[] market, double[] c, double v, Func<int, int, double> target)
    {
        var (n, length) = (x.Length, market.Length);
        double noise = 0, shared = 0, distance = 0;
        double[][] squares = [.. x.Select(asset => asset.Select(r => r * r).ToArray())];
        double[][] withMarket = [.. x.Select(asset => asset.Zip(market, (r, m) => r * m).ToArray())];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var spread = Algebra.Dot(squares[i], squares[j]) / length - sample[i, j] * sample[i, j];
                noise += spread;
                distance += Math.Pow(target(i, j) - sample[i, j], 2);
                shared += i == j ? spread : Pull(i, j);
            }
        return distance == 0 ? 0 : Math.Clamp((noise - shared) / (distance * length), 0, 1);

        // 2 r₁ − r₃ of the paper's code, off the diagonal: x_i² with x_j m, and x_i m with x_j m.
        double Pull(int i, int j)
        {
            var first = Algebra.Dot(squares[i], withMarket[j]) / length - c[i] * sample[i, j];
            var third = Algebra.Dot(withMarket[i], withMarket[j]) / length - v * sample[i, j];
            return 2 * first * c[j] / v - third * c[i] * c[j] / v / v;
        }
    }
}
