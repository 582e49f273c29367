using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.Hedging;

/// <summary>Puts a hedge's trades into the order that keeps margin lowest on the way, and refuses those of which no order stays below the limit.</summary>
internal static class HedgeRoute
{
    public static Answer<HedgeTrades> Ordered(HedgeRules rules, HedgeSight sight, HedgeTrades made)
    {
        if (made.Trades.IsEmpty || sight.Margined(sight.Book).Account is not { } account) return made;
        var priced = made.Trades.Select(t => PositionPricer.Price(new Position(t.Contract, t.Signed, null, ""), sight.Chain)).OfType<PricedPosition.Known>().ToImmutableArray();
        double[] spreads = [.. made.Trades.Select(t => t.Value > 0 ? (double)(t.Slippage / t.Value) : 0)];
        var route = LegRoute.Of(account, priced, spreads, rules.Legs == LegMode.Together ? double.PositiveInfinity : sight.Limits?.Stop ?? double.PositiveInfinity);
        if (route.Best is not Answer<LegPath>.Found { Value: var path }) return new Answer<HedgeTrades>.Refused("MARGIN_STOP", ((Answer<LegPath>.Refused)route.Best).Reason);
        // All legs at once have no step in between: what counts is where they end.
        if (sight.Limits is { Stop: var stop } && path.Steps[^1].Margin > stop)
            return new Answer<HedgeTrades>.Refused("MARGIN_STOP", $"after the hedge margin would be {path.Steps[^1].Margin:0.000} of equity, above the {stop:0.000} that no plan may exceed");
        return made with { Route = route, Trades = [.. path.Order.Select((leg, i) => made.Trades[leg] with { Number = i + 1 })] };
    }
}
