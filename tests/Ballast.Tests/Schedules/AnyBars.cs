using Ballast.Schedules;

namespace Ballast.Tests.Schedules;

/// <summary>A random schedule of any kind, and bars of any spacing with gaps.</summary>
internal sealed class AnyBars
{
    private static readonly Duration[] Spacings = [Duration.FromMinutes(15), Duration.FromHours(1), Duration.FromHours(8), Duration.FromDays(1), Duration.FromDays(7)];

    private static readonly ScheduleText[] Texts =
    [
        new("hour"), new("day"), new("week"), new("month"), new("quarter") { On = "first" }, new("week") { On = "first" }, new("hour") { On = "first" },
        new("month") { Calendar = "weekdays" }, new("week") { Calendar = "weekdays" }, new("year"), new("half-year"), new("minute"),
        new("day") { At = "02:30" }, new("month") { On = "day 31", At = "09:00" }, new("month") { On = "second friday", Roll = "following" },
        new("week") { On = "friday", Roll = "modified-preceding" }, new("month") { On = "last business day", At = "16:00" }, new("day") { Roll = "nearest" },
        new("10 days"), new("3 days") { At = "12:00" }, new("1 month"), new("2 weeks") { From = "2024-01-20" }, new("1 month") { Roll = "preceding", From = "2023-12-31" },
        new("90m"), new("1.5d"), new("8h") { From = "2024-02-02" }, new("*/20 * * * *"), new("0 9 * * mon-fri"), new("15 2 * * *"), new("0 0 L * *"),
        new("month") { From = "2024-02-10" }, new("30 1,2 * * *") { Calendar = "weekdays" },
    ];

    public AnyBars(int seed)
    {
        var random = new Random(seed);
        Schedule = Parsed.Of(Texts[random.Next(Texts.Length)], PlainCron.Zones[random.Next(PlainCron.Zones.Length)]);
        Spacing = Spacings[random.Next(Spacings.Length)];
        var offset = random.Next(2) == 0 ? Duration.Zero : Duration.FromMinutes(random.Next(10_000));
        var start = PlainCron.Starts[random.Next(PlainCron.Starts.Length)] + offset;
        var missing = random.Next(3) * 0.2;
        Opens = [.. Enumerable.Range(0, random.Next(1, 250)).Where(_ => random.NextDouble() >= missing).Select(i => start + Spacing * i)];
    }

    public Schedule Schedule { get; }

    public Duration Spacing { get; }

    public ImmutableArray<Instant> Opens { get; }

    /// <summary>Bars that fire, asked one at a time.</summary>
    public IEnumerable<int> OneByOne() =>
        from bar in Enumerable.Range(0, Opens.Length)
        where Schedule.Fires(bar == 0 ? null : Opens[bar - 1], Opens[bar], Spacing, Opens[0])
        select bar;

    /// <summary>What is due from the first bar's open to a little after the last bar.</summary>
    public IEnumerable<Instant> DueTimes()
    {
        var wholeDays = Schedule is CountedUnits && Spacing >= Duration.FromDays(1);
        var anchor = wholeDays ? Schedule.Zone.AtStartOfDay(Opens[0].InZone(Schedule.Zone).Date).ToInstant() : Opens[0];
        for (var due = Schedule.NextDue(Opens[0] - Duration.Epsilon, anchor); due <= Opens[^1] + Spacing; due = Schedule.NextDue(due.Value, anchor))
            yield return due.Value;
    }

    /// <summary>The first bar present that opens at the due time or later, ends at it or later, or ends after it, as the kind of schedule asks.</summary>
    public int? BarOf(Instant due)
    {
        var bar = Schedule switch
        {
            PeriodEdge { Edge: Edge.Last } => due == Opens[0] ? -1 : First(open => open + Spacing >= due),
            PeriodEdge or FixedSpan or CountedUnits { At: null } => First(open => open >= due),
            _ => First(open => open + Spacing > due),
        };
        return bar < 0 ? null : bar;
    }

    private int First(Func<Instant, bool> answers) => Opens.ToList().FindIndex(open => answers(open));
}
