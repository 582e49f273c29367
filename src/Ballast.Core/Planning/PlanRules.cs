using Ballast.Costs;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Taxes;

namespace Ballast.Planning;

/// <summary>Everything besides the intent and the portfolio that shapes a plan: prices of trading, limits, what can be traded, taxes.</summary>
public sealed record PlanRules(CostSchedule Costs, Limits Limits, InstrumentSet Instruments)
{
    /// <summary>No costs, no limits, every pair: for trying things out.</summary>
    public static PlanRules Free { get; } = new(CostSchedule.None, Limits.None, InstrumentSet.Paper);

    /// <summary>Null: no lots are chosen and no tax is estimated.</summary>
    public TaxRules? Taxes { get; init; }

    /// <summary>In which calendar a holding period is counted.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Traded within the running period of the turnover limit, both sides, as a fraction of value.</summary>
    public double TurnoverUsed { get; init; }

    /// <summary>For the tracking error; null where there is no history to estimate it from.</summary>
    public RiskModel? Risk { get; init; }

    /// <summary>For the impact of large trades; an asset without an entry has none, and the plan says so where impact is asked for.</summary>
    public ImmutableDictionary<Asset, Liquidity> Liquidity { get; init; } = ImmutableDictionary<Asset, Liquidity>.Empty;
}

/// <summary>How an asset trades: standard deviation of daily returns, and traded value a day in the base asset.</summary>
public readonly record struct Liquidity(double DailyVolatility, decimal DailyVolume);
