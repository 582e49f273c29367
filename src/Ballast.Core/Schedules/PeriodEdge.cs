namespace Ballast.Schedules;

/// <summary>Due at the end, or at the start, of each named period: in bars, at the last bar that stands for it, or at its first.</summary>
public sealed record PeriodEdge(PeriodUnit Unit, Edge Edge) : Schedule
{
    private static readonly CronExpression EachMinute = CronExpression.Of("* * * * *");
    private static readonly CronExpression EachHour = CronExpression.Of("0 * * * *");

    private protected override string Phrase => $"at the {(Edge == Edge.Last ? "end" : "start")} of each {Unit.Name()}";

    /// <summary>The end of one period and the start of the next are the same instant; what ends as the schedule begins is not due.</summary>
    private protected override Instant? Due(Instant after, Instant? start)
    {
        after = Edge == Edge.Last ? Instant.Max(after, Beginning() ?? after) : NotBefore(after);
        return Unit switch
        {
            PeriodUnit.Minute => EachMinute.Next(after, Zone),
            PeriodUnit.Hour => EachHour.Next(after, Zone),
            _ => DueSearch.FirstAfter(after, Unit.NumberAt(after.InZone(Zone).Date), long.MinValue, StartOfPeriod),
        };
    }

    /// <summary>
    /// The last bar is the one whose reach comes to the period's end. Bar 0 is the first bar of the period it lies in:
    /// a year back there is always a start.
    /// </summary>
    private protected override (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing) => Edge == Edge.Last
        ? (previousOpen is { } previous ? Reach(previous, spacing) : open, Reach(open, spacing))
        : (previousOpen ?? open - Duration.FromDays(366), open);

    private Instant? StartOfPeriod(long number) => Unit.StartOf(number) is { } date ? Zone.FirstInstant(date.AtMidnight()) : null;
}

/// <summary>Which end of a period.</summary>
public enum Edge { First, Last }
