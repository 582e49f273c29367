using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Execution;

/// <summary>What time does to orders: questions asked again, orders that rest too long cancelled, silence taken for what it is.</summary>
internal static class OrderTimers
{
    /// <summary>A venue that has not answered by then has not answered.</summary>
    private static readonly Duration Silence = Duration.FromSeconds(4);

    private static readonly Duration CancelAgain = Duration.FromSeconds(2);

    /// <summary>So many cancels at once; then one a minute, and a person is told.</summary>
    private const int MostCancels = 30;

    private static readonly Duration CancelSlowly = Duration.FromMinutes(1);

    public static void Run(Turn turn)
    {
        foreach (var (id, order) in turn.State.Orders)
            if (order.IsLive) Run(turn, id);
    }

    private static void Run(Turn turn, OrderId id)
    {
        var (order, watch) = (turn.Order(id), turn.Watch(id));
        switch (order.State)
        {
            case OrderState.Intent or OrderState.Sent when turn.Now - watch.Made >= Silence:
                turn.MarkSent(id);
                turn.Move(id, OrderCause.Ambiguous, OrderState.Unknown, "no answer");
                break;
            case OrderState.Open or OrderState.Partial when Unwanted(turn, order, watch) is { } why:
                turn.Move(id, OrderCause.CancelWanted, OrderState.Cancelling, why);
                break;
            case OrderState.Closing:
                OrderFacts.TryClose(turn, id);
                break;
        }
        TellOnce(turn, id);
        Again(turn, id);
    }

    /// <summary>A plan that is over cannot be suspended any more: what is not known of its orders is told by itself.</summary>
    private static void TellOnce(Turn turn, OrderId id)
    {
        var (order, watch) = (turn.Order(id), turn.Watch(id));
        if (turn.State.HasPlan || watch.Told || !PlanCourse.IsLost(order, watch, turn.Now)) return;
        turn.Tell(Topics.Refused, "ORDER_UNKNOWN", PlanCourse.NotKnown(order));
        turn.Set(id, watch with { Told = true });
    }

    private static void Again(Turn turn, OrderId id)
    {
        var order = turn.Order(id);
        if (!order.IsLive || !turn.State.Account(order.Request.Account).Up) return;
        if (order.State == OrderState.Cancelling && turn.Now >= (turn.Watch(id).NextCancel ?? turn.Now))
        {
            var watch = turn.Watch(id);
            // The first word of a cancel always goes; its repetitions are questions like others.
            var may = watch.Cancels == 0 || Allowance.ForQuestion(turn, order.Request.Account);
            if (may) turn.Do(new Effect.Cancel(order.Ref));
            turn.Set(id, watch with { NextCancel = turn.Now + (watch.Cancels < MostCancels ? CancelAgain : CancelSlowly), Cancels = watch.Cancels + (may ? 1 : 0) });
        }
        if (turn.Now >= turn.Watch(id).NextAsk) turn.Ask(id);
    }

    /// <summary>Why an order should not rest any longer; null where it may.</summary>
    private static string? Unwanted(Turn turn, ChildOrder order, OrderWatch watch)
    {
        var (state, request) = (turn.State, order.Request);
        if (state.Plan is not { } plan || plan.Id != request.PlanId) return "its plan is over";
        if (state.KilledFor(request.Account) is { } kill) return $"the kill switch is set: {kill}";
        if (state.Status is not (PlanStatus.Running or PlanStatus.SuspendedUnknown or PlanStatus.SuspendedFills or PlanStatus.SuspendedVenue)) return state.Why;
        if (!state.Account(request.Account).Ready) return "the books are compared with the venue first";
        return turn.Now - watch.Made >= plan.Style.Wait ? "it has rested long enough" : null;
    }
}

/// <summary>What time does to accounts: clocks measured, balances asked for, trades matched.</summary>
internal static class AccountTimers
{
    public static void Run(Turn turn)
    {
        foreach (var account in turn.Rules.Venues.Keys)
        {
            OrderFacts.Rematch(turn, account);
            var watch = turn.State.Account(account);
            if (turn.State.Epoch == 0) continue;
            if (turn.Now >= watch.NextClock)
            {
                turn.Do(new Effect.MeasureClock(account));
                turn.Change(account, a => a with { NextClock = turn.Now + Duration.FromSeconds(5) });
            }
            if (watch.Up && turn.Now >= watch.NextSnapshot) turn.Snapshot(account);
        }
    }
}

/// <summary>The kill switch: durable first, then every cancel at once. Only a person clears it.</summary>
internal static class Killing
{
    public static void Set(Turn turn, string scope, string by, string reason)
    {
        if (turn.State.Kills.ContainsKey(scope)) return;
        turn.Record(new JournalRecord.KillSet(turn.Now, scope, by, reason));
        turn.Tell(Topics.Refused, "KILLED", $"{(scope == "*" ? "everything" : scope)} is stopped by {by}: {reason}");
        if (turn.State.Plan is { } plan && turn.State.HasPlan && (scope == "*" || plan.Parents.Any(p => p.Account == scope))) turn.MovePlan(PlanStatus.Killed, reason);
        if (turn.Rules.Safeguards.KillStops) CancelAll(turn, scope, reason);
    }

    public static void CancelAll(Turn turn, string scope, string reason)
    {
        foreach (var account in turn.Rules.Venues.Keys)
            if (scope == "*" || scope == account) turn.Do(new Effect.CancelAll(account));
        foreach (var (id, order) in turn.State.Orders)
            if (order.State is OrderState.Open or OrderState.Partial && (scope == "*" || scope == order.Request.Account))
                turn.Move(id, OrderCause.CancelWanted, OrderState.Cancelling, reason);
    }

    /// <summary>Nothing trades before the books agree again.</summary>
    public static void Clear(Turn turn, string scope, string by, string reason)
    {
        if (!turn.State.Kills.ContainsKey(scope)) return;
        turn.Record(new JournalRecord.KillCleared(turn.Now, scope, by, reason));
        foreach (var account in turn.Rules.Venues.Keys)
            if (scope == "*" || scope == account) turn.Change(account, a => a with { Ready = false, NextSnapshot = turn.Now });
    }
}
