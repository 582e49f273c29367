using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Who carries the losses of a portfolio's worst periods.</summary>
/// <param name="Shortfall">The mean loss of the worst α of the periods at these weights, as <see cref="SeriesMetrics.EsHistExact95"/> takes it.</param>
/// <param name="Contributions">Each asset's part of it, w_i ∂ES/∂w_i: its own mean loss in those periods times its weight. They sum to the shortfall; a hedge has a negative one.</param>
/// <remarks>Euler allocation: shortfall grows in proportion to the portfolio (Tasche 1999, "Risk contributions and performance measurement").</remarks>
public sealed record ShortfallShares(double Shortfall, double[] Contributions)
{
    /// <param name="returns">Simple returns, a row a period and a column an asset.</param>
    /// <param name="weights">One an asset; what they lack to one is cash, which loses nothing.</param>
    /// <param name="alpha">The tail, in (0, 1).</param>
    public static ShortfallShares Of(Matrix returns, double[] weights, double alpha = 0.05)
    {
        if (weights.Length != returns.Columns) throw new ArgumentException($"{weights.Length} weights against {returns.Columns} assets", nameof(weights));
        if (!(alpha > 0 && alpha < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "a tail is between nothing and all");
        var book = returns.RequireFinite().Times(weights);
        int[] worst = [.. Enumerable.Range(0, book.Length).OrderBy(t => book[t]).ThenBy(t => t)];
        var (contributions, mass) = (new double[weights.Length], alpha * book.Length);
        for (var k = 0; k < Math.Ceiling(mass); k++)
            for (var i = 0; i < weights.Length; i++) contributions[i] -= Math.Min(1, mass - k) / mass * weights[i] * returns[worst[k], i];
        return new ShortfallShares(contributions.Sum(), contributions);
    }
}
