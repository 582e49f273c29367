using Ballast.Schedules;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads when something is due: <c>every</c> with <c>on</c>, <c>at</c>, <c>roll</c>, <c>calendar</c> and <c>from</c>.</summary>
internal static class ScheduleReader
{
    public static Schedule? Read(Section section, Draft draft)
    {
        if (!section.Requires("every", "month") || TextOf(section, "every") is not { } every) return null;
        var text = new ScheduleText(every)
        {
            On = TextOf(section, "on"), At = TextOf(section, "at"), Roll = TextOf(section, "roll"), Calendar = TextOf(section, "calendar"), From = TextOf(section, "from"),
        };
        return Understood(text, section, draft, key => key);
    }

    /// <summary>When computed targets are renewed; monthly unless the file says otherwise.</summary>
    public static Schedule? Renewal(Section section, Draft draft) =>
        Understood(new ScheduleText(TextOf(section, "renew") ?? "month"), section, draft, _ => "renew");

    internal static ScheduleReading Renewal(string text, DateTimeZone zone) => new ScheduleText(text).Parse(zone, ImmutableDictionary<string, BusinessCalendar>.Empty);

    private static Schedule? Understood(ScheduleText text, Section section, Draft draft, Func<string, string> keyOf)
    {
        switch (text.Parse(draft.Zone, ImmutableDictionary<string, BusinessCalendar>.Empty))
        {
            case ScheduleReading.Read(var schedule): return schedule;
            case ScheduleReading.Faulty(var faults):
                foreach (var fault in faults) draft.Faults.Add(section.Blame(keyOf(fault.Key)), "SCHEDULE", fault.What, fault.Expected);
                return null;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string? TextOf(Section section, string key) => section.Make<string>(key, Brief);

    /// <summary>What can be quoted in a sentence as it stands.</summary>
    private static Parsed<string> Brief(string text) =>
        text.Length is > 0 and <= 100 && !text.Any(char.IsControl) ? Parsed.Of(text) : Parsed.Bad(text, "not a time", "expected a few words, such as month");
}
