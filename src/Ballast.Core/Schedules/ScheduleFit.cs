namespace Ballast.Schedules;

/// <summary>Finds keys that are right by themselves but do not belong beside what stands under <c>every</c>.</summary>
internal static class ScheduleFit
{
    public static IEnumerable<ScheduleFault> Faults(EveryText every, ScheduleText text, OnText on) => every switch
    {
        EveryText.Named { Unit: PeriodUnit.Minute or PeriodUnit.Hour } named => ClockUnit(named.Unit, text, on),
        EveryText.Named named when on is OnText.Chosen chosen => ChosenDay(named.Unit, text.On!, chosen),
        EveryText.Named => [],
        EveryText.Counted => Alone(text.On, "on", "a count of units", "expected a named period, such as month; `from` says where a count starts"),
        EveryText.Span => OnAtRoll(text, "a duration", "expected none; a named period or a count of days takes them, and `from` starts a duration"),
        EveryText.ByCron => OnAtRoll(text, "a cron expression", "expected none, as cron says day and time itself"),
        _ => throw new InvalidOperationException($"no rule for {every}"),
    };

    private static IEnumerable<ScheduleFault> ClockUnit(PeriodUnit unit, ScheduleText text, OnText on)
    {
        if (on is OnText.Chosen) yield return new("on", $"`{text.On}` does not go with every {unit.Name()}", "expected first or last");
        foreach (var fault in Alone(text.At, "at", $"every {unit.Name()}", "expected a period of a day or more")) yield return fault;
        foreach (var fault in Alone(text.Roll, "roll", $"every {unit.Name()}", "expected a period of a day or more")) yield return fault;
    }

    private static IEnumerable<ScheduleFault> ChosenDay(PeriodUnit unit, string words, OnText.Chosen on)
    {
        var expected = (unit, on) switch
        {
            (PeriodUnit.Day, _) => "expected first or last",
            (PeriodUnit.Week, { Choice: DayChoice.Weekday day, HasOrdinal: true }) => $"expected {day.Name.ToString().ToLowerInvariant()}",
            (not PeriodUnit.Week, { Choice: DayChoice.Weekday day, HasOrdinal: false }) =>
                $"expected which one, such as first {words.Trim()} or last {words.Trim()}",
            (_, { Choice: DayChoice.Day { Number: >= 0 } day }) when day.Number == 0 || day.Number > MostDays(unit) => $"expected day 1 to day {MostDays(unit)}",
            _ => null,
        };
        if (expected is not null) yield return new("on", $"`{words}` does not go with every {unit.Name()}", expected);
    }

    private static int MostDays(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Week => 7,
        PeriodUnit.Month => 31,
        PeriodUnit.Quarter => 92,
        PeriodUnit.HalfYear => 184,
        PeriodUnit.Year => 366,
        _ => 1,
    };

    private static IEnumerable<ScheduleFault> OnAtRoll(ScheduleText text, string beside, string expected) =>
        [.. Alone(text.On, "on", beside, expected), .. Alone(text.At, "at", beside, expected), .. Alone(text.Roll, "roll", beside, expected)];

    private static IEnumerable<ScheduleFault> Alone(string? value, string key, string beside, string expected) =>
        value is null ? [] : [new(key, $"`{key}` does not go with {beside}", expected)];
}
