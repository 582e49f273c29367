namespace Ballast.Engine.Execution;

/// <summary>Our time: UTC at the start, and from there by a clock that never jumps. A jump of the wall clock changes no timer; it is noticed and told.</summary>
public sealed class Clock(TimeProvider time) : IClock
{
    private Instant _start = Instant.FromDateTimeOffset(time.GetUtcNow());
    private long _stamp = time.GetTimestamp();

    public TimeProvider Time => time;

    Instant IClock.GetCurrentInstant() => Now;

    public Instant Now => _start + Duration.FromTimeSpan(time.GetElapsedTime(_stamp));

    /// <summary>Takes the wall clock's word again, where it has drifted from ours: after the machine slept, or its clock was set.</summary>
    /// <returns>How far the wall clock was ahead.</returns>
    public Duration Rebase()
    {
        var wall = Instant.FromDateTimeOffset(time.GetUtcNow());
        var ahead = wall - Now;
        (_start, _stamp) = (wall, time.GetTimestamp());
        return ahead;
    }
}
