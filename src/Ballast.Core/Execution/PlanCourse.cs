using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>The course of a plan: offered, approved, carried out, suspended with a name, ended with a name.</summary>
internal static class PlanCourse
{
    /// <summary>A question without an answer for so long is told to a person.</summary>
    private static readonly Duration LongUnknown = Duration.FromMinutes(15);

    private static readonly Duration LongClosing = Duration.FromSeconds(60);

    private static readonly Duration LongWithoutPrice = Duration.FromSeconds(10);

    public static void Offer(Turn turn, ExecutionPlan plan, bool approved)
    {
        if (turn.State.HasPlan)
        {
            turn.Tell(Topics.Refused, "PLAN_RUNNING", $"plan {turn.State.Plan!.Id} is not over yet; {plan.Id} was not taken");
            return;
        }
        turn.Record(new JournalRecord.PlanCreated(turn.Now, plan));
        if (approved) turn.Record(new JournalRecord.PlanApproved(turn.Now, plan.Id, plan.By, null));
        else turn.Tell(Topics.Due, "APPROVAL_WANTED", $"plan {plan.Id} waits for approval: {plan.Trigger}");
    }

    public static void Answer(Turn turn, ExecutionEvent.PlanAnswered e)
    {
        if (turn.State is not { Plan.Id: var id, Status: PlanStatus.Draft } || id != e.PlanId) return;
        turn.Record(e.Approved ? new JournalRecord.PlanApproved(turn.Now, id, e.By, e.Note) : new JournalRecord.PlanDeclined(turn.Now, id, e.By, e.Note));
    }

    public static void Run(Turn turn)
    {
        if (turn.State.Plan is not { } plan || !turn.State.HasPlan) return;
        if (turn.Now > plan.ValidUntil) turn.MovePlan(PlanStatus.Expired, "its time is over; a plan that is too old is made anew");
        else if (turn.State.Status == PlanStatus.Draft) return;
        else if (Cause(turn, plan) is var (status, why)) turn.MovePlan(status, why);
        else if (!plan.Parents.All(p => Ready(turn, p.Account))) return;
        else
        {
            if (turn.State.Status is var now && (now.IsSuspended() || now == PlanStatus.HoldMismatch)) turn.MovePlan(PlanStatus.Running, "the cause has gone, and the books agree");
            if (turn.State.Status == PlanStatus.Running) Legs.Advance(turn, plan);
        }
    }

    private static bool Ready(Turn turn, string account) => !turn.Rules.Safeguards.ReconcileBeforeTrade || turn.State.IsReady(account);

    /// <summary>Why the plan may not go on now, the most serious first.</summary>
    private static (PlanStatus Status, string Why)? Cause(Turn turn, ExecutionPlan plan)
    {
        var state = turn.State;
        foreach (var parent in plan.Parents)
        {
            var account = parent.Account;
            if (state.KilledFor(account) is { } kill) return (PlanStatus.Killed, kill);
            if (state.Mismatches.TryGetValue(account, out var mismatch)) return (PlanStatus.HoldMismatch, mismatch);
        }
        if (state.DiskFault is { } disk) return (PlanStatus.SuspendedNoDisk, $"the journal cannot be written: {disk}");
        foreach (var parent in plan.Parents)
        {
            var watch = state.Account(parent.Account);
            if (!watch.Up) return (PlanStatus.SuspendedVenue, $"{parent.Account}: {watch.DownWhy}");
            if (watch.IsUnread) return (PlanStatus.SuspendedVenue, $"{parent.Account} does not tell what it holds: {watch.UnreadWhy}");
            if (turn.Rules.Safeguards.ClockChecked && watch.Ahead is { } ahead && Abs(ahead) > turn.Rules.ClockLimit)
                return (PlanStatus.SuspendedClock, $"the clock of {parent.Account} and ours differ by {ahead.TotalMilliseconds:0} ms");
        }
        return OfOrders(turn) ?? OfPrices(turn);
    }

    private static (PlanStatus Status, string Why)? OfOrders(Turn turn)
    {
        foreach (var (id, order) in turn.State.Orders)
        {
            if (!order.IsLive) continue;
            var watch = turn.Watch(id);
            if (IsLost(order, watch, turn.Now)) return (PlanStatus.SuspendedUnknown, NotKnown(order));
            if (order.State == OrderState.Closing && watch.Closed is { } closed && order.Filled != closed.Filled && turn.Now - watch.Since >= LongClosing)
                return (PlanStatus.SuspendedFills, $"the venue counts {closed.Filled} filled of order {id}, and has told of {order.Filled}");
        }
        return null;
    }

    /// <summary>Whether only a person can find out what became of an order: nothing answers for long, or the venue would not know it any more if it had come.</summary>
    public static bool IsLost(ChildOrder order, OrderWatch watch, Instant now) =>
        order.State is OrderState.Unknown or OrderState.Closing or OrderState.Cancelling && (now - watch.Since >= LongUnknown || (order.State == OrderState.Unknown && watch.Absent >= 2));

    /// <summary>What a person must look for. A venue that has forgotten a closed order, or has never had it, cannot say.</summary>
    public static string NotKnown(ChildOrder order) => order.State == OrderState.Cancelling
        ? $"order {order.Id} should be cancelled, and {order.Request.Account} does not confirm it; cancel it there"
        : order.State == OrderState.Closing ? $"order {order.Id} is closed, and {order.Request.Account} does not say with how much filled; look for it there"
        : $"order {order.Id} could be neither found nor ruled out; look for it at {order.Request.Account}";

    private static (PlanStatus Status, string Why)? OfPrices(Turn turn)
    {
        var stop = turn.State.Status == PlanStatus.Draft ? null : Legs.WaitsForPrice(turn);
        turn.SetNoPrice(stop);
        return turn.Now - turn.State.NoPriceSince >= LongWithoutPrice ? (PlanStatus.SuspendedPrice, turn.State.NoPrice!.Reason) : null;
    }

    private static Duration Abs(Duration span) => span < Duration.Zero ? -span : span;
}
