using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Allocation;

/// <summary>
/// The weights from which no trade is worth its cost, and the weights that a trade from outside should end at:
/// y = argmin ½ Σ (y_i − t_i)²/D_i + Σ p_i |y_i − w_i| within limits, so that a trade is due where y is not w.
/// </summary>
/// <remarks>
/// D_i = (t_i(1 − t_i))^(2/3) and p_i = c κ_i. For one asset beside cash that costs nothing the half width is [3κ/(2γ) t²(1 − t)²]^(1/3), the
/// asymptotic one (<see cref="NoTradeBand"/>); two assets of the same cost have p = (3κ/γ)^(1/3). A fixed cost F of a trade, as a share of value,
/// makes trades rarer and larger: alone it gives the half width [12F/γ t²(1 − t)²]^(1/4), where a random walk's loss and its trades together cost least.
/// </remarks>
public sealed class NoTradeRegion
{
    /// <summary>Two weights closer than this are one: the last digits of an earlier trade are no reason for another.</summary>
    public const double Same = 1e-10;

    private readonly double[] _targets, _room, _price;
    private readonly double _scale;

    internal NoTradeRegion(double[] targets, double[] room, double[] price, double scale = 0) => (_targets, _room, _price, _scale) = (targets, room, price, scale);

    /// <param name="targets">t, each in [0, 1].</param>
    /// <param name="costs">κ of each: proportional, one way; 0 for cash.</param>
    /// <param name="riskAversion">γ.</param>
    /// <param name="fixedCosts">F of each: what a trade costs besides, as a share of value; empty for none.</param>
    public static NoTradeRegion Of(ReadOnlySpan<double> targets, ReadOnlySpan<double> costs, double riskAversion, ReadOnlySpan<double> fixedCosts = default)
    {
        Elements.RequireSameLength(targets.Length, costs.Length, fixedCosts.IsEmpty ? targets.Length : fixedCosts.Length);
        Elements.RequireNotNegative(targets, nameof(targets));
        Elements.RequireNotNegative(fixedCosts, nameof(fixedCosts));
        foreach (var cost in costs)
            if (!(cost >= 0 && cost < 1)) throw new ArgumentOutOfRangeException(nameof(costs), cost, "a cost lies in [0, 1)");
        if (!(riskAversion > 0)) throw new ArgumentOutOfRangeException(nameof(riskAversion), riskAversion, "risk aversion must be positive");
        var (scale, n) = (Scale(targets, costs, fixedCosts, riskAversion), targets.Length);
        var (room, price) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            room[i] = Room(Math.Clamp(targets[i], Least, 1 - Least));
            price[i] = costs[i] == 0 ? 0 : scale * costs[i];
        }
        return new(targets.ToArray(), room, price, scale) { LeastTrades = fixedCosts.IsEmpty ? new double[n] : Smallest(room, fixedCosts, scale) };
    }

    /// <summary>The smallest trade of each weight that pays for its fixed cost and for that of the trade that funds it: x²/D_i = c (F_i + mean F of the others).</summary>
    public double[] LeastTrades { get; private init; } = [];

    private static double[] Smallest(double[] room, ReadOnlySpan<double> fixedCosts, double scale)
    {
        var (all, once) = (room.Sum(), 0.0);
        for (var i = 0; i < room.Length; i++) once += room[i] * fixedCosts[i];
        var least = new double[room.Length];
        for (var i = 0; i < room.Length; i++)
            if (fixedCosts[i] > 0) least[i] = Math.Sqrt(room[i] * scale * (fixedCosts[i] + (all > room[i] ? (once - room[i] * fixedCosts[i]) / (all - room[i]) : 0)));
        return least;
    }

    /// <summary>A target nearer to 0 or 1 has the room of this one: what is left over in cash after a trade is no reason for the next.</summary>
    private const double Least = 0.001;

    /// <summary>D: how much of a common shift a weight takes.</summary>
    internal static double Room(double target) => Math.Cbrt(target * (1 - target)) is var root ? root * root : 0;

    /// <summary>
    /// c: how much saving a unit of cost has to bring. 1/c is the sum of what proportional and fixed costs alone would give.
    /// Of n assets each pays its own leg of a trade, against a deviation that wanders by n/(n − 1) times the asset's own variance: with two the whole
    /// of both legs, with many half as much. n counts rooms, (ΣD)²/ΣD².
    /// </summary>
    private static double Scale(ReadOnlySpan<double> targets, ReadOnlySpan<double> costs, ReadOnlySpan<double> fixedCosts, double riskAversion)
    {
        double room = 0, squares = 0, rate = 0, once = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            var own = Room(targets[i]);
            (room, squares, rate) = (room + own, squares + own * own, rate + own * costs[i]);
            once += fixedCosts.IsEmpty ? 0 : own * fixedCosts[i];
        }
        if (room * room <= squares) return 0;
        var (n, mean) = (room * room / squares, rate / room);
        var legs = n / (2 * (n - 1));
        return 1 / (Math.Cbrt(riskAversion * mean * mean / (3 * legs)) + Math.Sqrt(riskAversion * once / (6 * legs * squares)));
    }

    /// <summary>Where to go from some weights.</summary>
    /// <param name="weights">w.</param>
    /// <param name="limits">Bounds of each weight; the sum to keep.</param>
    /// <param name="groups">Bounds of the sums of disjoint groups.</param>
    /// <param name="leastTrades">A smaller change of a weight is not made, and what it would have paid for neither; 0 or empty where any is.</param>
    /// <returns>The weights to hold, or <c>BandsInfeasible</c> where the limits contradict each other.</returns>
    public Answer<NoTradePoint> From(ReadOnlySpan<double> weights, Limits limits, IReadOnlyList<WeightGroup>? groups = null, ReadOnlySpan<double> leastTrades = default)
    {
        Elements.RequireSameLength(weights.Length, _targets.Length, limits.Size);
        Elements.RequireFinite(weights, nameof(weights));
        var (w, least) = (weights.ToArray(), leastTrades.ToArray());
        var (low, high) = ((double[])limits.Lower.Clone(), (double[])limits.Upper.Clone());
        NoTradePoint? first = null;
        while (true)
        {
            var answer = new NoTradeStep(_targets, _room, _price, w, low, high, groups ?? []).Solve(limits.Total);
            if (answer is not Answer<NoTradePoint>.Found { Value: var point }) return first is null ? answer : first with { Weights = w };
            first ??= point;
            if (TooSmall(w, point.Weights, least) is not { } small) return first with { Weights = point.Weights };
            (low[small], high[small]) = (w[small], w[small]);
        }
    }

    /// <summary>The change that is smallest against the least that is made; null where all may be made. It is left out, and the others are asked again.</summary>
    private static int? TooSmall(double[] from, double[] to, double[] least)
    {
        (int? Place, double Share) smallest = (null, 1);
        for (var i = 0; i < least.Length; i++)
            if (Math.Abs(to[i] - from[i]) is var change && change > Same && least[i] > 0 && change / least[i] < smallest.Share) smallest = (i, change / least[i]);
        return smallest.Place;
    }

    /// <summary>What the change of one weight is worth, as a share of value: its part of the loss, ½(y − t)²/D, over c.</summary>
    public double Worth(int place, double from, double to) => _scale is 0 or double.PositiveInfinity ? 0
        : ((from - _targets[place]) * (from - _targets[place]) - (to - _targets[place]) * (to - _targets[place])) / (2 * _room[place] * _scale);

    /// <summary>
    /// Between which weights one asset can move alone, the others keeping their proportions as they do when only its price moves, before it is traded:
    /// its position may come no further from another's than both their prices. A pair that is further apart already counts as on its edge.
    /// </summary>
    public (double Low, double High) Alone(int place, ReadOnlySpan<double> weights, Limits limits)
    {
        var (down, up, rest) = (weights[place], 1 - weights[place], 1 - weights[place]);
        var own = Position(place, weights[place]);
        for (var i = 0; i < weights.Length; i++)
        {
            if (i == place || rest <= 0) continue;
            var (far, slope) = (Position(i, weights[i]) - own, 1 / _room[place] + weights[i] / rest / _room[i]);
            if (weights[i] < limits.Upper[i] && weights[place] > limits.Lower[place]) up = Math.Min(up, Math.Max(0, _price[i] + _price[place] + far) / slope);
            if (weights[i] > limits.Lower[i] && weights[place] < limits.Upper[place]) down = Math.Min(down, Math.Max(0, _price[i] + _price[place] - far) / slope);
        }
        return (weights[place] - down, weights[place] + up);
    }

    private double Position(int i, double weight) => weight == _targets[i] ? 0 : (weight - _targets[i]) / _room[i];
}

/// <summary>Bounds of the sum of several weights, by their places.</summary>
public readonly record struct WeightGroup(int[] Members, double Low, double High);

/// <summary>Where the rule goes from some weights.</summary>
/// <param name="Weights">y; the weights themselves, to the bit, where nothing is worth trading.</param>
/// <param name="Low">Lower edge of each weight, given all others as they are; what is below is bought up to it.</param>
/// <param name="High">Upper edge; what is above is sold down to it.</param>
/// <param name="Shift">ν, by which the bands have moved in common: 0 while all weights are inside the bands about the targets.</param>
/// <param name="Way">Share of the way from the targets to the edge of the region, 1 on it; what limits forbid is beyond 1.</param>
/// <param name="Over">The weight furthest above its target for its room.</param>
/// <param name="Under">The weight furthest below.</param>
public sealed record NoTradePoint(double[] Weights, double[] Low, double[] High, double Shift, double Way, int Over, int Under);
