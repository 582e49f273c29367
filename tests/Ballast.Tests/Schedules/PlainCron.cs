namespace Ballast.Tests.Schedules;

/// <summary>Cron by asking each minute in turn, written from the rules alone: slow, and sharing nothing with what it checks.</summary>
internal static class PlainCron
{
    private static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static string[] Zones { get; } = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/New_York", "Asia/Kathmandu"];

    /// <summary>A day or so before clocks change somewhere, and ends of months.</summary>
    public static Instant[] Starts { get; } =
    [
        Parsed.Utc("2024-03-30T00:00"), Parsed.Utc("2024-10-26T00:00"), Parsed.Utc("2024-04-05T12:00"), Parsed.Utc("2024-10-04T12:00"),
        Parsed.Utc("2011-12-29T00:00"), Parsed.Utc("2024-02-28T00:00"), Parsed.Utc("2023-02-27T00:00"), Parsed.Utc("2024-11-02T00:00"),
    ];

    public static string AnyText(Random random) =>
        $"{Any(random, 0, 59)} {Any(random, 0, 23)} {(random.Next(9) == 0 ? "L" : Any(random, 1, 31))} {(random.Next(3) == 0 ? Any(random, 1, 12) : "*")} {AnyWeekday(random)}";

    public static Instant[] Due(string text, DateTimeZone zone, Instant from, Instant to)
    {
        var fields = text.ToLowerInvariant().Split(' ');
        var wild = fields[0][0] == '*' || fields[1][0] == '*';
        return wild ? [.. Minutes(from, to).Where(at => Matches(fields, at.InZone(zone).LocalDateTime))] : Named(fields, zone, from, to);
    }

    /// <summary>Every local minute of the days around, each at its first real instant.</summary>
    private static Instant[] Named(string[] fields, DateTimeZone zone, Instant from, Instant to)
    {
        var due = new SortedSet<Instant>();
        for (var local = from.InUtc().LocalDateTime.PlusDays(-2); local < to.InUtc().LocalDateTime.PlusDays(2); local = local.PlusMinutes(1))
            if (Matches(fields, local)) due.Add(zone.ResolveLocal(local, mapping => mapping.Count == 0 ? mapping.LateInterval.Start.InZone(zone) : mapping.First()).ToInstant());
        return [.. due.Where(at => at >= from && at <= to)];
    }

    private static IEnumerable<Instant> Minutes(Instant from, Instant to)
    {
        for (var at = from; at <= to; at += Duration.FromMinutes(1)) yield return at;
    }

    private static bool Matches(string[] fields, LocalDateTime at)
    {
        var day = fields[2].Split(',').Any(part => part == "l" ? at.PlusDays(1).Day == 1 : Has(part, at.Day, 1, 31, []));
        var weekday = fields[4].Split(',').Any(part => HasWeekday(part, at));
        var days = fields[2].StartsWith('*') || fields[4].StartsWith('*') ? day && weekday : day || weekday;
        return days && HasAny(fields[0], at.Minute, 0, 59, []) && HasAny(fields[1], at.Hour, 0, 23, []) && HasAny(fields[3], at.Month, 1, 12, MonthNames);
    }

    private static bool HasWeekday(string part, LocalDateTime at)
    {
        var today = (int)at.DayOfWeek % 7;
        if (part.Contains('#')) return Number(part.Split('#')[0], DayNames, 0) % 7 == today && (at.Day - 1) / 7 + 1 == int.Parse(part.Split('#')[1]);
        if (part.EndsWith('l')) return Number(part[..^1], DayNames, 0) % 7 == today && at.PlusDays(7).Month != at.Month;
        return Has(part, today, 0, 6, DayNames) || (today == 0 && part != "*" && !part.StartsWith("*/", StringComparison.Ordinal) && Has(part, 7, 0, 7, DayNames));
    }

    private static bool HasAny(string field, int value, int low, int high, string[] names) => field.Split(',').Any(part => Has(part, value, low, high, names));

    private static bool Has(string part, int value, int low, int high, string[] names)
    {
        var step = part.Contains('/') ? int.Parse(part.Split('/')[1]) : 1;
        var range = part.Split('/')[0];
        var first = range == "*" ? low : Number(range.Split('-')[0], names, low);
        var last = range == "*" ? high : Number(range.Split('-')[^1], names, low);
        return value >= first && value <= last && (value - first) % step == 0;
    }

    private static int Number(string text, string[] names, int low) => Array.IndexOf(names, text) is var at and >= 0 ? at + low : int.Parse(text);

    private static string Any(Random random, int low, int high) => random.Next(6) switch
    {
        0 => "*",
        1 => $"*/{random.Next(1, high)}",
        2 => $"{random.Next(low, high + 1)}",
        3 => $"{random.Next(low, high + 1)},{random.Next(low, high + 1)}",
        4 when random.Next(low, high) is var first => $"{first}-{random.Next(first + 1, high + 1)}/{random.Next(1, 7)}",
        _ => $"{low}-{high}",
    };

    private static string AnyWeekday(Random random) => random.Next(8) switch
    {
        0 => $"{random.Next(0, 8)}#{random.Next(1, 6)}",
        1 => $"{DayNames[random.Next(7)]}L",
        2 => $"{DayNames[random.Next(7)]},{random.Next(8)}",
        3 => "5-7",
        4 => $"*/{random.Next(1, 7)}",
        _ => "*",
    };
}
