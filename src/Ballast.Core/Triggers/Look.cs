using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Risk;
using Ballast.Targets;

namespace Ballast.Triggers;

/// <summary>Everything that one decision may see, and nothing later.</summary>
/// <param name="At">Now: when the last price was known.</param>
/// <param name="Bar">The bar that has just ended, in a back-test or where now is the last row of a price file; null live.</param>
/// <param name="Portfolio">What is held and what it is worth.</param>
/// <param name="History">Past prices up to now, for measures of risk; null where none were given.</param>
/// <param name="BarsAYear">For annual figures: bars of <paramref name="History"/> in a year.</param>
/// <param name="Flow">Deposits and income less withdrawals since the last look, in the base asset.</param>
/// <param name="Targets">Where the portfolio should be.</param>
/// <param name="Reach">How far trading can bring each weight.</param>
/// <param name="Costs">What trading costs.</param>
/// <param name="CashBuffer">What always stays in cash, in base.</param>
/// <param name="Memory">What earlier looks left behind.</param>
public sealed record Look(
    Instant At, Bar? Bar, Portfolio Portfolio, Trailing? History, double BarsAYear, decimal Flow,
    TargetSet Targets, Reach Reach, CostSchedule Costs, decimal CashBuffer, Memory Memory)
{
    /// <summary>Between two looks of the interval: only rules that keep their own time are asked.</summary>
    public bool ClocksOnly { get; init; }

    /// <summary>What venues accept as an order.</summary>
    public InstrumentSet Instruments { get; init; } = InstrumentSet.Paper;

    /// <summary>The derivatives account; null where none was given.</summary>
    public AccountLook? Account { get; init; }

    /// <summary>Smaller trades are not made, in base.</summary>
    public decimal MinTrade { get; init; }

    /// <summary>
    /// How all these assets moved together; null with the reason where that is not known.
    /// An asset without a common history is never taken for one without risk.
    /// </summary>
    public (RiskModel? Model, string Missing) RiskOf(IEnumerable<Asset> assets, Duration lookback)
    {
        if (History is not { } history) return (null, "there is no price history");
        Asset[] risky = [.. assets.Where(a => a != Portfolio.Base).Distinct().Order()];
        var model = RiskModel.Estimate(history, risky, Portfolio.Base, lookback, BarsAYear);
        if (model is null) return (null, $"there are fewer than {PastReturns.Fewest} returns common to {string.Join(", ", risky)}");
        return risky.Except(model.Assets).ToArray() is { Length: > 0 } blind ? (null, $"there are no past prices of {string.Join(", ", blind)}") : (model, "");
    }

    /// <summary>The assets that have a weight now.</summary>
    public IEnumerable<Asset> Held() => Portfolio.Lines.Where(l => l.Value != 0).Select(l => l.Asset);

    /// <summary>The assets that have a weight now, or should have one.</summary>
    public IEnumerable<Asset> HeldOrWanted() => Held().Concat(Targets.Weights.Where(w => w.Weight != 0).Select(w => w.Asset));
}

/// <summary>A bar in its place: its number from the start of the run, the opening time of the bar before, and its own span.</summary>
public readonly record struct Bar(int Number, Instant? PreviousOpen, Instant Open, Duration Spacing, Instant Anchor)
{
    /// <summary>The number of a bar that a person looks at: every rule is looked at, and it is not the start of a run.</summary>
    public const int ByHand = -1;

    public Instant Close => Open + Spacing;

    /// <summary>A bar of a history, in a run that starts at <paramref name="first"/>.</summary>
    public static Bar Of(PriceHistory history, int bar, int first) =>
        new(bar - first, bar > first ? history.Opens[bar - 1] : null, history.Opens[bar], history.Spacing, history.Opens[first]);
}
