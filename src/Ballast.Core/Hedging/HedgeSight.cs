using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
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
    /// <summary>How the venue asks for margin; null where that is not known, and then nothing is said of margin.</summary>
    public MarginPreset? Preset { get; init; }

    /// <summary>The largest margin use that any step of a plan may reach; null for no limit.</summary>
    public double? MarginStop { get; init; }

    /// <summary>A book as the preset sees it; null with the reason where it does not.</summary>
    internal (MarginAccount? Account, string Missing) Margined(PositionBook book)
    {
        if (Preset is not { } preset) return (null, "no margin preset is set");
        var (account, refusals) = MarginAccounts.Of(preset, book, Chain);
        return (account, account is null ? string.Join("; ", refusals.Select(r => r.Reason)) : "");
    }
}
