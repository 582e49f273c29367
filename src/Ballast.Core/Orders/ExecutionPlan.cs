using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Orders;

/// <summary>An approved plan as it is carried out: the parent orders, who wanted it and why, and how far prices may go.</summary>
/// <param name="Id">Unique within the journal; the ids of all its orders come from it.</param>
/// <param name="Trigger">Why there is a plan, in words.</param>
/// <param name="By">The person or the schedule that approved it.</param>
/// <param name="Value">What the portfolio was worth, in <paramref name="Base"/>.</param>
/// <param name="ValidUntil">A plan that has not ended by then is made anew, not resumed.</param>
/// <param name="InputHash">Of what it was decided from: holdings and prices.</param>
/// <param name="ConfigHash">Of the portfolio file.</param>
public sealed record ExecutionPlan(
    string Id, string Policy, string Trigger, string By, Instant At, Instant ValidUntil, Asset Base, decimal Value, string InputHash, string ConfigHash,
    ExecutionStyle Style, ImmutableArray<ParentOrder> Parents)
{
    /// <summary>The only way from a decision to orders: a plan that passed the review.</summary>
    public static ExecutionPlan Of(ApprovedPlan approved, PlanTicket ticket, ExecutionStyle style)
    {
        var plan = approved.Plan;
        return new ExecutionPlan(ticket.Id, ticket.Policy, plan.Reason, ticket.By, plan.At, plan.At + style.Validity, plan.Base, plan.Before.Value, ticket.InputHash, ticket.ConfigHash,
            style, [.. plan.Trades.Select(t => new ParentOrder(t.Number, t.Account, Tradable.Of(t.Instrument), t.Side, t.Quantity, t.Price, t.Value, t.Reason, FeeRateOf(t)))]);
    }

    private static decimal FeeRateOf(PlannedTrade trade) =>
        trade.Fee.Asset == trade.Instrument.Quote ? trade.Fee.Value / (trade.Quantity * trade.Price)
        : trade.Fee.Asset == trade.Instrument.Base ? trade.Fee.Value / trade.Quantity
        : 0m;
}

/// <summary>What a plan is called and where it came from.</summary>
public sealed record PlanTicket(string Id, string Policy, string By, string InputHash, string ConfigHash);

/// <summary>One trade of a plan, to be done by one or more child orders.</summary>
/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Price">What it was planned at, in its quote asset.</param>
/// <param name="Value">In the plan's base asset.</param>
/// <param name="FeeRate">What the venue is expected to take, as a fraction of the value.</param>
/// <param name="Group">Legs of one group belong together: what happens to the others when one fails is the style's affair. 0 for none.</param>
public sealed record ParentOrder(
    int Number, string Account, Tradable Tradable, Side Side, decimal Quantity, decimal Price, decimal Value, string Reason,
    decimal FeeRate = 0, bool ReduceOnly = false, int Group = 0);

/// <summary>How parent orders become child orders.</summary>
public sealed record ExecutionStyle
{
    /// <summary>As a policy wants its orders; prices may be off by its limit of slippage.</summary>
    public static ExecutionStyle Of(Policy policy) => new()
    {
        Type = policy.Run.Orders, Wait = policy.Run.Wait, Slices = policy.Run.Slices, Slippage = policy.Limits.Slippage ?? 0.01m,
    };

    public OrderWay Type { get; init; } = OrderWay.Limit;

    /// <summary>How long a child order rests before it is cancelled and priced anew.</summary>
    public Duration Wait { get; init; } = Duration.FromSeconds(20);

    /// <summary>Into how many equal parts a parent order is cut, one after the other.</summary>
    public int Slices { get; init; } = 1;

    /// <summary>How far from the planned price a limit may be, as a fraction.</summary>
    public decimal Slippage { get; init; } = 0.01m;

    /// <summary>How long after its making a plan may be carried out.</summary>
    public Duration Validity { get; init; } = Duration.FromMinutes(30);

    /// <summary>What becomes of a group of legs when one of them fails.</summary>
    public LegFailure WhenLegFails { get; init; } = LegFailure.Hold;

    /// <summary>Attempts at one leg before it is left as it is.</summary>
    public int Attempts { get; init; } = 60;
}

/// <summary>What becomes of the other legs of a group when one fails.</summary>
public enum LegFailure
{
    /// <summary>The others go on.</summary>
    Complete,

    /// <summary>What is done is undone.</summary>
    Unwind,

    /// <summary>Nothing more is sent, and a person decides.</summary>
    Hold,
}

/// <summary>Where a plan is. Whatever is not completed has a name, and says what a person should do.</summary>
public enum PlanStatus
{
    /// <summary>Waits for somebody to approve it.</summary>
    Draft,

    Running,

    // It goes on by itself when the cause has healed and the books agree again.
    SuspendedUnknown, SuspendedFills, SuspendedPrice, SuspendedVenue, SuspendedClock, SuspendedNoDisk,

    // A person must look.
    HoldMismatch, HoldLegs,

    // It is over.
    Completed, CompletedWithDust, Declined, StoppedByUser, DeniedRisk, Expired, Killed,
}

/// <summary>What follows from where a plan is.</summary>
public static class PlanStatuses
{
    public static bool IsOver(this PlanStatus status) => status >= PlanStatus.Completed;

    /// <summary>Whether it goes on by itself.</summary>
    public static bool IsSuspended(this PlanStatus status) => status is >= PlanStatus.SuspendedUnknown and <= PlanStatus.SuspendedNoDisk;
}
