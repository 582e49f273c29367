namespace Ballast.Money;

/// <summary>How a span of time is said: by its largest parts, rounded down: "8 days", "1 day 3 h", "3 h 12 min".</summary>
public static class Spans
{
    public static string Words(Duration span) => span switch
    {
        { TotalDays: >= 2 } => $"{Math.Floor(span.TotalDays):0} days",
        { TotalHours: >= 24 } => span.Hours == 0 ? "1 day" : $"1 day {span.Hours} h",
        { TotalHours: >= 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{Math.Floor(span.TotalMinutes):0} min",
        _ => $"{Math.Max(0, Math.Floor(span.TotalSeconds)):0} s",
    };
}
