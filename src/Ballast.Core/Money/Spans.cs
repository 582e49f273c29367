namespace Ballast.Money;

/// <summary>How a span of time is said: the two largest parts, "8 days", "3 h 12 min".</summary>
public static class Spans
{
    public static string Words(Duration span) => span switch
    {
        { TotalDays: >= 2 } => $"{Math.Floor(span.TotalDays):0} days",
        { TotalHours: >= 24 } => $"1 day {span.Hours} h",
        { TotalHours: >= 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{Math.Floor(span.TotalMinutes):0} min",
        _ => $"{Math.Max(0, Math.Floor(span.TotalSeconds)):0} s",
    };
}
