namespace Ballast.Orders;

/// <summary>One order and what is proven of it.</summary>
/// <param name="Filled">The sum of the fills that are booked.</param>
/// <param name="Value">The sum of quantity times price over them.</param>
/// <param name="VenueOrderId">Null until the venue has told it.</param>
public sealed record ChildOrder(OrderRequest Request, OrderState State, decimal Filled = 0, decimal Value = 0, string? VenueOrderId = null)
{
    /// <summary>What one unit of its notional is worth in the base of its plan.</summary>
    public decimal Unit { get; init; }

    public OrderId Id => Request.Id;

    public OrderRef Ref => Request.Ref with { VenueOrderId = VenueOrderId };

    public bool IsLive => State.IsLive();

    /// <summary>What may still be filled, for all we know: the whole rest as long as it is not proven closed.</summary>
    public decimal AtRisk => IsLive ? Request.Quantity - Filled : 0m;
}
