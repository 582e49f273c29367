using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>
/// What a book is after a trade was filled: plan, back-test, paper and live all settle here.
/// Rows of the book keep their places, empty ones too, so that lots chosen for several trades of one plan stay where they were.
/// </summary>
public static class Settlement
{
    /// <summary>The book after a fill of a planned trade.</summary>
    /// <param name="lots">Whether a buy becomes a lot with cost and date; otherwise it joins what is held.</param>
    public static Book Apply(Book book, PlannedTrade trade, TradeFill fill, bool lots = false)
    {
        var (asset, quote) = (trade.Instrument.Base, trade.Instrument.Quote);
        var paid = fill.Quantity * fill.Price;
        var next = trade.Side == Side.Sell ? Sell(book, trade, fill) : lots ? BuyLot(book, trade, fill) : book.Add(new(fill.Quantity, asset), trade.Account);
        next = Change(next, new(trade.Side == Side.Sell ? paid - fill.OtherCost : -paid - fill.OtherCost, quote), trade.Account, fill.At);
        return lots && trade.Side == Side.Buy && fill.Fee.Asset == asset ? next : Change(next, -fill.Fee, trade.Account, fill.At);
    }

    /// <summary>Everything filled exactly as planned, at once.</summary>
    public static Book Apply(Book book, Plan plan, bool lots = false)
    {
        foreach (var trade in plan.Trades) book = Apply(book, trade, TradeFill.AsPlanned(trade, plan.At), lots);
        return book;
    }

    /// <summary>The book without rows of nothing; not between the trades of one plan.</summary>
    public static Book WithoutEmptyRows(Book book) => book with { Holdings = book.Holdings.RemoveAll(h => h.Quantity == 0) };

    /// <summary>The lots that the plan chose, in proportion where only a part was filled; else what is free, without a date first.</summary>
    private static Book Sell(Book book, PlannedTrade trade, TradeFill fill)
    {
        if (trade.Lots.IsDefaultOrEmpty) return Change(book, new(-fill.Quantity, trade.Instrument.Base), trade.Account, fill.At);
        var holdings = book.Holdings.ToBuilder();
        var left = fill.Quantity;
        foreach (var lot in trade.Lots)
        {
            var part = Math.Min(left, lot.Quantity);
            holdings[lot.Index] = holdings[lot.Index] with { Quantity = holdings[lot.Index].Quantity - part };
            left -= part;
        }
        var sold = book with { Holdings = holdings.ToImmutable() };
        return left == 0 ? sold : Change(sold, new(-left, trade.Instrument.Base), trade.Account, fill.At);
    }

    private static Book BuyLot(Book book, PlannedTrade trade, TradeFill fill)
    {
        var asset = trade.Instrument.Base;
        var received = fill.Fee.Asset == asset ? fill.Quantity - fill.Fee.Value : fill.Quantity;
        var cost = trade.Value + trade.Cost;
        if (fill.Fee.Asset == asset) cost -= fill.Fee.Value * trade.Value / trade.Quantity;
        var scale = fill.Quantity * fill.Price / (trade.Quantity * trade.Price);
        var lot = new Holding(asset, received, trade.Account, UnitCost: cost * scale / received, Acquired: fill.At);
        return book with { Holdings = book.Holdings.Add(lot) };
    }

    /// <summary>Adds to the undated row; takes from it first, then from dated free rows, oldest first, then from what is sold last. Whatever is lacking shows as negative.</summary>
    private static Book Change(Book book, Amount change, string account, Instant at)
    {
        if (change.Value >= 0) return book.Add(change, account);
        var (left, holdings) = (-change.Value, book.Holdings);
        foreach (var i in Rows(book, change.Asset, account, at))
        {
            var part = Math.Min(left, holdings[i].Quantity);
            holdings = holdings.SetItem(i, holdings[i] with { Quantity = holdings[i].Quantity - part });
            left -= part;
            if (left == 0) break;
        }
        return (book with { Holdings = holdings }).Add(new(-left, change.Asset), account);
    }

    private static IEnumerable<int> Rows(Book book, Asset asset, string account, Instant at)
    {
        var found = new List<int>();
        for (var i = 0; i < book.Holdings.Length; i++)
            if (book.Holdings[i] is { Quantity: > 0 } h && h.Asset == asset && h.Account == account) found.Add(i);
        return found.Count < 2 ? found
            : found.OrderBy(i => book.Holdings[i].StatusAt(at) != HoldingStatus.Free).ThenBy(i => book.Holdings[i].Acquired is not null)
                .ThenBy(i => book.Holdings[i].Acquired).ThenBy(i => i);
    }
}
