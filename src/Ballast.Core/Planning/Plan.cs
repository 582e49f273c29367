using Ballast.Instruments;
using Ballast.Money;
using Ballast.Taxes;

namespace Ballast.Planning;

/// <summary>An ordered list of trades that the venues accept, with the reason of each, and of each line that is not traded.</summary>
/// <param name="Trades">In the order in which they are to be sent: sells before the buys they fund; no balance is negative after any of them.</param>
/// <param name="Cost">All costs of the trades, in base: fees, half the spread, slippage, impact.</param>
/// <param name="Warnings">What a person should know besides.</param>
public sealed record Plan(
    Instant At, Asset Base, string Reason, ImmutableArray<PlannedTrade> Trades, ImmutableArray<NotTraded> NotTraded,
    PlanState Before, PlanState After, decimal Cost, ImmutableArray<string> Warnings)
{
    /// <summary>Traded value, both sides, in base.</summary>
    public decimal Traded => Trades.Sum(t => t.Value);

    /// <summary>Estimated tax on all sales, in base; zero where no lots were chosen.</summary>
    public decimal Tax => Trades.Sum(t => t.Lots.Sum(l => l.Tax));

    /// <summary>Gains less losses of the lots that were held so long.</summary>
    public decimal GainOf(HoldingPeriod period) => Trades.Sum(t => t.Lots.Where(l => l.Period == period).Sum(l => l.Gain));
}

/// <summary>One trade of a plan.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Quantity">Positive, in whole lots of the instrument's base asset.</param>
/// <param name="Price">Planning price in the instrument's quote asset.</param>
/// <param name="Value">Quantity times price, in the portfolio's base asset.</param>
/// <param name="Fee">What the venue takes, in the asset in which it takes it.</param>
/// <param name="Cost">Fee, half the spread, slippage and impact together, in the portfolio's base asset.</param>
/// <param name="CashAfter">Cash in the trade's account after it, in the instrument's quote asset.</param>
/// <param name="Lots">The lots that a sale uses, where cost and date are known.</param>
public sealed record PlannedTrade(
    int Number, Instrument Instrument, string Account, Side Side, decimal Quantity, decimal Price, decimal Value,
    Amount Fee, decimal Cost, decimal CashAfter, string Reason, ImmutableArray<LotSale> Lots)
{
    /// <summary>The part of the cost that is not the fee, in the instrument's quote asset: half the spread, slippage and impact.</summary>
    public decimal OtherCost { get; init; }
}

/// <summary>The direction of a trade, seen from the portfolio.</summary>
public enum Side { Buy, Sell }

/// <summary>A line that is not traded though it is away from its target, or that one would ask about: a stable code and a sentence.</summary>
public sealed record NotTraded(Asset Asset, string Code, string Reason);

/// <summary>A portfolio as a plan sees it, before or after.</summary>
/// <param name="LargestDrift">Largest distance of a named target from its weight.</param>
/// <param name="TrackingError">Annual, against the targets; null where there is no price history to estimate it from.</param>
public sealed record PlanState(decimal Value, decimal Cash, ImmutableArray<PlanLine> Lines, double LargestDrift, double? TrackingError);

/// <summary>One asset of a plan, before it or after it.</summary>
public sealed record PlanLine(Asset Asset, decimal Quantity, decimal? Price, decimal Value, double Weight, double? Target);
