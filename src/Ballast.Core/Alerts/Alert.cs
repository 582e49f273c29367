namespace Ballast.Alerts;

/// <summary>Whether something lasts from here, is over, happened once, or stands for several.</summary>
public enum AlertKind { Begins, Ends, Once, Sum }

/// <summary>Something that a person is told, as one message.</summary>
/// <param name="Topic">As the portfolio file names it; empty for what everybody is told.</param>
/// <param name="Code">What kind of thing, stable: BOOKS_DIFFER.</param>
/// <param name="Subject">Which account, plan or policy.</param>
/// <param name="Urgent">Whether something waits for a person.</param>
public sealed record Alert(Instant At, string Topic, AlertKind Kind, string Code, string Subject, string Text, bool Urgent = false);

/// <summary>Something that lasts and that a person should know of, as it is now.</summary>
/// <param name="Topic">As the portfolio file names it.</param>
/// <param name="Code">What kind of thing, stable.</param>
/// <param name="Subject">Which account, plan or policy; one condition of a code and a subject at a time.</param>
/// <param name="Urgent">Whether something waits for a person: it is told at once.</param>
public sealed record Condition(string Topic, string Code, string Subject, string Text, bool Urgent = false)
{
    public string Key => $"{Code} {Subject}";
}

/// <summary>How much a person is told.</summary>
public sealed record AlertRules
{
    /// <summary>What has not lasted so long is not told, unless it is urgent.</summary>
    public Duration Begins { get; init; } = Duration.FromSeconds(30);

    /// <summary>What has not been away for so long is not over.</summary>
    public Duration Ends { get; init; } = Duration.FromMinutes(2);

    /// <summary>No hour has more messages on one channel.</summary>
    public int MostAnHour { get; init; } = 12;

    /// <summary>Of these, kept for what is urgent.</summary>
    public int KeptForUrgent { get; init; } = 4;

    /// <summary>What was held back is told together after so long, in one message.</summary>
    public Duration SumAfter { get; init; } = Duration.FromMinutes(15);
}
