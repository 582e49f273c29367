using Ballast.Costs;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Risk;
using Ballast.Taxes;
using Ballast.Triggers;

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

    /// <summary>Work that the search for whole lots may take, in nodes: some microseconds each. 0 fits lots without a search.</summary>
    public int SearchNodes { get; init; } = 20_000;

    /// <summary>The rules of a policy at a time, with what its memory says was traded.</summary>
    public static PlanRules Of(Policy policy, InstrumentSet instruments, Memory memory, Instant at) =>
        new(policy.Costs, policy.Limits, instruments)
        {
            Taxes = policy.Taxes,
            Zone = policy.Zone,
            TurnoverUsed = policy.Limits.Turnover is { } limit ? memory.TradedSince(Before(at, limit.Per, policy.Zone)) : 0,
        };

    private static Instant Before(Instant at, Period span, DateTimeZone zone) =>
        zone.AtLeniently(at.InZone(zone).LocalDateTime.Minus(span)).ToInstant();
}

/// <summary>How an asset trades: standard deviation of daily returns, and traded value a day in the base asset.</summary>
public readonly record struct Liquidity(double DailyVolatility, decimal DailyVolume);
