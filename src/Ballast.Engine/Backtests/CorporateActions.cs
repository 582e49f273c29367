using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Engine.Backtests;

/// <summary>What a split, a dividend or a delisting does to a book.</summary>
public static class CorporateActions
{
    public static Book Apply(Book book, CorporateAction action, Asset baseAsset) => action switch
    {
        CorporateAction.Split split => book with { Holdings = [.. book.Holdings.Select(h => Split(h, split))] },
        CorporateAction.Dividend dividend => Paid(book, dividend.Asset, dividend.PerUnit, baseAsset),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Everything held of an asset becomes cash, where it lay, at a last price.</summary>
    public static Book Delist(Book book, Asset asset, decimal price, Asset baseAsset) =>
        Paid(book, asset, price, baseAsset) is var paid ? paid with { Holdings = paid.Holdings.RemoveAll(h => h.Asset == asset) } : book;

    private static Holding Split(Holding holding, CorporateAction.Split split) => holding.Asset != split.Asset ? holding
        : holding with { Quantity = holding.Quantity * split.Ratio, UnitCost = holding.UnitCost / split.Ratio };

    private static Book Paid(Book book, Asset asset, decimal perUnit, Asset baseAsset)
    {
        foreach (var h in book.Holdings)
            if (h.Asset == asset) book = book.Add(new Amount(h.Quantity * perUnit, baseAsset), h.Account);
        return book;
    }
}
