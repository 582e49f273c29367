namespace Ballast.Simulation;

/// <summary>I2: nothing leaves that is not first on the disk, and what a venue has is what was intended.</summary>
internal sealed class NothingWithoutIntent(Simulated world) : Invariant(world, "I2")
{
    public override void Left(OrderRequest order, bool frozen)
    {
        if (!World.Shadow.Orders.TryGetValue(order.Id, out var known)) Broken($"{order.Id} leaves without a durable intent");
        else if (known.Request != order) Broken($"{order.Id} leaves otherwise than it was intended");
    }

    public override void Accepted(SimulatedVenue venue, VenueOrder order)
    {
        if (order.Intent is not { } sent) return;
        if (!World.Shadow.Orders.TryGetValue(sent.Id, out var known)) Broken($"{venue.Account} has {sent.Id}, which the journal does not know");
        else if (known.Request.Tradable.Symbol != order.Symbol || known.Request.Side != order.Side || known.Request.Quantity != order.Quantity || known.Request.Price != order.Price)
            Broken($"{venue.Account} has {sent.Id} otherwise than it was intended");
    }
}
