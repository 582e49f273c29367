namespace Ballast.Engine.Running;

/// <summary>Time that is moved by hand: history run through the live path.</summary>
public sealed class ReplayTime(Instant start) : TimeProvider
{
    private readonly Instant _start = start;
    private Instant _now = start;

    public Instant Now
    {
        get => _now;
        set => _now = value >= _now ? value : throw new ArgumentOutOfRangeException(nameof(value), $"time does not go back from {_now} to {value}");
    }

    public override DateTimeOffset GetUtcNow() => _now.ToDateTimeOffset();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (_now - _start).BclCompatibleTicks;

    /// <summary>Nothing happens by itself; whoever moves the time looks what is due.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
