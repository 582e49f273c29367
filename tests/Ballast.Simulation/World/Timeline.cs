namespace Ballast.Simulation;

/// <summary>Virtual time: what will happen, in the order in which it will. Milliseconds since the seed began.</summary>
internal sealed class Timeline
{
    private static readonly Instant Beginning = Instant.FromUtc(2026, 1, 5, 0, 0);

    private readonly PriorityQueue<Action, (long At, long Order)> _queue = new(256);
    private long _order;

    public long Now { get; private set; }

    /// <summary>The true time, which is also the venues'.</summary>
    public Instant True => At(Now);

    public static Instant At(long ms) => Beginning + Duration.FromMilliseconds(ms);

    public static long Of(Instant at) => (long)(at - Beginning).TotalMilliseconds;

    public void After(long ms, Action happens) => _queue.Enqueue(happens, (Now + Math.Max(0, ms), _order++));

    /// <summary>Goes to the next thing and does it; false where nothing is left or it is later than the end.</summary>
    public bool Advance(long end)
    {
        if (!_queue.TryPeek(out _, out var next) || next.At > end) return false;
        Now = next.At;
        _queue.Dequeue()();
        return true;
    }
}
