namespace Ballast.Schedules;

/// <summary>What may stand under <c>on</c>: the period's first or last bar, or a chosen day of it.</summary>
internal abstract record OnText
{
    private const string Expected =
        "expected first, last, first day, last day, first business day, last business day, day 15, or a weekday such as second friday";

    private OnText() { }

    public sealed record AtEdge(Edge Edge) : OnText;

    /// <param name="HasOrdinal">Whether a weekday was counted: "friday" goes with weeks, "second friday" with longer periods.</param>
    public sealed record Chosen(DayChoice Choice, bool HasOrdinal) : OnText;

    /// <summary>Without the key, and after a fault, the default: the period's last bar.</summary>
    public static OnText Parse(string? text, List<ScheduleFault> faults)
    {
        var words = text?.Trim().ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case null or ["last"]: return new AtEdge(Edge.Last);
            case ["first"]: return new AtEdge(Edge.First);
            case ["first" or "last", "day"]: return new Chosen(new DayChoice.Day(Ordinal(words[0])!.Value), true);
            case ["first" or "last", "business", "day"]: return new Chosen(new DayChoice.BusinessDay(Ordinal(words[0])!.Value), true);
            case ["day", var number] when number.Length <= 3 && int.TryParse(number, System.Globalization.NumberStyles.None, null, out var day):
                return new Chosen(new DayChoice.Day(day), true);
            case [var weekday] when Weekday(weekday) is { } name: return new Chosen(new DayChoice.Weekday(1, name), false);
            case [var ordinal, var weekday] when Ordinal(ordinal) is { } number && Weekday(weekday) is { } name:
                return new Chosen(new DayChoice.Weekday(number, name), true);
        }
        faults.Add(new("on", $"`{text}` is not a day of a period", Expected));
        return new AtEdge(Edge.Last);
    }

    private static int? Ordinal(string word) => word switch { "first" => 1, "second" => 2, "third" => 3, "fourth" => 4, "last" => -1, _ => null };

    private static IsoDayOfWeek? Weekday(string word) => word switch
    {
        "monday" => IsoDayOfWeek.Monday,
        "tuesday" => IsoDayOfWeek.Tuesday,
        "wednesday" => IsoDayOfWeek.Wednesday,
        "thursday" => IsoDayOfWeek.Thursday,
        "friday" => IsoDayOfWeek.Friday,
        "saturday" => IsoDayOfWeek.Saturday,
        "sunday" => IsoDayOfWeek.Sunday,
        _ => null,
    };
}
