using Ballast.Costs;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Engine.Venues;

/// <summary>How a paper venue fills orders: pure, against the best prices it is shown. What takes pays the other side's price; what rests is filled at its own when the market comes to it.</summary>
public static class PaperMatching
{
    /// <summary>Takes an order, or says by which code and sentence not.</summary>
    public static (PaperBooks Books, PaperOrder? Order, (string Code, string Reason)? Refusal) Place(PaperBooks books, OrderRequest request, TopOfBook? top, PaperTerms terms, Instant now)
    {
        if (now > request.Deadline) return Refused("DEADLINE", "the request came after its deadline");
        if (!request.Tradable.IsSpot && terms.Find(request.Tradable.Symbol) is null) return Refused("NO_CONTRACT", $"{request.Tradable.Symbol} is no contract of this venue");
        if (!request.Tradable.IsSpot && terms.Index(request.Tradable.Base) is null) return Refused("NO_INDEX", $"there is no index of {request.Tradable.Base}");
        if (terms.Find(request.Tradable.Symbol)?.Expires <= now) return Refused("EXPIRED", $"{request.Tradable.Symbol} has expired");
        if (books.Orders.ContainsKey(request.Id)) return Refused("DUPLICATE_ID", "the id was used before");
        if (!request.Tradable.Accepts(request.Quantity, request.Price) || request.Tradable.WholeLots(request.Quantity) != request.Quantity) return Refused("FILTER", "the size is not one that the venue takes");
        if (top is null) return Refused("NO_MARKET", $"there is no price of {request.Tradable.Symbol}");
        if (request.Tradable.IsSpot && Lacking(books, request, terms.Costs) is { } lacking) return Refused("INSUFFICIENT_FUNDS", lacking);
        var crosses = Crosses(request.Side, request.Price, top);
        if (crosses && request.Life == OrderLife.PostOnly) return Refused("POST_ONLY", "it would have taken");
        var (tradable, number) = (request.Tradable, books.Numbers + 1);
        var order = new PaperOrder(request.Id, number.ToString(), tradable.Symbol, tradable.Base, tradable.IsSpot ? tradable.Quote : tradable.Settlement, request.Side, request.Quantity, request.Price, 0, VenueState.Open) { IsContract = !tradable.IsSpot };
        books = books with { Numbers = number, Orders = books.Orders.SetItem(order.Id, order) };
        if (crosses) books = Fill(books, order, top, terms, now, maker: false);
        if (request.Life == OrderLife.ImmediateOrCancel && books.Orders[order.Id].State == VenueState.Open) books = Close(books, order.Id, VenueState.Cancelled);
        return (books, books.Orders[order.Id], null);

        (PaperBooks, PaperOrder?, (string, string)?) Refused(string code, string reason) => (books, null, (code, reason));
    }

    /// <summary>The market moved: what rests and is reached is filled.</summary>
    public static PaperBooks Move(PaperBooks books, TopOfBook top, PaperTerms terms, Instant now)
    {
        foreach (var (_, order) in books.Orders)
            if (order.State == VenueState.Open && order.Symbol == top.Symbol && Crosses(order.Side, order.Price, top)) books = Fill(books, order, top, terms, now, maker: true);
        return books;
    }

    public static PaperBooks Close(PaperBooks books, OrderId id, VenueState state) => books with { Orders = books.Orders.SetItem(id, books.Orders[id] with { State = state }) };

    /// <summary>What open orders tie up of an asset, fees included.</summary>
    public static decimal Tied(PaperBooks books, Asset asset, CostRules costs)
    {
        var tied = 0m;
        foreach (var (_, o) in books.Orders)
            if (o is { State: VenueState.Open, IsContract: false }) tied += o.Side == Side.Sell && o.Base == asset ? o.Left : o.Side == Side.Buy && o.Quote == asset ? o.Left * o.Price + costs.FeeOf(o.Left * o.Price) : 0;
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

    /// <summary>As much as stands there; a size of zero is one that is not known, and fills all. The fee is taken in the quote asset; of a contract in what it is settled in.</summary>
    private static PaperBooks Fill(PaperBooks books, PaperOrder order, TopOfBook top, PaperTerms terms, Instant now, bool maker)
    {
        var buys = order.Side == Side.Buy;
        var (there, price) = (buys ? top.AskSize : top.BidSize, maker ? order.Price : buys ? top.Ask : top.Bid);
        var quantity = there > 0 ? Math.Min(order.Left, there) : order.Left;
        var (sign, number) = (buys ? 1 : -1, books.Numbers + 1);
        var filled = order with { Filled = order.Filled + quantity, State = quantity == order.Left ? VenueState.Filled : VenueState.Open };
        books = books with { Numbers = number, Orders = books.Orders.SetItem(order.Id, filled) };
        decimal fee;
        if (order.IsContract && terms.Find(order.Symbol) is { } contract)
        {
            fee = terms.Fee(contract, quantity, price, maker);
            books = PaperContracts.Trade(books, contract, sign * quantity, price, now);
        }
        else
        {
            fee = terms.Costs.FeeOf(quantity * price);
            books = books.Add(order.Base, sign * quantity).Add(order.Quote, -sign * quantity * price);
        }
        var trade = new TradeReport($"t{number}", order.VenueOrderId, order.Id, order.Symbol, order.Side, quantity, price, new Amount(fee, order.Quote), now, maker);
        return (books with { Trades = books.Trades.Add(trade) }).Add(order.Quote, -fee);
    }
}
