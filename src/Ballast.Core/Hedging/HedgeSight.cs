using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Hedging;

/// <summary>What the outside world tells the hedge of a book at one instant.</summary>
/// <param name="Named">Contracts that the rules name in full; a chain of options need not have them.</param>
/// <param name="Spread">Bid to ask as a fraction of the price, where the market shows none.</param>
/// <param name="MinTrade">Smaller trades are not made.</param>
/// <param name="MaxTrade">No larger single trade is made.</param>
public sealed record HedgeSight(
    PositionBook Book, Chain Chain, ImmutableArray<Instrument.Derivative> Named, ContractFees Fees, decimal Spread, Amount MinTrade, Amount? MaxTrade)
{
    /// <summary>Initial margin over equity of any book on this market; null where no preset is known, and then nothing is said of margin.</summary>
    public Func<PositionBook, double?>? MarginUse { get; init; }

    /// <summary>The largest margin use that any step of a plan may reach; null for no limit.</summary>
    public double? MarginStop { get; init; }
}
