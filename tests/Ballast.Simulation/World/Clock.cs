namespace Ballast.Simulation;

/// <summary>The clock of the machine: it is off by something, and it may lose time while the machine is suspended.</summary>
internal sealed class Clock(Timeline time)
{
    /// <summary>How far ahead of the truth it is.</summary>
    public long ErrorMs { get; set; }

    public Instant Now => Timeline.At(time.Now + ErrorMs);
}
