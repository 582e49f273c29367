using Ballast.Planning;

namespace Ballast.Orders;

/// <summary>One order as it is to be sent, whole: nothing about it is decided after this.</summary>
/// <param name="Leg">The number of the parent order within its plan.</param>
/// <param name="Attempt">From 0; grows only after the attempt before is proven closed.</param>
/// <param name="Quantity">Above zero, in whole lots, in the venue's own quantity.</param>
/// <param name="Price">The limit, on a tick. Every order has one: there are no market orders.</param>
/// <param name="Deadline">The venue refuses the request after this time, in its own time; nothing is sent later.</param>
/// <param name="Life">Whether what is not filled at once rests.</param>
public sealed record OrderRequest(
    OrderId Id, string Account, string PlanId, int Leg, int Attempt, Tradable Tradable, Side Side, decimal Quantity, decimal Price, Instant Deadline,
    OrderLife Life = OrderLife.Rests, bool ReduceOnly = false)
{
    /// <summary>How it is found again at its venue.</summary>
    public OrderRef Ref => new(Account, Id, Tradable.Symbol);

    /// <summary>The quantity with its sign: buys above zero.</summary>
    public decimal Signed => Side == Side.Buy ? Quantity : -Quantity;
}

/// <summary>What is needed to ask a venue for an order, or to cancel it.</summary>
/// <param name="VenueOrderId">Null until the venue has told it.</param>
public sealed record OrderRef(string Account, OrderId Id, string Symbol, string? VenueOrderId = null);

/// <summary>What becomes of an order that is not filled at once.</summary>
public enum OrderLife
{
    /// <summary>It rests until it is filled or cancelled.</summary>
    Rests,

    /// <summary>It rests, and is refused if it would take.</summary>
    PostOnly,

    /// <summary>What is not filled at once is cancelled.</summary>
    ImmediateOrCancel,
}
