using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>What rebalancing to fixed weights every period brought: against the average asset, which is no profit, and against holding, which is.</summary>
/// <param name="DiversificationReturnApprox">½(Σ w_i σ_i² − σ_P²), population variances of simple returns (Booth and Fama 1992).</param>
/// <param name="GrowthRebalanced">Mean log return of the rebalanced book, before costs.</param>
/// <param name="GrowthWeightedAssets">Σ w_i × mean log return of asset i.</param>
/// <param name="ExcessGrowthExact">The difference of these two (Fernholz and Shay 1982): a property of the weights, never to be advertised as profit.</param>
/// <param name="GrowthBuyHold">T⁻¹ ln Σ w_i W_i,T.</param>
/// <param name="PremiumVsBuyHold">Growth over buy and hold, before costs; negative where one asset runs away.</param>
/// <param name="GrowthRebalancedNet">Mean log return after the cost of every period's trades, paid out of the book.</param>
/// <param name="PremiumVsBuyHoldNet">Growth over buy and hold after those costs.</param>
public sealed record RebalancingPremium(
    double DiversificationReturnApprox,
    double GrowthRebalanced,
    double GrowthWeightedAssets,
    double ExcessGrowthExact,
    double GrowthBuyHold,
    double PremiumVsBuyHold,
    double GrowthRebalancedNet,
    double PremiumVsBuyHoldNet)
{
    /// <summary>All figures per period, of a table of returns (a row a period, a column an asset) and weights that sum to one.</summary>
    /// <param name="returns">Simple returns above −1.</param>
    /// <param name="weights">The weights to which the book returns after each period.</param>
    /// <param name="cost">κ: proportional cost of each trade, one way, in [0, 1).</param>
    public static RebalancingPremium Of(Matrix returns, ReadOnlySpan<double> weights, double cost = 0)
    {
        Require(returns, weights);
        var (w, rates) = (weights.ToArray(), new double[weights.Length]);
        Array.Fill(rates, cost);
        double rebalanced = 0, net = 0, squares = 0;
        var book = returns.Times(w);
        var mean = Moments.MeanOf(book);
        for (var t = 0; t < book.Length; t++)
        {
            var own = Math.Log(1 + book[t]);
            rebalanced += own;
            net += cost == 0 ? own : Math.Log(AfterCosts(returns.Row(t), w, rates));
            squares += (book[t] - mean) * (book[t] - mean);
        }
        var (averageGrowth, averageVariance, held) = Assets(returns, w);
        var (growth, netGrowth, hold) = (rebalanced / book.Length, net / book.Length, Math.Log(held) / book.Length);
        return new((averageVariance - squares / book.Length) / 2, growth, averageGrowth, growth - averageGrowth, hold, growth - hold, netGrowth, netGrowth - hold);
    }

    /// <summary>Value of one unit after a period's returns and after the trades back to the weights have been paid.</summary>
    private static double AfterCosts(ReadOnlySpan<double> returns, double[] weights, double[] rates)
    {
        var values = new double[weights.Length];
        for (var i = 0; i < values.Length; i++) values[i] = weights[i] * (1 + returns[i]);
        return SelfFinancing.Solve(values, 0, weights, rates).OrThrow().PostValue;
    }

    private static (double Growth, double Variance, double Held) Assets(Matrix returns, double[] weights)
    {
        double growth = 0, variance = 0, held = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var column = returns.Column(i);
            var moments = Moments.Of(column);
            growth += weights[i] * column.Average(r => Math.Log(1 + r));
            variance += weights[i] * moments.SumSquares / moments.Count;
            held += weights[i] * column.Aggregate(1.0, (wealth, r) => wealth * (1 + r));
        }
        return (growth, variance, held);
    }

    private static void Require(Matrix returns, ReadOnlySpan<double> weights)
    {
        Covariance.RequireTable(returns);
        if (weights.Length != returns.Columns) throw new ArgumentException($"{weights.Length} weights against {returns.Columns} assets", nameof(weights));
        if (returns.Cells.Min() <= -1) throw new ArgumentException("a return of -1 or less has no logarithm", nameof(returns));
        var sum = 0.0;
        foreach (var w in weights) sum += w >= 0 ? w : throw new ArgumentException($"a weight of {w} is negative: the premium is defined for long books", nameof(weights));
        if (Math.Abs(sum - 1) > 1e-9) throw new ArgumentException($"the weights sum to {sum:R}, not 1", nameof(weights));
    }
}
