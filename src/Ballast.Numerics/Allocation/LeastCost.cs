using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Allocation;

/// <summary>The cost-aware rule: bands as wide as costs justify, whose centre moves in common so that the most opposite asset pays for a breach.</summary>
/// <remarks>
/// y = argmin ½ Σ (y_i − t_i)²/D_i + p Σ |y_i − w_i| with Σ y = total and bounds; D_i = (t_i(1 − t_i))^(2/3), p = (3κ/γ)^(1/3).
/// The exponent is that of the asymptotic one-asset width, in which the variance cancels; the metric has identity correlation.
/// </remarks>
public static class LeastCost
{
    /// <summary>y_i = clip(w_i, t_i + D_i(ν − p), t_i + D_i(ν + p)), then to the bounds, with the ν that gives the sum. No trade is due where y equals w, which is then returned to the bit.</summary>
    /// <param name="weights">w; they sum to the total.</param>
    /// <param name="targets">t, each in [0, 1].</param>
    /// <param name="cost">κ: proportional, one way.</param>
    /// <param name="riskAversion">γ.</param>
    /// <param name="minimum">No weight may be less.</param>
    /// <param name="maximum">No weight may be more.</param>
    /// <returns>The weights to hold, or <c>BandsInfeasible</c> where the bounds cannot give the total.</returns>
    public static Answer<double[]> Weights(ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, double cost, double riskAversion, double minimum = 0, double maximum = 1)
    {
        Elements.RequireSameLength(weights.Length, targets.Length);
        Elements.RequireFinite(weights, nameof(weights));
        Elements.RequireNotNegative(targets, nameof(targets));
        if (!(cost >= 0 && cost < 1)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "a cost lies in [0, 1)");
        if (!(riskAversion > 0)) throw new ArgumentOutOfRangeException(nameof(riskAversion), riskAversion, "risk aversion must be positive");
        var n = targets.Length;
        var (room, price) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++) (room[i], price[i]) = (NoTradeRegion.Room(targets[i]), Math.Cbrt(3 * cost / riskAversion));
        return new NoTradeRegion(targets.ToArray(), room, price)
            .From(weights, Limits.Between(n, minimum, maximum) with { Total = Elements.Sum(targets) })
            .Then(point => (Answer<double[]>)point.Weights);
    }
}
