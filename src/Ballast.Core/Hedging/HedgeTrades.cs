using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.Hedging;

/// <summary>The cheapest whole lots that bring every Greek to where it should be, as trades, and the book after them.</summary>
internal sealed record HedgeTrades(ImmutableArray<HedgeTrade> Trades, PositionBook Book, ImmutableArray<string> Notes)
{
    /// <summary>Margin and delta at every step; null where nothing is known of margin.</summary>
    public LegRoute? Route { get; init; }

    private const int MostOptions = 120;
    private const double MostLots = 1e7;

    /// <param name="toTarget">Whether delta goes to the outlook whatever the policy's way is: a rule without a band has fired.</param>
    /// <param name="reach">Half of the least that a lot moves delta by.</param>
    public static Answer<HedgeTrades> Of(HedgeRules rules, HedgeSight sight, AccountLook account, ImmutableArray<HedgeCandidate> candidates, DeltaRoom? room, bool toTarget, double reach)
    {
        var x = account.Exposure;
        var others = account.LevelOf(Greek.Gamma) is not null || account.LevelOf(Greek.Vega) is not null;
        var futures = candidates.Where(c => !c.IsOption).ToArray();
        if (!others && room is not null && futures.Length > 0) return OfDelta(rules, sight, account, futures, room, toTarget);
        HedgeCandidate[] used = Shortlist(candidates, others, x.Index);
        var goal = room?.Goal(rules.To, toTarget, reach) ?? (double.NegativeInfinity, double.PositiveInfinity);
        GreekBound[] bounds =
        [
            new("delta", x.Delta(rules.Numeraire), [.. used.Select(c => c.Delta)], goal.Item1, goal.Item2),
            .. Bound(account, Greek.Gamma, x.Greeks.GammaCoins, [.. used.Select(c => c.Gamma)]),
            .. Bound(account, Greek.Vega, x.Greeks.VegaPoint, [.. used.Select(c => c.Vega)]),
        ];
        double[] most = [.. used.Select(c => MostOf(c, sight, account))];
        return GreekHedge.Solve(new GreekHedgeProblem(bounds, [.. used.Select(c => c.CostPerLot)], most, most) { Margin = HedgeRoute.MarginOf(sight, used) })
            .Then<HedgeTrades>(solved => Priced(rules, sight, account, used, solved.Lots, solved.Notes));
    }

    /// <summary>Delta alone: so much of the cheapest future as the one decision about hedges says.</summary>
    private static Answer<HedgeTrades> OfDelta(HedgeRules rules, HedgeSight sight, AccountLook account, HedgeCandidate[] futures, DeltaRoom room, bool toTarget)
    {
        var cheapest = futures.MinBy(c => c.CostOfDelta(account.Exposure.Index))!;
        var step = room.Step(account.Exposure.Delta(rules.Numeraire), rules.To, toTarget, Math.Abs(cheapest.Delta));
        var most = MostOf(cheapest, sight, account);
        return Priced(rules, sight, account, [cheapest], [Math.Clamp(Math.Round(step.Trade / cheapest.Delta), -most, most)], []);
    }

    /// <summary>Futures, and of many options those that move a Greek at the least cost.</summary>
    private static HedgeCandidate[] Shortlist(ImmutableArray<HedgeCandidate> all, bool others, decimal index)
    {
        var options = all.Where(c => c.IsOption).ToArray();
        var futures = all.Where(c => !c.IsOption).ToArray();
        if (!others) return [.. futures.Length > 0 ? futures : options.OrderBy(c => c.CostOfDelta(index)).Take(MostOptions)];
        var byVega = options.Where(c => c.Vega > 0).OrderBy(c => c.CostPerLot / c.Vega).Take(MostOptions / 2);
        var byGamma = options.Where(c => c.Gamma > 0).OrderBy(c => c.CostPerLot / c.Gamma).Take(MostOptions / 2);
        return [.. futures, .. byVega.Union(byGamma).OrderBy(c => c.Contract.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>The range of a Greek in coins per 1 % or money per point; nothing where it is free. A range narrower than a lot is widened to half of one on each side.</summary>
    private static IEnumerable<GreekBound> Bound(AccountLook account, Greek greek, double now, double[] perLot)
    {
        if (account.LevelOf(greek) is not { } level) yield break;
        var index = (double)account.Exposure.Index;
        var coins = level.Unit == account.Exposure.Underlying;
        var unit = (greek, coins) switch { (Greek.Gamma, true) => 1, (Greek.Gamma, false) => 1 / index, (_, true) => index, _ => 1 };
        var room = perLot.Select(Math.Abs).Where(v => v > 0).DefaultIfEmpty(0).Min() / 2;
        var slack = level.High - level.Low < 2 * room / unit ? room : 0;
        yield return new(greek.ToString().ToLowerInvariant(), now, perLot, level.Low * unit - slack, level.High * unit + slack);
    }

    /// <summary>How many lots the limit on a single trade allows.</summary>
    private static double MostOf(HedgeCandidate c, HedgeSight sight, AccountLook account) => sight.MaxTrade is not { } most ? MostLots
        : Math.Floor(Math.Min(MostLots, account.Convert(most, account.Exposure.Underlying) / (double)Math.Abs(c.Contract.Coins(c.Contract.Rules.Lot, c.Price)) + 1e-9));

    private static Answer<HedgeTrades> Priced(HedgeRules rules, HedgeSight sight, AccountLook account, HedgeCandidate[] used, double[] lots, IReadOnlyList<string> notes)
    {
        var legs = used.Select((c, i) => (Candidate: c, Lots: (decimal)lots[i])).Where(l => l.Lots != 0)
            .OrderByDescending(l => l.Candidate.IsOption).ThenByDescending(l => l.Candidate.HalfSpread / l.Candidate.Price).ToArray();
        var small = legs.Where(l => legs.Length == 1 && (double)Value(l.Candidate, l.Lots, account) < account.InMoney(sight.MinTrade)).ToArray();
        if (small.Length > 0) return new HedgeTrades([], sight.Book, [$"the trade of {Figures.Money(Value(small[0].Candidate, small[0].Lots, account))} is below the least of {sight.MinTrade} (MIN_TRADE)"]);
        var trades = legs.Select((l, i) => Trade(i + 1, l.Candidate, l.Lots, sight, account, rules)).ToImmutableArray();
        return new HedgeTrades(trades, trades.Aggregate(sight.Book, (book, t) => Settle(book, t, account)), [.. notes]);
    }

    private static HedgeTrade Trade(int number, HedgeCandidate c, decimal lots, HedgeSight sight, AccountLook account, HedgeRules rules)
    {
        var (quantity, buys) = (Math.Abs(lots) * c.Contract.Rules.Lot, lots > 0);
        var coinPriced = c.Contract.Inverse && c.IsOption;
        var slippage = c.Contract.Coins(quantity, c.Price) * c.HalfSpread * (coinPriced ? account.Exposure.Index : 1);
        var fee = c.FeeOf(quantity, sight.Fees) * (c.Contract.Inverse ? account.Exposure.Index : 1);
        return new(number, c.Contract, buys, quantity, c.Price, Limit(c, sight, buys), Value(c, lots, account), fee, slippage, (double)lots * c.Delta, Reason(c, rules));
    }

    /// <summary>What is paid for an option, or the face of a future, in money.</summary>
    private static decimal Value(HedgeCandidate c, decimal lots, AccountLook account) => Math.Abs(lots) * c.Contract.Rules.Lot is var quantity && c.IsOption
        ? c.Contract.Coins(quantity, 1) * c.Price * (c.Contract.Inverse ? account.Exposure.Index : 1) : c.Contract.Coins(quantity, c.Price) * c.Price;

    /// <summary>The other side's price; where the market shows none, the mark and half the spread, on the next tick that still takes.</summary>
    private static decimal Limit(HedgeCandidate c, HedgeSight sight, bool buys)
    {
        if (sight.Chain.Find(c.Contract) is { Bid: { } bid, Ask: { } ask }) return buys ? ask : bid;
        var (price, tick) = (c.Price + (buys ? c.HalfSpread : -c.HalfSpread), c.Contract.Rules.Tick);
        return tick == 0 ? price : (buys ? decimal.Ceiling(price / tick) : decimal.Floor(price / tick)) * tick;
    }

    private static string Reason(HedgeCandidate c, HedgeRules rules) => c.IsOption ? "the cheapest source of what delta alone cannot bring"
        : rules.To switch { HedgeTo.BandEdge => "to the edge of the band, not to its middle", HedgeTo.Halfway => "half-way from the edge to the outlook", _ => "to the outlook" };

    /// <summary>The book after a trade at its mark: its premium and its costs are paid from the settlement balance, and what it closes is settled there.</summary>
    private static PositionBook Settle(PositionBook book, HedgeTrade t, AccountLook account)
    {
        var contract = t.Contract;
        var held = book.Positions.FirstOrDefault(p => p.Contract.Symbol == contract.Symbol);
        var owner = held?.Account ?? book.Positions.FirstOrDefault()?.Account ?? "";
        var cost = t.Cost / (contract.Inverse ? account.Exposure.Index : 1);
        var premium = contract is Instrument.Option ? contract.Coins(t.Signed, 1) * t.Price : 0;
        var settled = held?.Settles(t.Signed, t.Price) ?? 0;
        return book.Add(contract, t.Signed, t.Price, owner) with { Balances = Paid(book.Balances, new Amount(cost + premium - settled, contract.Settlement), owner) };
    }

    private static ImmutableArray<Balance> Paid(ImmutableArray<Balance> balances, Amount paid, string owner)
    {
        for (var i = 0; i < balances.Length; i++)
            if (balances[i].Amount.Asset == paid.Asset) return balances.SetItem(i, balances[i] with { Amount = balances[i].Amount - paid });
        return balances.Add(new Balance(-paid, owner));
    }
}
