using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using Ballast.Numerics.Margin;

namespace Ballast.Hedging;

/// <summary>Puts a hedge's trades into the order that keeps margin lowest on the way, and refuses those of which no order stays below the limit.</summary>
internal static class HedgeRoute
{
    /// <summary>The margin engine as the search for the cheapest lots sees it: exact at any lots, and straight between; null where nothing is known of margin.</summary>
    public static HedgeMargin? MarginOf(HedgeSight sight, HedgeCandidate[] used)
    {
        if (sight.Limits is not { } limits || sight.Margined(sight.Book).Account is not { Equity: > 0 } account) return null;
        var fills = new MarginFills(account, [.. used.Select(c => (PricedPosition.Known)PositionPricer.Price(new Position(c.Contract, c.Contract.Rules.Lot, null, ""), sight.Chain))]);
        // What a lot costs is gone from equity: margin ≤ stop × (equity − cost) is margin + stop × cost ≤ stop × equity.
        double[] costs = [.. used.Select(c => limits.Stop * c.CostPerLot / Unit(account))];
        return new(limits.Stop * account.Equity, lots => At(fills, costs, lots));
    }

    /// <summary>What one unit of the account is worth in money.</summary>
    private static double Unit(MarginAccount account) => account.Parts is [{ Account: { Unit: CountedIn.Coin, Index: var index } }] ? index : 1;

    private static MarginSlope At(MarginFills fills, double[] costs, double[] lots)
    {
        double Needed(double[] at) => fills.Initial(at) + costs.Zip(at, (cost, l) => cost * Math.Abs(l)).Sum();
        var (margin, next) = (Needed(lots), (double[])lots.Clone());
        return new(margin, [.. lots.Select((l, i) =>
        {
            next[i] = l + (l < 0 ? -1 : 1);
            var slope = (Needed(next) - margin) * (l < 0 ? -1 : 1);
            next[i] = l;
            return slope;
        })]);
    }

    public static Answer<HedgeTrades> Ordered(HedgeRules rules, HedgeSight sight, HedgeTrades made)
    {
        if (made.Trades.IsEmpty || sight.Margined(sight.Book).Account is not { } account) return made;
        var priced = made.Trades.Select(t => PositionPricer.Price(new Position(t.Contract, t.Signed, null, ""), sight.Chain)).OfType<PricedPosition.Known>().ToImmutableArray();
        double[] spreads = [.. made.Trades.Select(t => t.Value > 0 ? (double)(t.Slippage / t.Value) : 0)];
        var route = LegRoute.Of(account, priced, spreads, rules.Legs == LegMode.Together ? double.PositiveInfinity : sight.Limits?.Stop ?? double.PositiveInfinity);
        if (route.Best is not Answer<LegPath>.Found { Value: var path }) return new Answer<HedgeTrades>.Refused("MARGIN_STOP", ((Answer<LegPath>.Refused)route.Best).Reason);
        // All legs at once have no step in between: what counts is where they end.
        var after = path.Steps[^1].Margin * account.Equity / (account.Equity - (double)made.Trades.Sum(t => t.Cost) / Unit(account));
        if (sight.Limits is { Stop: var stop } && after > stop * (1 + 1e-6))
            return new Answer<HedgeTrades>.Refused("MARGIN_STOP", $"after the hedge margin would be {after:0.000} of equity, above the {stop:0.000} that no plan may exceed");
        return made with { Route = route, Trades = [.. path.Order.Select((leg, i) => made.Trades[leg] with { Number = i + 1 })] };
    }
}
