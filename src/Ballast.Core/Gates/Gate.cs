using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Gates;

/// <summary>The last thing before a venue: one pure function that every order passes, and the only maker of a <see cref="PermittedOrder"/>.</summary>
public static class Gate
{
    /// <summary>Every check in its order; the first that refuses decides.</summary>
    internal static ImmutableArray<GateCheck> Checks { get; } =
    [
        new("KILL", (_, s) => s.Killed is { } why ? Denied(why, "no order", $"the kill switch is set: {why}") : null),
        new("DEADLINE", (o, s) => o.Deadline <= s.Now ? Denied(o.Deadline.ToString(), s.Now.ToString(), "its deadline has passed") : null),
        new("PRICE", (_, s) => s.PriceStop is { } stop ? Wait(Denied(stop.Value, stop.Bound, stop.Reason)) : null),
        new("L1_ORDER_VALUE", (o, s) => Most(ValueOf(o, s), MostOf(s.Limits, s.Value, o.Tradable, o.Price, s.QuoteInBase), "one order may be worth no more")),
        new("L2_BOOK_SIZE", (o, s) => MostOfBook(s.Limits, s.Value, s.Market, o.Tradable, o.Price, s.QuoteInBase) is var (bound, why) ? Most(ValueOf(o, s), bound, why) : null),
        new("L3_PRICE_COLLAR", Collar),
        new("L4_WEIGHT", Weight),
        new("L5_EXPOSURE", Exposure),
        new("L6_MARGIN", (o, s) => !o.Tradable.IsSpot && !o.ReduceOnly && s.MarginUse is { } use ? Most(use, s.Limits.MarginUse, "too much margin is in use for anything but reducing") : null),
        new("L7_TURNOVER", (o, s) => Most(s.TradedHour + ValueOf(o, s), s.Limits.TurnoverHour * s.Value, "too much would be traded within an hour")
            ?? Most(s.TradedDay + ValueOf(o, s), s.Limits.TurnoverDay * s.Value, "too much would be traded within a day")),
        new("L8_RATE", (_, s) => Wait(Most(s.SentLastSecond + 1, s.Limits.OrdersPerSecond, "too many orders in a second") ?? Most(s.SentLastHour + 1, s.Limits.OrdersPerHour, "too many orders in an hour"))),
        new("L9_OPEN_ORDERS", (_, s) => Wait(Most(s.OpenOrders + 1, s.Limits.OpenOrders, "too many orders are open"))),
        new("L10_REPEAT", (o, s) => Most(s.Repeats + 1, s.Limits.Repeats, $"{o.Tradable.Symbol} was to be {(o.Side == Side.Buy ? "bought" : "sold")} too often within an hour: something repeats itself")),
        new("L11_SHORTFALL", (_, s) => Most(s.Shortfall, s.Limits.Shortfall * s.PlanTraded, "the fills so far have cost too much beyond the plan's prices")),
        new("L12_FEES", (_, s) => Most(s.Fees, s.Limits.Fees * s.PlanTraded, "the fees of the plan are too high")),
        new("L13_ALLOWED", Allowed),
        new("L14_LEGS_APART", (_, s) => s.LegsApart is { } apart ? Most(apart, s.Limits.LegRisk * s.Value, "its legs would be too far apart") : null),
        new("FREE", (o, s) => o.Tradable.IsSpot ? Most(o.Side == Side.Buy ? o.Quantity * o.Price : o.Quantity, s.Free, "it would spend more than is free") : null),
        new("REDUCE_ONLY", (o, s) => o.ReduceOnly && (o.Side == Side.Sell ? o.Quantity > s.HeldAtLeast : o.Quantity > -s.HeldAtMost)
            ? Denied(Figures.Exact(o.Quantity), Figures.Exact(o.Side == Side.Sell ? s.HeldAtLeast : -s.HeldAtMost), "it would turn the position round instead of reducing it") : null),
    ];

    public static Verdict Check(OrderRequest order, GateSight sight) => Check(order, sight, Checks);

    /// <summary>With other checks than all: for the simulation, to see that each is missed.</summary>
    internal static Verdict Check(OrderRequest order, GateSight sight, ImmutableArray<GateCheck> checks)
    {
        foreach (var check in checks)
            if (check.Of(order, sight) is { } denied) return denied with { Limit = check.Code };
        return new Verdict.Passed(new PermittedOrder(order));
    }

    /// <summary>The most that one order may be worth, in base; never less than four of the smallest orders that the venue takes. Larger trades are cut, not refused.</summary>
    /// <param name="quoteInBase">As in <see cref="GateSight.QuoteInBase"/>.</param>
    public static decimal MostOf(GateLimits limits, decimal value, Tradable tradable, decimal price, decimal quoteInBase)
    {
        return Math.Min(Math.Max(limits.OrderShare * value, 4 * LeastOf(tradable, price, quoteInBase)), limits.OrderMost);
    }

    /// <summary>
    /// The most that one order may be worth for its market, in base, and why; null where nothing bounds it. Where no book is known it takes no more than what
    /// stands at the best price, and a small share of the value. Larger trades are cut; a market too thin for the smallest order refuses it.
    /// </summary>
    /// <param name="quoteInBase">As in <see cref="GateSight.QuoteInBase"/>.</param>
    public static (decimal Bound, string Why)? MostOfBook(GateLimits limits, decimal value, MarketSize market, Tradable tradable, decimal price, decimal quoteInBase)
    {
        (decimal Bound, string Why)? book = market.Depth is { } depth ? (limits.DepthShare * depth, "it would take too much of what stands in the book within 50 bps")
            : market.HasBook ? (Math.Max(Math.Min(limits.BlindShare * value, market.AtBest ?? decimal.MaxValue), 4 * LeastOf(tradable, price, quoteInBase)), $"the book of {tradable.Symbol} is not known, and so little is risked without it")
            : null;
        return market.DayVolume * limits.VolumeShare is { } bound && !(book?.Bound <= bound) ? (bound, "it is too much of what is traded in a day") : book;
    }

    /// <summary>What the smallest order is worth that the venue takes, in base.</summary>
    private static decimal LeastOf(Tradable tradable, decimal price, decimal quoteInBase) =>
        Math.Max(tradable.MinNotional, tradable.Notional(Math.Max(tradable.Lot, tradable.MinQuantity), price)) * quoteInBase;

    private static decimal ValueOf(OrderRequest order, GateSight sight) => order.Tradable.Notional(order.Quantity, order.Price) * sight.QuoteInBase;

    private static Verdict.Denied? Collar(OrderRequest order, GateSight sight)
    {
        if (sight.Top is not { } top) return Denied("no price", "a price", $"there is no price of {order.Tradable.Symbol} that can be used");
        var room = Math.Max(sight.Limits.Collar * top.Middle, 3 * (top.Ask - top.Bid));
        // An option's tick can be more than the collar of its price.
        return Most(Math.Abs(order.Price - top.Middle), Math.Max(room, order.Tradable.Tick), $"its price is too far from the market's {Figures.Exact(top.Middle)}");
    }

    private static Verdict.Denied? Weight(OrderRequest order, GateSight sight)
    {
        if (!order.Tradable.IsSpot || order.Side == Side.Sell || !sight.Limits.MostWeight.TryGetValue(order.Tradable.Base, out var most)) return null;
        return Most((sight.HeldAtMost + order.Quantity) * order.Price * sight.QuoteInBase, (most + sight.Limits.WeightSlack) * sight.Value, $"{order.Tradable.Base} would weigh more than its bound");
    }

    private static Verdict.Denied? Exposure(OrderRequest order, GateSight sight)
    {
        if (order.Tradable.IsSpot || order.ReduceOnly) return null;
        var position = order.Side == Side.Buy ? sight.HeldAtMost + order.Quantity : -(sight.HeldAtLeast - order.Quantity);
        return Most(order.Tradable.Notional(Math.Max(0, position), order.Price) * sight.QuoteInBase, sight.Limits.Exposure * sight.Value, "its position would be too large");
    }

    private static Verdict.Denied? Allowed(OrderRequest order, GateSight sight) =>
        !sight.AccountMay ? Denied(order.Account, "an account that may", $"{order.Account} may not be traded this way")
        : (sight.Limits.OnlyAllowed || !sight.Limits.Allowed.IsEmpty) && !sight.Limits.Allowed.Contains(order.Tradable.Base) ? Denied(order.Tradable.Base.Code, "the allowed assets", $"{order.Tradable.Base} is not among the assets that may be traded")
        : sight.OwnOpposite ? Wait(Denied("an own order", "none", "an order of ours on the other side is still open")) : null;

    private static Verdict.Denied? Most(decimal value, decimal bound, string reason) => value > bound ? Denied(Figures.Exact(value), Figures.Exact(bound), reason) : null;

    private static Verdict.Denied Denied(string value, string bound, string reason) => new("", value, bound, reason);

    private static Verdict.Denied? Wait(Verdict.Denied? denied) => denied is null ? null : denied with { Passes = true };
}

/// <summary>One check of the gate: null where it has nothing against an order.</summary>
internal sealed record GateCheck(string Code, Func<OrderRequest, GateSight, Verdict.Denied?> Of);

/// <summary>An order that passed the gate. Only such an order can be sent, and only the gate makes one.</summary>
public sealed class PermittedOrder
{
    internal PermittedOrder(OrderRequest order) => Order = order;

    public OrderRequest Order { get; }
}

/// <summary>What the gate says. Closed.</summary>
public abstract record Verdict
{
    private Verdict() { }

    public sealed record Passed(PermittedOrder Order) : Verdict;

    /// <param name="Limit">The limit's code, such as <c>L3_PRICE_COLLAR</c>.</param>
    /// <param name="Value">What the order would make of it.</param>
    /// <param name="Bound">What is allowed.</param>
    /// <param name="Reason">A sentence for a person.</param>
    public sealed record Denied(string Limit, string Value, string Bound, string Reason) : Verdict
    {
        /// <summary>Whether it is a matter of time: the order may be tried again.</summary>
        public bool Passes { get; init; }
    }
}
