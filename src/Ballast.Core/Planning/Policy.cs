using Ballast.Costs;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Taxes;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>What the user wants, resolved and valid: what to hold, when to act, how far, at what cost, within which limits.</summary>
public sealed record Policy(string Name, Asset Base, DateTimeZone Zone)
{
    public ImmutableArray<Account> Accounts { get; init; } = [Account.Paper];
    public HoldingRules Holdings { get; init; } = HoldingRules.Default;
    public ImmutableArray<ExpectedFlow> Flows { get; init; } = [];
    public required TargetNode Targets { get; init; }
    public RebalanceRules Rebalance { get; init; } = new();
    public CostSchedule Costs { get; init; } = CostSchedule.None;
    public TaxRules? Taxes { get; init; }

    /// <summary>Which exposure a derivatives book should have; null where there is none.</summary>
    public HedgeRules? Hedge { get; init; }

    /// <summary>How much margin may be used; null where nothing is said of it.</summary>
    public MarginLimits? Margin { get; init; }

    public Limits Limits { get; init; } = Limits.None;

    /// <summary>What no order passes.</summary>
    public SafetyRules Safety { get; init; } = SafetyRules.Usual;

    /// <summary>How it is run.</summary>
    public RunRules Run { get; init; } = new();

    /// <summary>Who is told what.</summary>
    public ImmutableArray<Notice> Notify { get; init; } = [];

    /// <summary>Annual interest on free cash in the base asset, simple within a bar; negative for a loan's price.</summary>
    public decimal CashInterest { get; init; }

    /// <summary>Sections that are read and checked but do nothing yet, each as a sentence.</summary>
    public ImmutableArray<string> NotActive { get; init; } = [];
}

/// <summary>When to act, how far to go and with which trades.</summary>
public sealed record RebalanceRules
{
    /// <summary>Any of these; empty never fires.</summary>
    public ImmutableArray<ITrigger> When { get; init; } = [];

    /// <summary>How often rules without a clock are looked at: every so many bars, or a duration. A rule with a clock keeps its own.</summary>
    public LookInterval Interval { get; init; } = new LookInterval.Bars(1);

    public Destination To { get; init; } = new Destination.Target();
    public Mode Mode { get; init; } = Mode.Full;

    /// <summary>The risk aversion of the no-trade region, where a rule fires at its edge or the destination is of it; else null.</summary>
    public double? RegionAversion => To is Destination.LeastCost(var aversion) ? aversion
        : When.SelectMany(r => r.WithParts()).OfType<LeavesRegion>().FirstOrDefault()?.RiskAversion;

    /// <summary>The escape of a one-sided mode: another mode, once the portfolio has been outside for so long.</summary>
    public (Mode Mode, Duration After)? Otherwise { get; init; }

    public bool InitialRebalance { get; init; }
    public Duration? Cooldown { get; init; }
    public Duration? AtLeastEvery { get; init; }
    public ImmutableArray<Pause> Pauses { get; init; } = [];
}

/// <summary>How often to look.</summary>
public abstract record LookInterval
{
    private LookInterval() { }

    public sealed record Bars(int Count) : LookInterval;

    public sealed record Every(Duration Span) : LookInterval;
}

/// <summary>A span of time in which nothing is traded.</summary>
public sealed record Pause(Instant From, Instant Until);

/// <summary>Money that is expected to come or go, replayed by back-tests; negative for a withdrawal.</summary>
public sealed record ExpectedFlow(Amount Amount, Schedule Schedule, string? Account);
