using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Allocation;

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

    /// <summary>How much margin may be used; null for no limit.</summary>
    public MarginLimits? Limits { get; init; }

    /// <summary>What to close for margin's sake: nothing while its use is below where relief begins; comes before any hedge.</summary>
    internal ImmutableArray<ReliefStep> Relief()
    {
        if (Limits is not { } limits || Margined(Book).Account is not { } account) return [];
        var figures = MarginFigures.Of(account);
        return figures.Use > limits.Act && MarginRelief.Ladder(figures, Chain, limits.Aim) is Answer<ImmutableArray<ReliefStep>>.Found { Value: var steps } ? steps : [];
    }

    /// <summary>A book as the preset sees it; null with the reason where it does not.</summary>
    internal (MarginAccount? Account, string Missing) Margined(PositionBook book)
    {
        if (Preset is not { } preset) return (null, "no margin preset is set");
        var (account, refusals) = MarginAccounts.Of(preset, book, Chain);
        return (account, account is null ? string.Join("; ", refusals.Select(r => r.Reason)) : "");
    }
}
