using NodaTime.Text;

namespace Ballast.Schedules;

/// <summary>The words of a portfolio file that say when: what stands under <c>every</c> and the keys beside it, null where absent.</summary>
public sealed record ScheduleText(string Every)
{
    public string? On { get; init; }

    public string? At { get; init; }

    public string? Roll { get; init; }

    public string? Calendar { get; init; }

    public string? From { get; init; }

    /// <summary>Understands the words, or finds every fault in them.</summary>
    /// <param name="zone">Whose clock the words mean.</param>
    /// <param name="calendars">The business calendars that can be named, beside <c>24/7</c> and <c>weekdays</c>.</param>
    public ScheduleReading Parse(DateTimeZone zone, IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        var faults = new List<ScheduleFault>();
        var every = EveryText.Parse(Every, faults);
        var on = OnText.Parse(On, faults);
        var at = ParseAt(faults);
        var roll = ParseRoll(faults);
        var calendar = ParseCalendar(calendars, faults);
        var from = ParseFrom(faults);
        if (every is not null) faults.AddRange(ScheduleFit.Faults(every, this, on));
        if (every is null || faults.Count > 0) return new ScheduleReading.Faulty([.. faults]);

        var business = roll != Schedules.Roll.None || on is OnText.Chosen { Choice.NeedsBusinessDays: true };
        var chosen = calendar ?? (business ? BusinessCalendar.Weekdays : BusinessCalendar.AllDays);
        return new ScheduleReading.Read(Build(every, on, at, roll) with { Zone = zone, Calendar = chosen, From = from });
    }

    private static Schedule Build(EveryText every, OnText on, LocalTime? at, Roll roll) => (every, on) switch
    {
        (EveryText.Span span, _) => new FixedSpan(span.Length),
        (EveryText.ByCron cron, _) => new Cron(cron.Expression),
        (EveryText.Counted counted, _) => new CountedUnits(counted.Count, counted.Unit) { At = at, Roll = roll },
        (EveryText.Named named, OnText.Chosen chosen) => new DayOfPeriod(named.Unit, chosen.Choice, at ?? LocalTime.Midnight) { Roll = roll },
        (EveryText.Named named, OnText.AtEdge { Edge: var edge }) when at is null && roll == Schedules.Roll.None => new PeriodEdge(named.Unit, edge),
        (EveryText.Named named, OnText.AtEdge { Edge: Edge.First }) => new DayOfPeriod(named.Unit, DayChoice.FirstDay, at ?? LocalTime.Midnight) { Roll = roll },
        (EveryText.Named named, _) => new DayOfPeriod(named.Unit, DayChoice.LastDay, at ?? LocalTime.Midnight) { Roll = roll },
        _ => throw new InvalidOperationException($"no schedule for {every} {on}"),
    };

    private LocalTime? ParseAt(List<ScheduleFault> faults)
    {
        if (At is null) return null;
        if (LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(At.Trim()) is { Success: true } time) return time.Value;
        faults.Add(new("at", $"`{At}` is not a time of day", "expected hours and minutes, such as \"09:00\""));
        return null;
    }

    private LocalDate? ParseFrom(List<ScheduleFault> faults)
    {
        if (From is null) return null;
        if (LocalDatePattern.Iso.Parse(From.Trim()) is { Success: true, Value.Year: >= 1900 and <= 2200 } date) return date.Value;
        faults.Add(new("from", $"`{From}` is not a date", "expected year, month and day, such as 2026-01-31"));
        return null;
    }

    private Roll ParseRoll(List<ScheduleFault> faults)
    {
        switch (Roll?.Trim().ToLowerInvariant())
        {
            case null: return Schedules.Roll.None;
            case "following": return Schedules.Roll.Following;
            case "modified-following": return Schedules.Roll.ModifiedFollowing;
            case "preceding": return Schedules.Roll.Preceding;
            case "modified-preceding": return Schedules.Roll.ModifiedPreceding;
            case "nearest": return Schedules.Roll.Nearest;
            default:
                faults.Add(new("roll", $"`{Roll}` is not a way to roll", "expected following, modified-following, preceding, modified-preceding or nearest"));
                return Schedules.Roll.None;
        }
    }

    private BusinessCalendar? ParseCalendar(IReadOnlyDictionary<string, BusinessCalendar> calendars, List<ScheduleFault> faults)
    {
        if (Calendar is null) return null;
        if (Calendar == BusinessCalendar.AllDays.Name) return BusinessCalendar.AllDays;
        if (Calendar == BusinessCalendar.Weekdays.Name) return BusinessCalendar.Weekdays;
        if (calendars.TryGetValue(Calendar, out var found)) return found;
        var known = calendars.Keys.Order(StringComparer.Ordinal).Prepend("weekdays").Prepend("24/7");
        faults.Add(new("calendar", $"there is no calendar `{Calendar}`", $"known are {string.Join(", ", known)}"));
        return null;
    }
}
