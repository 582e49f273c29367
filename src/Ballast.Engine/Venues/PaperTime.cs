using Ballast.Instruments;
using Ballast.Numerics.Futures;
using Ballast.Orders;

namespace Ballast.Engine.Venues;

/// <summary>What time does to a paper account: pure.</summary>
public static class PaperTime
{
    /// <summary>The books at a moment: funding counted, orders of what has expired closed, and its positions settled at the index, once that is known.</summary>
    /// <param name="funding">How rates of perpetuals are made, in eight hours; null where that is not known, and then there is none.</param>
    public static PaperBooks Pass(PaperBooks books, PaperMarket market, PaperTerms terms, FundingRule? funding, Instant now)
    {
        foreach (var (id, order) in books.Orders)
            if (order is { State: VenueState.Open, IsContract: true } && terms.Find(order.Symbol)?.Expires <= now) books = PaperMatching.Close(books, id, VenueState.Expired);
        foreach (var symbol in books.Positions.Keys)
            books = terms.Find(symbol) switch
            {
                { Expires: { } expiry } contract when expiry <= now => terms.Index(contract.Base) is { } index ? PaperContracts.Deliver(books, contract, index, now) : books,
                Instrument.Perpetual perpetual when funding is not null && market.Premium(symbol) is var (mark, index) =>
                    PaperContracts.Fund(books, perpetual, funding.Rate(FundingRule.Premium((double)mark, (double)index)), index, now),
                _ => books,
            };
        return books;
    }
}
