using Ballast.Money;
using Convex = Ballast.Numerics.Convex;

namespace Ballast.Targets;

/// <summary>What limits say about weights: bounds of an asset, bounds of a group's sum, and what is never bought or sold.</summary>
/// <param name="RangeOf">Lowest and highest weight of an asset.</param>
/// <param name="Groups">Bounds on sums.</param>
public sealed record WeightBounds(
    Func<Asset, (decimal Low, decimal High)> RangeOf, ImmutableArray<GroupBounds> Groups, Func<Asset, bool> NeverSell, Func<Asset, bool> NeverBuy)
{
    public static WeightBounds None { get; } = new(_ => (0m, 1m), [], _ => false, _ => false);

    /// <summary>The bounds for weights that share out a part of the portfolio, as limits of an optimiser; its weights sum to one.</summary>
    /// <param name="fixedAlready">What the same asset has from elsewhere in the tree; it counts towards the bounds.</param>
    /// <param name="share">What is shared out.</param>
    public Convex.Limits Within(Asset[] places, Func<Asset, double> fixedAlready, double share)
    {
        double Scaled(decimal bound, double already) => Math.Clamp(((double)bound - already) / share, 0, 1);
        return Convex.Limits.Between(
            [.. places.Select(a => Scaled(RangeOf(a).Low, fixedAlready(a)))], [.. places.Select(a => Scaled(RangeOf(a).High, fixedAlready(a)))]) with
        {
            Rows = [.. from g in Groups
                       let members = Enumerable.Range(0, places.Length).Where(i => g.Of.Contains(places[i])).ToArray()
                       where members.Length > 0
                       let already = g.Of.Sum(fixedAlready)
                       let low = Scaled(g.Low, already) is > 0 and var least ? least : double.NegativeInfinity
                       let high = Scaled(g.High, already) is < 1 and var most ? most : double.PositiveInfinity
                       from limit in Convex.LinearLimit.Group(string.Join(" and ", g.Of), places.Length, members, low, high)
                       select limit],
        };
    }
}

/// <summary>Lowest and highest sum of the weights of several assets.</summary>
public sealed record GroupBounds(ImmutableArray<Asset> Of, decimal Low, decimal High);
