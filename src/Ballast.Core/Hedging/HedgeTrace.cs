using Ballast.Derivatives;

namespace Ballast.Hedging;

/// <summary>Where delta would be at another price, beside the band that holds there; coins, counted as the rules say.</summary>
/// <param name="Move">Of every price, a fraction.</param>
/// <param name="Delta">Of the book as it is.</param>
/// <param name="Hedged">Of the book after the plan's trades.</param>
/// <param name="Band">Null where delta is free, or has no band.</param>
public sealed record HedgeTrace(double Move, double Delta, double Hedged, DeltaEdges? Band)
{
    /// <summary>A point for each move; volatilities and the time stay as they are.</summary>
    /// <param name="book">That the plan is of.</param>
    public static ImmutableArray<HedgeTrace> Of(HedgeRules rules, HedgePlan plan, PositionBook book, Chain chain, IEnumerable<double> moves)
    {
        var positions = PositionPricer.Price(book, chain).Concat(PositionPricer.Price(plan.Book, chain)).OfType<PricedPosition.Known>().DistinctBy(p => p.Contract.Symbol).ToImmutableArray();
        return [.. moves.Select(move => At(rules, plan, book, ChainMoved.At(chain, positions, move), move))];
    }

    /// <summary>Where the outlook wants delta, in coins at the price of now; null where it is free.</summary>
    public static (double Low, double High)? Wanted(HedgeRules rules, HedgePlan plan) => DeltaRoom.Of(rules, plan.Before, plan.CostOfDelta, plan.Reach) is { } room ? (room.Low, room.High) : null;

    private static HedgeTrace At(HedgeRules rules, HedgePlan plan, PositionBook book, Chain there, double move)
    {
        var (before, after) = (Exposure.Of(book, there).Underlyings[0], Exposure.Of(plan.Book, there).Underlyings[0]);
        var room = DeltaRoom.Of(rules, new(before, rules.Numeraire, rules.Outlook, null), plan.CostOfDelta, plan.Reach);
        return new(move, before.Delta(rules.Numeraire), after.Delta(rules.Numeraire), room?.Edges);
    }
}
