using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Orders;

/// <summary>An order as its venue tells of it.</summary>
/// <param name="Id">Ours, where the venue gave it back.</param>
/// <param name="Filled">Cumulative, in the venue's quantity.</param>
public sealed record OrderReport(
    string VenueOrderId, OrderId? Id, string Symbol, Side Side, decimal Quantity, decimal Price, decimal Filled, VenueState State);

/// <summary>What a venue says of an order's state.</summary>
public enum VenueState { Open, Filled, Cancelled, Expired, Rejected }

/// <summary>One trade as its venue tells of it: a fact, booked once whatever it came by.</summary>
/// <param name="Id">Ours, where the venue gave it back or the adapter knows it.</param>
/// <param name="Fee">In whichever asset it was taken; negative for a rebate.</param>
/// <param name="At">In venue time.</param>
public sealed record TradeReport(
    string TradeId, string VenueOrderId, OrderId? Id, string Symbol, Side Side, decimal Quantity, decimal Price, Amount Fee, Instant At, bool Maker = false);

/// <summary>What a venue paid or took for a contract without a trade being told: a fact, booked once.</summary>
/// <param name="PaymentId">Never used again at the account.</param>
/// <param name="Amount">In the settlement asset; below zero is taken.</param>
/// <param name="Contracts">By how much the position changed: all of it at a delivery, else nothing.</param>
/// <param name="Price">What it was reckoned at: the index of funding, the delivery price, the price of the trade that closed.</param>
public sealed record PaymentReport(string PaymentId, string Symbol, PaymentKind Kind, Amount Amount, decimal Contracts, decimal Price, Instant At);

/// <summary>What a venue pays for: time on a perpetual, the closed part of a future, the end of a contract.</summary>
public enum PaymentKind { Funding, Gain, Delivery }

/// <summary>What makes a trade the same trade: some venues use one number for the trades of several orders.</summary>
public readonly record struct TradeKey(string Account, string VenueOrderId, string TradeId)
{
    /// <summary>Payments have no order.</summary>
    public static TradeKey Of(string account, PaymentReport payment) => new(account, "", payment.PaymentId);
}

/// <summary>What an account holds at its venue, at one moment of venue time.</summary>
/// <param name="AsOf">No later than the moment at which the venue looked.</param>
/// <param name="Balances">Total of each asset, what is tied in orders included.</param>
/// <param name="Positions">Signed quantities of derivatives.</param>
/// <param name="Open">All open orders, ours or not.</param>
public sealed record AccountSnapshot(
    string Account, Instant AsOf, ImmutableSortedDictionary<Asset, decimal> Balances, ImmutableSortedDictionary<string, decimal> Positions, ImmutableArray<OrderReport> Open)
{
    /// <summary>What the venue says of margin; null where it has none.</summary>
    public MarginReport? Margin { get; init; }
}

/// <summary>What a venue says of an account's margin, in its settlement asset or its unit of account.</summary>
public sealed record MarginReport(Asset Unit, decimal Equity, decimal Initial, decimal Maintenance);

/// <summary>What came of sending an order. Closed.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>The venue has it. Its state may already be closed.</summary>
    public sealed record Acknowledged(OrderReport Order, ImmutableArray<TradeReport> Trades) : SendOutcome;

    /// <summary>The venue refused this request.</summary>
    /// <param name="Definite">Whether the venue's answer proves that no order came of it, and that no other copy of the request can make one.</param>
    public sealed record Refused(string Code, string Reason, bool Definite) : SendOutcome;

    /// <summary>No answer, or one that says neither yes nor no.</summary>
    public sealed record Ambiguous(string Reason) : SendOutcome;

    /// <summary>It was not sent: its deadline was too near. A frozen copy of the sender may still send it.</summary>
    public sealed record NotSent(string Reason) : SendOutcome;
}

/// <summary>What came of asking for a cancel. Closed.</summary>
public abstract record CancelOutcome
{
    private CancelOutcome() { }

    public sealed record Done : CancelOutcome;

    /// <summary>The venue has no such open order: filled, cancelled before, or never there.</summary>
    public sealed record NotOpen(string Reason) : CancelOutcome;

    public sealed record Ambiguous(string Reason) : CancelOutcome;
}

/// <summary>What came of asking for an order by its id. Closed: a failed question is never an answer.</summary>
public abstract record QueryOutcome
{
    private QueryOutcome() { }

    /// <param name="Orders">Every order under the id: one, as a rule; some venues may have made two of it.</param>
    /// <param name="Trades">What the venue lists for them; it may lag behind.</param>
    /// <param name="AsOf">Venue time that the answer is not older than.</param>
    public sealed record Found(ImmutableArray<OrderReport> Orders, ImmutableArray<TradeReport> Trades, Instant AsOf) : QueryOutcome;

    /// <param name="AsOf">Venue time that the answer is not older than, what the venue's reads may lag not taken off.</param>
    public sealed record NotFound(Instant AsOf) : QueryOutcome;

    public sealed record Failed(string Reason) : QueryOutcome;
}
