using Ballast.Money;
using Ballast.Schedules;

namespace Ballast.Triggers;

/// <summary>Fires when its schedule says so. In bars: at the bar that ends, or holds, the due time.</summary>
public sealed record Every(Schedule Schedule) : ITrigger
{
    public string Words => $"due {Schedule.Words}";

    public bool HasClock => true;

    public TriggerResult Check(Look look) => look.Bar is { } bar && Schedule.Fires(bar.PreviousOpen, bar.Open, bar.Spacing, bar.Anchor)
        ? TriggerResult.Yes($"it is due {Schedule.Words}")
        : NotYet(look.At);

    private TriggerResult NotYet(Instant now) => Schedule.NextDue(now) is { } next
        ? TriggerResult.No($"not due yet: {Schedule.Words}", $"in {Spans.Words(next - now)}")
        : TriggerResult.No($"never due again: {Schedule.Words}", "never");
}
