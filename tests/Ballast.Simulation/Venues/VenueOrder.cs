namespace Ballast.Simulation;

/// <summary>An order in the books of a simulated venue, with the times that a late reader needs.</summary>
internal sealed class VenueOrder(string venueOrderId, OrderId? id, OrderRequest? intent, string symbol, Side side, decimal quantity, decimal price, long acceptedAt)
{
    public string VenueOrderId => venueOrderId;
    public OrderId? Id => id;

    /// <summary>What Ballast sent; null for an order of somebody else.</summary>
    public OrderRequest? Intent => intent;

    public string Symbol => symbol;
    public Side Side => side;
    public decimal Quantity => quantity;
    public decimal Price { get; set; } = price;
    public decimal Filled { get; set; }
    public VenueState State { get; set; } = VenueState.Open;
    public long AcceptedAt => acceptedAt;

    /// <summary>-1 while it is open.</summary>
    public long ClosedAt { get; set; } = -1;

    /// <summary>Until when the venue shows it as cancelled without its last trade, though it is filled.</summary>
    public long FlapsUntil { get; set; } = -1;

    /// <summary>Until when its trades are neither told nor listed, though it counts them.</summary>
    public long HiddenUntil { get; set; } = -1;

    /// <summary>Whether the venue has already denied once that it has it.</summary>
    public bool Denied { get; set; }

    public List<VenueTrade> Trades { get; } = [];

    public bool IsOpen => ClosedAt < 0;
    public decimal Rest => quantity - Filled;

    /// <summary>Whether it has reached the matching; until then nothing can fill it.</summary>
    public bool Matched { get; set; }

    /// <summary>What a reader sees whose data are as old as that.</summary>
    public OrderReport Report(long asOf, long now)
    {
        var flaps = now <= FlapsUntil;
        var filled = 0m;
        for (var i = 0; i < Trades.Count - (flaps ? 1 : 0); i++)
            if (Trades[i].At <= asOf) filled += Trades[i].Report.Quantity;
        var state = flaps ? VenueState.Cancelled : ClosedAt >= 0 && ClosedAt <= asOf ? State : VenueState.Open;
        return new OrderReport(venueOrderId, id, symbol, side, quantity, Price, filled, state);
    }
}

/// <summary>A trade and when it happened.</summary>
internal sealed record VenueTrade(TradeReport Report, VenueOrder Order, long At);
