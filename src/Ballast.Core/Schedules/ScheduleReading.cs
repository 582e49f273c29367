namespace Ballast.Schedules;

/// <summary>What came of reading a schedule's words.</summary>
public abstract record ScheduleReading
{
    private ScheduleReading() { }

    public sealed record Read(Schedule Schedule) : ScheduleReading;

    public sealed record Faulty(ImmutableArray<ScheduleFault> Faults) : ScheduleReading;
}

/// <summary>One thing that is wrong in a schedule's words, under which key, and what was expected.</summary>
/// <param name="Key"><c>every</c>, <c>on</c>, <c>at</c>, <c>roll</c>, <c>calendar</c> or <c>from</c>.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Expected">"expected …", "did you mean …" or "known are …".</param>
public sealed record ScheduleFault(string Key, string What, string Expected)
{
    public string Sentence => $"{What}; {Expected}";
}
