using System.Collections.Concurrent;

namespace Ballast.App.Serving.People;

/// <summary>
/// Who guesses must wait, longer each time: after five wrong answers two seconds, then four, up to a quarter of an hour. The one who is let in begins anew;
/// nobody is locked out for good, and nobody by what is guessed from another address.
/// </summary>
internal sealed class Backoff
{
    private const int Free = 5, Remembered = 10_000;

    private static readonly Duration Longest = Duration.FromMinutes(15), Forgotten = Duration.FromHours(1);

    private readonly ConcurrentDictionary<string, (int Wrong, Instant Last)> _known = new(StringComparer.Ordinal);

    /// <summary>How long it must wait before it may try; zero when it need not.</summary>
    public Duration Wait(string who, Instant now)
    {
        if (!_known.TryGetValue(who, out var known) || known.Wrong < Free) return Duration.Zero;
        var until = known.Last + Duration.Min(Longest, Duration.FromSeconds(1L << Math.Min(20, known.Wrong - Free + 1)));
        return until > now ? until - now : Duration.Zero;
    }

    public void Wrong(string who, Instant now)
    {
        if (_known.Count >= Remembered)
            foreach (var (key, value) in _known)
                if (now - value.Last > Forgotten) _known.TryRemove(key, out _);
        _known.AddOrUpdate(who, (1, now), (_, known) => (now - known.Last > Forgotten ? 1 : known.Wrong + 1, now));
    }

    public void Right(string who) => _known.TryRemove(who, out _);
}
