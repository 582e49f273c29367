using System.Diagnostics;

namespace Ballast.App.Output;

/// <summary>A line on stderr that says how far it is and how long it will take; only where a person looks at a terminal.</summary>
public sealed class Progress(int total) : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly bool _seen = !Console.IsErrorRedirected && total > 1;
    private long _last;
    private bool _ended;

    public void Report(int done)
    {
        if (!_seen || Stopwatch.GetElapsedTime(_last).TotalMilliseconds < 200) return;
        lock (_gate)
        {
            if (_ended) return;
            _last = Stopwatch.GetTimestamp();
            var left = Stopwatch.GetElapsedTime(_start) * ((double)(total - done) / done);
            Console.Error.Write($"\r{done} of {total} runs, about {Money.Spans.Words(Duration.FromTimeSpan(left))} left   ");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_seen && !_ended && _last > 0) Console.Error.Write("\r" + new string(' ', 60) + "\r");
            _ended = true;
        }
    }
}
