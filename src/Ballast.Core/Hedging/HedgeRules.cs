using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Triggers;

namespace Ballast.Hedging;

/// <summary>Which exposure a book should have, when to correct it, how far and with what.</summary>
/// <param name="Book">The account whose book it is.</param>
/// <param name="Numeraire">What wealth is counted in; it decides which delta is neutral, so that there is no default.</param>
/// <param name="With">Which contracts may be traded; earlier patterns are no better than later ones, cost decides.</param>
public sealed record HedgeRules(string Book, Outlook Outlook, Numeraire Numeraire, ImmutableArray<NamePattern> With)
{
    /// <summary>Half the width of the band that delta may be in without a trade; null for the narrowest of the rules that fire on delta.</summary>
    public DeltaBand? Band { get; init; }

    /// <summary>Relative risk aversion: what the least-cost band weighs cost against variance with.</summary>
    public double RiskAversion { get; init; } = 3;

    public HedgeTo To { get; init; } = HedgeTo.BandEdge;
    public LegMode Legs { get; init; } = LegMode.OneByOne;

    /// <summary>Any of these, or the band where there is one, is a reason to act.</summary>
    public ImmutableArray<ITrigger> When { get; init; } = [];

    public ImmutableArray<EventPause> Pauses { get; init; } = [];
}

/// <summary>How wide the band of delta is on each side. Closed.</summary>
public abstract record DeltaBand
{
    private DeltaBand() { }

    /// <summary>So many coins, or coins for so much money.</summary>
    public sealed record Fixed(Amount Half) : DeltaBand;

    /// <summary>Where the cost of trading and the variance of not trading weigh the same: Whalley and Wilmott (1997).</summary>
    public sealed record LeastCost : DeltaBand;
}

/// <summary>Where a delta outside of its band is brought.</summary>
public enum HedgeTo { BandEdge, Target, Halfway }

/// <summary>Whether several legs are sent at once, as a combination where there is one, or one after the other in the order that keeps margin lowest.</summary>
public enum LegMode { Together, OneByOne }

/// <summary>A time around a recurring event in which no hedge is traded.</summary>
/// <param name="For">Before and after the event, together.</param>
public sealed record EventPause(VenueEvent Around, Duration For);

/// <summary>Events of a venue's day: funding and settlement at 00:00, 08:00 and 16:00 UTC and at 08:00 UTC, expiries of what the book holds.</summary>
public enum VenueEvent { Funding, Expiry, Settlement }

/// <summary>How much of its margin an account may use, by which preset it is computed, and what gives way first.</summary>
/// <param name="Rules">The preset's name.</param>
/// <param name="Aim">Where relief stops, as a share of equity.</param>
/// <param name="Act">Where relief begins.</param>
/// <param name="Stop">What no step of a plan may exceed.</param>
public sealed record MarginLimits(string Rules, double Aim, double Act, double Stop, ImmutableArray<ReliefWay> Relief, string? MoveFrom);

/// <summary>What is done when margin is short.</summary>
public enum ReliefWay { ReduceHedge, MoveCollateral, CloseWorst }
