using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Taxes;

/// <summary>Sales at a loss beside a purchase of the same asset shortly before: where a loss may not count.</summary>
public static class WashSales
{
    /// <summary>Days before a sale within which a purchase replaces what is sold.</summary>
    public const int Days = 30;

    /// <summary>Quantity that can be sold without a loss that a recent purchase would void; all of it where there is no such purchase.</summary>
    public static decimal Clean(Book book, Asset asset, string account, decimal price, Instant at)
    {
        var clean = 0m;
        for (var i = 0; i < book.Holdings.Length; i++)
            if (book.Holdings[i] is { Quantity: > 0 } h && h.Asset == asset && h.Account == account && !Voided(book, i, price, at)) clean += h.Quantity;
        return clean;
    }

    /// <summary>The units of a sale at a loss for which others were bought within the days before and are kept; nothing where there are none.</summary>
    public static decimal Replaced(Book book, Asset asset, ImmutableArray<LotSale> sold, Instant at)
    {
        var lost = sold.Where(s => s.Gain < 0).Sum(s => s.Quantity);
        if (lost == 0) return 0;
        var bought = 0m;
        for (var i = 0; i < book.Holdings.Length; i++)
            if (Recent(book.Holdings[i], asset, at)) bought += book.Holdings[i].Quantity - sold.Where(s => s.Index == i).Sum(s => s.Quantity);
        return Math.Min(lost, bought);
    }

    private static bool Voided(Book book, int row, decimal price, Instant at)
    {
        if (book.Holdings[row].UnitCost is not { } cost || cost <= price) return false;
        for (var i = 0; i < book.Holdings.Length; i++)
            if (i != row && Recent(book.Holdings[i], book.Holdings[row].Asset, at)) return true;
        return false;
    }

    private static bool Recent(Holding h, Asset asset, Instant at) =>
        h.Asset == asset && h.Quantity > 0 && h.Acquired is { } acquired && acquired <= at && at - acquired <= Duration.FromDays(Days);
}
