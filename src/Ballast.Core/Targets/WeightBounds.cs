using Ballast.Money;
using Ballast.Numerics.Allocation;

namespace Ballast.Targets;

/// <summary>What limits say about weights: bounds of an asset, bounds of a group's sum, and what is never bought or sold.</summary>
/// <param name="RangeOf">Lowest and highest weight of an asset.</param>
/// <param name="Groups">Bounds on sums; for computed targets no asset may stand in two of them.</param>
public sealed record WeightBounds(
    Func<Asset, (decimal Low, decimal High)> RangeOf, ImmutableArray<GroupBounds> Groups, Func<Asset, bool> NeverSell, Func<Asset, bool> NeverBuy)
{
    public static WeightBounds None { get; } = new(_ => (0m, 1m), [], _ => false, _ => false);

    /// <summary>
    /// The weights nearest to the given ones (least squares) that sum to <paramref name="total"/> and keep to the bounds:
    /// y_i = clip(w_i + m, low_i, high_i), the sum of a group clipped likewise, with the one m that gives the total.
    /// </summary>
    /// <param name="fixedAlready">What the same asset has from elsewhere in the tree; it counts towards the bounds.</param>
    public Answer<double[]> Nearest(ReadOnlySpan<Asset> assets, double[] weights, Func<Asset, double> fixedAlready, double total)
    {
        var places = assets.ToArray();
        var (low, high) = (new double[places.Length], new double[places.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            var (least, most) = RangeOf(places[i]);
            (low[i], high[i]) = (Math.Max(0, (double)least - fixedAlready(places[i])), (double)most - fixedAlready(places[i]));
        }
        if (Overlap(places) is { } twice) return new Answer<double[]>.Refused("GROUPS_OVERLAP", $"{twice} stands in two groups of the limits");
        var groups = Groups.Select(g => GroupOf(g, places, fixedAlready)).Where(g => g.Members.Length > 0).ToArray();
        return new GroupedBox(weights, low, high, groups).Nearest(total);
    }

    /// <summary>The same bounds for weights that share out a part of the portfolio, as limits of an optimiser; its weights sum to one.</summary>
    /// <param name="share">What is shared out.</param>
    public Numerics.Convex.Limits Within(Asset[] places, Func<Asset, double> fixedAlready, double share)
    {
        double Scaled(decimal bound, double already) => Math.Clamp(((double)bound - already) / share, 0, 1);
        return Numerics.Convex.Limits.Between(
            [.. places.Select(a => Scaled(RangeOf(a).Low, fixedAlready(a)))], [.. places.Select(a => Scaled(RangeOf(a).High, fixedAlready(a)))]) with
        {
            Rows = [.. from g in Groups
                       let members = Enumerable.Range(0, places.Length).Where(i => g.Of.Contains(places[i])).ToArray()
                       where members.Length > 0
                       let already = g.Of.Sum(fixedAlready)
                       from limit in Numerics.Convex.LinearLimit.Group(string.Join(" and ", g.Of), places.Length, members, Scaled(g.Low, already), Scaled(g.High, already))
                       select limit],
        };
    }

    private Asset? Overlap(Asset[] places) =>
        places.Where(a => Groups.Count(g => g.Of.Contains(a)) > 1).Select(a => (Asset?)a).FirstOrDefault();

    private static GroupedBox.Group GroupOf(GroupBounds bounds, Asset[] places, Func<Asset, double> fixedAlready)
    {
        var already = bounds.Of.Sum(fixedAlready);
        return new([.. Enumerable.Range(0, places.Length).Where(i => bounds.Of.Contains(places[i]))], Math.Max(0, (double)bounds.Low - already), (double)bounds.High - already);
    }
}

/// <summary>Lowest and highest sum of the weights of several assets.</summary>
public sealed record GroupBounds(ImmutableArray<Asset> Of, decimal Low, decimal High);
