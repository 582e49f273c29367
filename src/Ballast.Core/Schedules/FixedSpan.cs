namespace Ballast.Schedules;

/// <summary>Due after each fixed span of real time, whatever clocks and calendars do: in bars, at the first bar that opens then or later.</summary>
public sealed record FixedSpan(Duration Span) : Schedule
{
    public override bool CountsFromStart => From is null;

    private protected override string Phrase => $"every {SpokenTime.Span(Span)}";

    private protected override Instant? Due(Instant after, Instant? start)
    {
        var anchor = Beginning() ?? start ?? Zone.FirstInstant(Periods.Epoch.AtMidnight());
        var k = FloorDivide((after - anchor).ToInt128Nanoseconds(), Span.ToInt128Nanoseconds()) + 1;
        if (From is not null) k = Int128.Max(k, 0);
        else if (start is not null) k = Int128.Max(k, 1);
        return anchor + Duration.FromNanoseconds(k * Span.ToInt128Nanoseconds());
    }

    private protected override (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing) =>
        OpeningAt(previousOpen, open);

    private static Int128 FloorDivide(Int128 value, Int128 by) => value < 0 && value % by != 0 ? value / by - 1 : value / by;
}
