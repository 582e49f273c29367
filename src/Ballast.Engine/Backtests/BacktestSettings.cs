using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Engine.Backtests;

/// <summary>How history is replayed: everything about a back-test that is not the policy and not the prices.</summary>
public sealed record BacktestSettings
{
    /// <summary>Cash at the start, in the base asset, where no holdings are given.</summary>
    public decimal StartValue { get; init; } = 10_000m;

    /// <summary>What is held at the start; null to start from cash and buy the targets at the first bar's close.</summary>
    public Book? Holdings { get; init; }

    public FillMode Fill { get; init; } = FillMode.NextClose;

    /// <summary>Whether the purchase at the first bar pays costs; it counts as a rebalance only when it does.</summary>
    public bool ChargeInitial { get; init; } = true;

    /// <summary>Whether a rule that fires on the last bar of the data trades there.</summary>
    public bool LastBarTrades { get; init; }

    /// <summary>The calendar by which figures are made annual: 365 or 252 days, or a number of bars.</summary>
    public double DaysAYear { get; init; } = 365;

    /// <summary>Bars a year, where the user gives the number itself.</summary>
    public double? BarsAYear { get; init; }

    public double RiskFree { get; init; }

    /// <summary>Bars that begin before this are history only.</summary>
    public Instant? From { get; init; }

    /// <summary>Bars that begin at or after this are left out.</summary>
    public Instant? To { get; init; }

    /// <summary>What of its last price a delisted asset brings, from 0 to 1.</summary>
    public decimal Recovery { get; init; } = 1m;

    public InstrumentSet Instruments { get; init; } = InstrumentSet.Paper;

    /// <summary>Splits and dividends; only with raw prices.</summary>
    public ImmutableArray<CorporateAction> Actions { get; init; } = [];

    /// <summary>Whether to keep weights, plans and reasons for every bar: what a report needs and a sweep does not.</summary>
    public bool KeepDetail { get; init; }
}

/// <summary>At which price a decision at a bar's close is filled.</summary>
public enum FillMode { Close, NextOpen, NextClose }

/// <summary>Something that happens to an asset at a bar's open, before any fill of that bar.</summary>
public abstract record CorporateAction(Instant At, Asset Asset)
{
    /// <summary>Every unit becomes several.</summary>
    public sealed record Split(Instant At, Asset Asset, decimal Ratio) : CorporateAction(At, Asset);

    /// <summary>Cash for every unit, in the base asset.</summary>
    public sealed record Dividend(Instant At, Asset Asset, decimal PerUnit) : CorporateAction(At, Asset);
}
