using Ballast.Execution;
using Ballast.Gates;
using Ballast.Orders;

namespace Ballast.Alerts;

/// <summary>What execution wants a person to know: what lasts, from its state; what happened once, from its steps.</summary>
public static class Conditions
{
    /// <summary>All that lasts now, each once.</summary>
    public static IEnumerable<Condition> Of(ExecutionState state) =>
    [
        .. state.Kills.Select(k => new Condition(Topics.Refused, "KILLED", k.Key, $"{(k.Key == "*" ? "everything" : k.Key)} is stopped: {k.Value}; `ballast unkill` lets it trade again", Urgent: true)),
        .. state.Mismatches.Select(m => new Condition(Topics.Refused, "BOOKS_DIFFER", m.Key, $"{m.Key}: {m.Value}; nothing trades there until you have looked: `ballast accept`", Urgent: true)),
        .. state.Accounts.Where(a => !a.Value.Up).Select(a => new Condition(Topics.Disconnected, "VENUE_DOWN", a.Key, $"{a.Key} is away: {a.Value.DownWhy}")),
        .. state.Accounts.Where(a => a.Value is { Up: true, IsUnread: true }).Select(a => new Condition(Topics.Disconnected, "ACCOUNT_UNREAD", a.Key, $"{a.Key} does not tell what it holds: {a.Value.UnreadWhy}; nothing trades there until it does", Urgent: true)),
        .. state.Prices.Pegging(state.Now).Select(p => new Condition(Topics.Refused, p.Broken ? "PEG_BROKEN" : "PEG_OFF", p.Coin.Code,
            $"{p.Coin} is {Money.Figures.Percent(p.Off)} from its {PriceBook.Promises[p.Coin]}{(p.Broken ? "; nothing is traded in it" : "")}", Urgent: p.Broken)),
        .. OfPlan(state),
    ];

    /// <summary>What happened once: what execution tells and no condition covers.</summary>
    public static IEnumerable<Alert> Once(Step step)
    {
        foreach (var effect in step.Effects)
            if (effect is Effect.Tell tell && !Covered(tell.Code))
                yield return new Alert(step.State.Now, tell.Topic, AlertKind.Once, Code(tell.Code), step.State.Plan?.Id ?? "", $"{Said(tell.Code)}{tell.Text}");
        foreach (var made in step.Records.OfType<Records.JournalRecord.PlanCreated>())
            if (step.State is not { Plan: { } plan, Status: PlanStatus.Draft } || plan.Id != made.Plan.Id)
                yield return new Alert(made.At, Topics.Due, AlertKind.Once, "PLAN_MADE", made.Plan.Id, $"plan {made.Plan.Id}, {Money.Figures.Count(made.Plan.Parents.Length, "trade")}: {made.Plan.Trigger}");
    }

    private static IEnumerable<Condition> OfPlan(ExecutionState state)
    {
        if (state.Plan is not { } plan || !state.HasPlan) yield break;
        var (status, code) = (state.Status, Code(state.Status.ToString()));
        if (status == PlanStatus.Draft) yield return new Condition(Topics.Due, "APPROVAL_WANTED", plan.Id, $"plan {plan.Id} waits for your approval: {plan.Trigger}", Urgent: true);
        else if (status == PlanStatus.HoldLegs) yield return new Condition(Topics.Refused, code, plan.Id, $"plan {plan.Id} waits for you: {state.Why}", Urgent: true);
        else if (status.IsSuspended() && status != PlanStatus.SuspendedVenue) yield return new Condition(Topics.Of(status), code, plan.Id, $"plan {plan.Id} is suspended: {state.Why}");
    }

    /// <summary>What lasts is told by its condition.</summary>
    private static bool Covered(string code) => code is "KILLED" or "BOOKS_DIFFER" or "VENUE_DOWN" or "ACCOUNT_UNREAD" or "APPROVAL_WANTED"
        || Enum.TryParse<PlanStatus>(code, out var status) && (!status.IsOver() || status == PlanStatus.Killed);

    private static string Said(string code) => Enum.TryParse<PlanStatus>(code, out var status) ? status switch
    {
        PlanStatus.Completed => "the plan is completed: ",
        PlanStatus.CompletedWithDust => "the plan is completed but for a rest: ",
        PlanStatus.DeniedRisk => "a limit denied the plan: ",
        PlanStatus.Expired => "the plan expired: ",
        _ => "the plan ended: ",
    } : "";

    private static string Code(string name) => name.Contains('_', StringComparison.Ordinal) ? name
        : string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
