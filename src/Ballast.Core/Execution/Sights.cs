using Ballast.Gates;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Execution;

/// <summary>What the gate is shown: sums over the books and the live orders, each on its worse side.</summary>
internal static class Sights
{
    /// <summary>How near the middle an order must stand to count as depth.</summary>
    private const decimal NearShare = 0.005m;

    public static GateSight Of(Turn turn, ExecutionPlan plan, ParentOrder parent, OrderRequest order, TopOfBook? top)
    {
        var (state, limits, countsUnknown) = (turn.State, turn.Limits, turn.Rules.Safeguards.UnknownCounts);
        var (account, tradable) = (order.Account, order.Tradable);
        var held = state.Balances.Of(account, tradable.IsSpot ? tradable.Base : new(tradable.Symbol));
        var (most, least, open, opposite, working) = (held, held, 0, false, 0m);
        foreach (var (_, other) in state.Orders)
        {
            if (!other.IsLive || (other.State == OrderState.Unknown && !countsUnknown)) continue;
            working += other.Request.Tradable.Notional(other.AtRisk, other.Request.Price) * other.Unit;
            if (other.Request.Account != account) continue;
            open++;
            if (other.Request.Tradable.Symbol != tradable.Symbol) continue;
            if (other.Request.Side == Side.Buy) most += other.AtRisk;
            else least -= other.AtRisk;
            opposite |= other.Request.Side != order.Side;
        }
        var (hour, day) = Traded(state, turn.Now);
        var (shortfall, fees, traded) = Costs(state, plan);
        return new GateSight
        {
            Now = turn.VenueNow(account), Limits = limits, Killed = turn.Rules.Safeguards.KillStops ? state.KilledFor(account) : null, Value = plan.Value, QuoteInBase = UnitOf(plan, order.Leg), Top = top,
            PriceStop = StopOf(turn, parent), Market = MarketOf(turn, plan, parent),
            HeldAtMost = most, HeldAtLeast = least, Free = Funds.Free(state, account, order.Side == Side.Buy ? tradable.Quote : tradable.Base, countsUnknown, parent.FeeRate),
            MarginUse = state.Account(account).Snapshot?.Margin is { Equity: > 0 } margin ? margin.Initial / margin.Equity : null,
            TradedHour = hour + working, TradedDay = day + working, SentLastSecond = Sent(state, account, turn.Now, Duration.FromSeconds(1)), SentLastHour = Sent(state, account, turn.Now, Duration.FromHours(1)),
            OpenOrders = open, Repeats = Repeats(state, plan, order, turn.Now), Shortfall = shortfall, Fees = fees, PlanTraded = traded, OwnOpposite = opposite, LegsApart = Apart(state, plan, parent, order),
        };
    }

    /// <summary>Why the market of a leg may not be traded for its price; null where it may.</summary>
    public static PriceStop? StopOf(Turn turn, ParentOrder parent)
    {
        var (account, tradable, prices, guards) = (parent.Account, parent.Tradable, turn.State.Prices, turn.Rules.Safeguards);
        return (guards.FreshPrice ? prices.Unusable(account, tradable.Symbol, turn.VenueNow(account), turn.Limits) : null)
            ?? (guards.PriceGate ? prices.Doubtful(account, tradable.Symbol, [tradable.Base, tradable.Quote, tradable.Settlement], turn.Now, turn.Limits) : null);
    }

    /// <summary>How much of the market of a leg there is on the side that it takes; a book as old as a price that is too old is not known.</summary>
    public static MarketSize MarketOf(Turn turn, ExecutionPlan plan, ParentOrder parent)
    {
        var (state, tradable, unit, key) = (turn.State, parent.Tradable, UnitOf(plan, parent.Number), (parent.Account, parent.Tradable.Symbol));
        var depth = state.Depths.TryGetValue(key, out var book) && turn.VenueNow(parent.Account) - book.VenueTime <= turn.Limits.PriceAge ? book.Within(parent.Side, NearShare, tradable) : null;
        var best = state.Tops.GetValueOrDefault(key) is { } top ? parent.Side == Side.Buy ? tradable.Notional(top.AskSize, top.Ask) : tradable.Notional(top.BidSize, top.Bid) : 0;
        return new(turn.SheetOf(parent.Account).HasBook, depth * unit, best > 0 ? best * unit : null, state.Prices.DayVolume(parent.Account, tradable.Symbol) * unit);
    }

    /// <summary>What one unit of the quote asset of a leg is worth in base, by the plan's own prices.</summary>
    public static decimal UnitOf(ExecutionPlan plan, int leg)
    {
        foreach (var parent in plan.Parents)
            if (parent.Number == leg || parent.Number + 1000 == leg) return parent.Tradable.Notional(parent.Quantity, parent.Price) is > 0 and var notional ? parent.Value / notional : 0;
        return 0;
    }

    /// <summary>What was traded lately, in base.</summary>
    public static (decimal Hour, decimal Day) Traded(ExecutionState state, Instant now)
    {
        var (hour, day) = (0m, 0m);
        foreach (var (at, _, value) in state.Traded)
        {
            if (now - at < Duration.FromDays(1)) day += value;
            if (now - at < Duration.FromHours(1)) hour += value;
        }
        return (hour, day);
    }

    public static int Sent(ExecutionState state, string account, Instant now, Duration span)
    {
        var count = 0;
        foreach (var (at, by) in state.Sends)
            if (by == account && now - at < span) count++;
        return count;
    }

    /// <summary>Of all that was traded within an hour, how many plans did the same thing.</summary>
    public static int MostRepeats(ExecutionState state, Instant now) =>
        state.Starts.Where(s => now - s.At < Duration.FromHours(1)).GroupBy(s => s.Leg, s => s.PlanId).Select(g => g.Distinct().Count()).DefaultIfEmpty().Max();

    private static int Repeats(ExecutionState state, ExecutionPlan plan, OrderRequest order, Instant now)
    {
        var plans = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, planId, leg) in state.Starts)
            if (planId != plan.Id && now - at < Duration.FromHours(1) && leg == (order.Account, order.Tradable.Symbol, order.Side)) plans.Add(planId);
        return plans.Count;
    }

    /// <summary>Over the fills of the plan so far: what they cost beyond its prices, what was paid in fees that can be valued, and all that the plan trades.</summary>
    public static (decimal Shortfall, decimal Fees, decimal Traded) Costs(ExecutionState state, ExecutionPlan plan)
    {
        var (shortfall, traded) = (0m, 0m);
        foreach (var parent in plan.Parents) traded += parent.Value;
        foreach (var (_, order) in state.Orders)
        {
            if (order.Filled == 0 || order.Request.PlanId != plan.Id) continue;
            foreach (var parent in plan.Parents)
                if (parent.Number == order.Request.Leg)
                    shortfall += (parent.Side == Side.Buy ? 1 : -1) * Worse(order, parent) * UnitOf(plan, parent.Number);
        }
        return (shortfall, state.PlanFees, traded);
    }

    /// <summary>By how much its fills were dearer than planned, for a buy; what counts money is worth as much more as its price was higher.</summary>
    private static decimal Worse(ChildOrder order, ParentOrder parent)
    {
        var higher = order.Value - order.Filled * parent.Price;
        return parent.Tradable.AmountIn == Instruments.AmountIn.Money ? parent.Price == 0 ? 0 : parent.Tradable.Notional(higher / parent.Price, parent.Price) : higher * parent.Tradable.Multiplier;
    }

    /// <summary>Sums the signed values of a group's fills, the order itself counted as filled: what a hedge leaves open while it is being made.</summary>
    private static decimal? Apart(ExecutionState state, ExecutionPlan plan, ParentOrder parent, OrderRequest order)
    {
        if (parent.Group == 0) return null;
        var apart = Math.Sign(order.Signed) * order.Tradable.Notional(order.Quantity, order.Price) * UnitOf(plan, order.Leg);
        foreach (var (_, other) in state.Orders)
            foreach (var leg in plan.Parents)
                if (leg.Group == parent.Group && leg.Number == other.Request.Leg && other.Request.PlanId == plan.Id)
                    apart += (other.Request.Side == Side.Buy ? 1 : -1) * leg.Tradable.Notional(other.Filled + other.AtRisk, other.Request.Price) * UnitOf(plan, leg.Number);
        return Math.Abs(apart);
    }
}
