using Ballast.Costs;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Engine.Venues;

/// <summary>How a paper venue fills orders: pure, exact, against the best prices it is shown. What takes pays the other side's price; what rests is filled at its own when the market comes to it.</summary>
public static class PaperMatching
{
    /// <summary>Takes an order, or says by which code and sentence not.</summary>
    public static (PaperBooks Books, PaperOrder? Order, (string Code, string Reason)? Refusal) Place(PaperBooks books, OrderRequest request, TopOfBook? top, CostRules costs, Instant now)
    {
        if (now > request.Deadline) return Refused("DEADLINE", "the request came after its deadline");
        if (!request.Tradable.IsSpot) return Refused("NOT_SPOT", "a paper account trades spot pairs only");
        if (books.Orders.ContainsKey(request.Id)) return Refused("DUPLICATE_ID", "the id was used before");
        if (!request.Tradable.Accepts(request.Quantity, request.Price) || request.Tradable.WholeLots(request.Quantity) != request.Quantity) return Refused("FILTER", "the size is not one that the venue takes");
        if (top is null) return Refused("NO_MARKET", $"there is no price of {request.Tradable.Symbol}");
        if (Lacking(books, request, costs) is { } lacking) return Refused("INSUFFICIENT_FUNDS", lacking);
        var crosses = Crosses(request.Side, request.Price, top);
        if (crosses && request.Life == OrderLife.PostOnly) return Refused("POST_ONLY", "it would have taken");
        var (tradable, number) = (request.Tradable, books.Numbers + 1);
        var order = new PaperOrder(request.Id, number.ToString(), tradable.Symbol, tradable.Base, tradable.Quote, request.Side, request.Quantity, request.Price, 0, VenueState.Open);
        books = books with { Numbers = number, Orders = books.Orders.SetItem(order.Id, order) };
        if (crosses) books = Fill(books, order, top, costs, now, maker: false);
        if (request.Life == OrderLife.ImmediateOrCancel && books.Orders[order.Id].State == VenueState.Open) books = Close(books, order.Id, VenueState.Cancelled);
        return (books, books.Orders[order.Id], null);

        (PaperBooks, PaperOrder?, (string, string)?) Refused(string code, string reason) => (books, null, (code, reason));
    }

    /// <summary>The market moved: what rests and is reached is filled.</summary>
    public static PaperBooks Move(PaperBooks books, TopOfBook top, CostRules costs, Instant now)
    {
        foreach (var (_, order) in books.Orders)
            if (order.State == VenueState.Open && order.Symbol == top.Symbol && Crosses(order.Side, order.Price, top)) books = Fill(books, order, top, costs, now, maker: true);
        return books;
    }

    public static PaperBooks Close(PaperBooks books, OrderId id, VenueState state) => books with { Orders = books.Orders.SetItem(id, books.Orders[id] with { State = state }) };

    /// <summary>What open orders tie up of an asset, fees included.</summary>
    public static decimal Tied(PaperBooks books, Asset asset, CostRules costs)
    {
        var tied = 0m;
        foreach (var (_, o) in books.Orders)
            if (o.State == VenueState.Open) tied += o.Side == Side.Sell && o.Base == asset ? o.Left : o.Side == Side.Buy && o.Quote == asset ? o.Left * o.Price + costs.FeeOf(o.Left * o.Price) : 0;
        return tied;
    }

    private static bool Crosses(Side side, decimal price, TopOfBook top) => side == Side.Buy ? price >= top.Ask : price <= top.Bid;

    private static string? Lacking(PaperBooks books, OrderRequest request, CostRules costs)
    {
        var buys = request.Side == Side.Buy;
        var asset = buys ? request.Tradable.Quote : request.Tradable.Base;
        var value = request.Quantity * request.Price;
        var needed = buys ? value + costs.FeeOf(value) : request.Quantity;
        var free = books.Of(asset) - Tied(books, asset, costs);
        return needed > free ? $"it needs {Figures.Exact(needed)} {asset}, and {Figures.Exact(free)} are free" : null;
    }

    /// <summary>As much as stands there; a size of zero is one that is not known, and fills all. The fee is taken in the quote asset.</summary>
    private static PaperBooks Fill(PaperBooks books, PaperOrder order, TopOfBook top, CostRules costs, Instant now, bool maker)
    {
        var buys = order.Side == Side.Buy;
        var (there, price) = (buys ? top.AskSize : top.BidSize, maker ? order.Price : buys ? top.Ask : top.Bid);
        var quantity = there > 0 ? Math.Min(order.Left, there) : order.Left;
        var (value, sign) = (quantity * price, buys ? 1 : -1);
        var fee = new Amount(costs.FeeOf(value), order.Quote);
        var number = books.Numbers + 1;
        var filled = order with { Filled = order.Filled + quantity, State = quantity == order.Left ? VenueState.Filled : VenueState.Open };
        var trade = new TradeReport($"t{number}", order.VenueOrderId, order.Id, order.Symbol, order.Side, quantity, price, fee, now, maker);
        return (books with { Numbers = number, Orders = books.Orders.SetItem(order.Id, filled), Trades = books.Trades.Add(trade) })
            .Add(order.Base, sign * quantity).Add(order.Quote, -sign * value).Add(order.Quote, -fee.Value);
    }
}
