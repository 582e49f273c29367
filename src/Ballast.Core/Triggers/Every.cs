using Ballast.Money;
using Ballast.Schedules;

namespace Ballast.Triggers;

/// <summary>Fires when its schedule says so. In bars: at the bar that ends, or holds, the due time; without bars: at the first look after it.</summary>
public sealed record Every(Schedule Schedule) : ITrigger
{
    public string Words => $"due {Schedule.Words}";

    public bool HasClock => true;

    public TriggerResult Check(Look look) => IsDue(look) ? TriggerResult.Yes(new(() => $"it is due {Schedule.Words}")) : NotYet(look.At);

    private bool IsDue(Look look) => look.Bar is { } bar
        ? Schedule.Fires(bar.PreviousOpen, bar.Open, bar.Spacing, bar.Anchor)
        : look.Memory.LastSeen is { } last && Schedule.NextDue(last) <= look.At;

    private TriggerResult NotYet(Instant now) => TriggerResult.No(
        new(() => Schedule.NextDue(now) is null ? $"never due again: {Schedule.Words}" : $"not due yet: {Schedule.Words}"),
        new(() => Schedule.NextDue(now) is { } next ? $"in {Spans.Words(next - now)}" : ""));
}
