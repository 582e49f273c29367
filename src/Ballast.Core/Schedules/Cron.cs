namespace Ballast.Schedules;

/// <summary>Due when a cron expression says so: in bars, at the bar that holds the due time.</summary>
public sealed record Cron(CronExpression Expression) : Schedule
{
    private protected override string Phrase => CronWords.Of(Expression);

    private protected override Instant? Due(Instant after, Instant? start) => Expression.Next(NotBefore(after), Zone);

    private protected override (Instant After, Instant UpTo) Answers(Instant? previousOpen, Instant open, Duration spacing) =>
        Holding(previousOpen, open, spacing);
}
