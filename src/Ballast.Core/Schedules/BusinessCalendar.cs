using System.Collections.Frozen;

namespace Ballast.Schedules;

/// <summary>Says which days are business days: all but the weekend and the holidays.</summary>
public sealed class BusinessCalendar : IEquatable<BusinessCalendar>
{
    private readonly FrozenSet<LocalDate> holidays;
    private readonly int weekend;

    public BusinessCalendar(string name, IEnumerable<IsoDayOfWeek> weekend, IEnumerable<LocalDate> holidays)
    {
        Name = name;
        this.holidays = holidays.ToFrozenSet();
        foreach (var day in weekend) this.weekend |= 1 << (int)day;
        if (int.PopCount(this.weekend) > 6) throw new ArgumentException($"calendar {name} has no business day in any week", nameof(weekend));
        HasOnlyBusinessDays = this.weekend == 0 && this.holidays.Count == 0;
    }

    /// <summary>Markets that never close.</summary>
    public static BusinessCalendar AllDays { get; } = new("24/7", [], []);

    /// <summary>Monday to Friday, without holidays.</summary>
    public static BusinessCalendar Weekdays { get; } = new("weekdays", [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], []);

    public string Name { get; }

    public bool HasOnlyBusinessDays { get; }

    public bool IsBusinessDay(LocalDate date) => (weekend >> (int)date.DayOfWeek & 1) == 0 && !holidays.Contains(date);

    /// <summary>The date itself where it is a business day, else the next one.</summary>
    public LocalDate Following(LocalDate date) => Walk(date, 1);

    /// <summary>The date itself where it is a business day, else the one before.</summary>
    public LocalDate Preceding(LocalDate date) => Walk(date, -1);

    public bool Equals(BusinessCalendar? other) =>
        other is not null && Name == other.Name && weekend == other.weekend && holidays.SetEquals(other.holidays);

    public override bool Equals(object? obj) => Equals(obj as BusinessCalendar);

    public override int GetHashCode() => HashCode.Combine(Name, weekend, holidays.Count);

    private LocalDate Walk(LocalDate date, int step)
    {
        while (!IsBusinessDay(date)) date = date.PlusDays(step);
        return date;
    }
}
