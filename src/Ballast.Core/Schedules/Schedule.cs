namespace Ballast.Schedules;

/// <summary>When something is due.</summary>
public abstract record Schedule
{
    public abstract string Words { get; }

    public abstract bool Fires(Instant? previousOpen, Instant open, Duration spacing, Instant anchor);

    public abstract IEnumerable<int> FiringBars(IReadOnlyList<Instant> opens, Duration spacing);

    public abstract Instant? NextDue(Instant after);
}
