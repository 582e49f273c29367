using Ballast.Derivatives;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.Margin;

/// <summary>The ways to trade legs one after the other, with margin and delta at every step and while each leg fills.</summary>
/// <param name="Legs">As they were given; steps name them by their place.</param>
/// <param name="Given">The order given.</param>
/// <param name="Best">The order whose worst moment needs the least margin; refused where every order breaks the limit.</param>
/// <param name="Limit">The most initial margin at any moment, as a share of equity.</param>
public sealed record LegRoute(ImmutableArray<PricedPosition.Known> Legs, LegPath Given, Answer<LegPath> Best, double Limit)
{
    /// <summary>The first step of the order given that breaks the limit, from 1; 0 where none does.</summary>
    public int GivenBreaks => Given.FirstOver(Limit);

    private LegSet? Set { get; init; }

    /// <summary>Any other order of the same legs, step by step.</summary>
    /// <param name="order">Each leg once, by its place.</param>
    public LegPath Along(IReadOnlyList<int> order) => LegPath.Of(Set ?? throw new InvalidOperationException("the route was not made of an account"), order);

    /// <param name="account">Before the first leg.</param>
    /// <param name="spreads">Bid to ask of each leg, relative to its price; 0 where it is not known.</param>
    public static LegRoute Of(MarginAccount account, ImmutableArray<PricedPosition.Known> legs, double[] spreads, double limit)
    {
        var fills = new MarginFills(account, legs);
        var set = new LegSet(legs.Length, fills.Use, limit)
        {
            Deltas = [.. legs.Select(l => l.NetDelta)], StartDelta = account.Parts.SelectMany(p => p.Positions).Sum(p => p.NetDelta), Spreads = spreads,
        };
        return new(legs, LegPath.Of(set, [.. Enumerable.Range(0, legs.Length)]), LegOrder.Best(set), limit) { Set = set };
    }

    /// <summary>What trading the legs together would save: what their open deltas may lose while each waits for the next, in money.</summary>
    /// <param name="secondsEach">How long a leg takes.</param>
    /// <param name="aversion">Absolute, per unit of money.</param>
    /// <param name="z">Standard deviations of adverse movement to pay for.</param>
    public static double LegRisk(LegPath path, double index, double volatility, double secondsEach, double aversion, double z) =>
        ComboChoice.Of(0, 0, [.. path.Steps.SkipLast(1).Select(s => s.Delta - path.Steps[^1].Delta)], [.. path.Steps.SkipLast(1).Select(_ => secondsEach / 86_400)], index, volatility, aversion, z).LegRisk;
}
