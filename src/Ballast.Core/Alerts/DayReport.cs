using Ballast.Money;
using Ballast.Records;

namespace Ballast.Alerts;

/// <summary>What a day brought, told when the next one begins.</summary>
/// <param name="Day">The day that is counted; null before the first look.</param>
public sealed record DayReport(LocalDate? Day, int Plans, int Orders, int Fills)
{
    public static DayReport Empty { get; } = new(null, 0, 0, 0);

    public DayReport After(IEnumerable<JournalRecord> records)
    {
        var report = this;
        foreach (var record in records)
            report = record switch
            {
                JournalRecord.PlanCreated => report with { Plans = report.Plans + 1 },
                JournalRecord.Intended => report with { Orders = report.Orders + 1 },
                JournalRecord.Filled => report with { Fills = report.Fills + 1 },
                _ => report,
            };
        return report;
    }

    /// <summary>The next day's, and the report of the one that is over; null while it lasts.</summary>
    /// <param name="standing">How things stand, as a sentence.</param>
    public (DayReport Report, Alert? Told) At(Instant at, DateTimeZone zone, string policy, string standing)
    {
        var today = at.InZone(zone).Date;
        if (Day is not { } day) return (this with { Day = today }, null);
        if (today <= day) return (this, null);
        return (Empty with { Day = today }, new Alert(at, Execution.Topics.Report, AlertKind.Once, "DAY_REPORT", policy, $"{day:uuuu-MM-dd}: {Figures.Count(Plans, "plan")}, {Figures.Count(Orders, "order")}, {Figures.Count(Fills, "fill")}. {standing}"));
    }
}
