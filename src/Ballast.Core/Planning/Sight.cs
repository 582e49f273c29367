using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>What the outside world tells a policy at one instant: the same for a plan by hand, a back-test, paper and live.</summary>
/// <param name="At">Now: when the last price was known.</param>
/// <param name="Bar">The bar that has just ended; null where there are no bars.</param>
/// <param name="Book">What is held.</param>
/// <param name="Market">Prices of now.</param>
/// <param name="History">Past prices up to now; null where there are none.</param>
/// <param name="BarsAYear">Bars of the history in a year.</param>
/// <param name="Flow">Deposits less withdrawals since the last look, in base; already in the book.</param>
public sealed record Sight(Instant At, Bar? Bar, Book Book, MarketSnapshot Market, Trailing? History, double BarsAYear, decimal Flow = 0)
{
    /// <summary>What venues accept as an order: a breach too small for one is no reason to act.</summary>
    public InstrumentSet Instruments { get; init; } = InstrumentSet.Paper;
}
