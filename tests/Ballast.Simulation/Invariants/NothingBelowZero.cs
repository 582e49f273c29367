namespace Ballast.Simulation;

/// <summary>I4: no balance falls below zero, and no order is made that the account cannot cover with everything live counted as filled.</summary>
internal sealed class NothingBelowZero(Simulated world) : Invariant(world, "I4")
{
    public override void Durable(JournalRecord record)
    {
        if (record is JournalRecord.Intended { Order.ReduceOnly: true } reducing) Reduces(reducing.Order);
        if (record is not JournalRecord.Intended { Order: { Tradable.IsSpot: true } order }) return;
        var asset = order.Side == Side.Sell ? order.Tradable.Base : order.Tradable.Quote;
        var taken = Takes(order, order.Quantity);
        foreach (var (_, other) in World.Shadow.Orders)
            if (other.State.IsLive() && other.Request.Account == order.Account && other.Request.Side == order.Side && TakenFrom(other.Request) == asset)
                taken += Takes(other.Request, other.Request.Quantity - other.Filled);
        var held = World.Shadow.Balances.GetValueOrDefault((order.Account, asset));
        if (taken > held) Broken($"{order.Account} has {held} {asset} by the books, and live orders may take {taken}");
    }

    /// <summary>An order that is to reduce a position does not turn it round.</summary>
    private void Reduces(OrderRequest order)
    {
        var left = World.Shadow.Balances.GetValueOrDefault((order.Account, new Asset(order.Tradable.Symbol))) * (order.Side == Side.Sell ? 1 : -1) - order.Quantity;
        foreach (var (_, other) in World.Shadow.Orders)
            if (other.Request.Account == order.Account && other.Request.Tradable.Symbol == order.Tradable.Symbol && other.Request.Side == order.Side) left -= other.AtRisk;
        if (left < 0) Broken($"{order.Side} {order.Quantity} {order.Tradable.Symbol} would turn the position round");
    }

    public override void Traded(SimulatedVenue venue, VenueTrade trade)
    {
        foreach (var (asset, held) in venue.Books.Held)
            if (held < 0 && !IsPosition(venue, asset)) Broken($"{venue.Account} has {held} {asset}");
    }

    private static Asset TakenFrom(OrderRequest order) => order.Side == Side.Sell ? order.Tradable.Base : order.Tradable.Quote;

    private static decimal Takes(OrderRequest order, decimal quantity) => order.Side == Side.Sell ? quantity : quantity * order.Price;

    private static bool IsPosition(SimulatedVenue venue, Asset asset)
    {
        foreach (var market in venue.Markets)
            if (!market.Tradable.IsSpot && market.Tradable.Symbol == asset.Code) return true;
        return false;
    }
}
