using Ballast.Money;

namespace Ballast.Gates;

/// <summary>
/// Which limits are in force. A limit that is lowered holds at once; one that is raised waits, so that whoever can write the file cannot at once do
/// with it what it forbade. The fold of what was asked for and when: no restart and no editing back and forth makes a wait shorter.
/// </summary>
public sealed record LimitBook
{
    private const string OnlyAllowed = "allow", Allowed = "allow ";

    public static LimitBook Empty { get; } = new();

    /// <summary>By key; of what may be traded, one key for each asset.</summary>
    public ImmutableSortedDictionary<string, HeldLimit> Limits { get; private init; } = ImmutableSortedDictionary.Create<string, HeldLimit>(StringComparer.Ordinal);

    /// <summary>When the last raise is in force.</summary>
    public Instant Settled { get; private init; } = Instant.MinValue;

    /// <summary>As it was kept.</summary>
    internal static LimitBook Of(IEnumerable<KeyValuePair<string, HeldLimit>> kept)
    {
        var limits = kept.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return limits.IsEmpty ? Empty : new LimitBook { Limits = limits, Settled = limits.Values.Max(l => l.Due) };
    }

    /// <summary>Limits as numbers, complete: what a record keeps of them.</summary>
    public static ImmutableArray<LimitNumber> NumbersOf(GateLimits limits) =>
    [
        .. GateLimit.All.Select(l => new LimitNumber(l.Key, l.Of(limits))),
        new(OnlyAllowed, limits.OnlyAllowed ? 0 : 1),
        .. limits.Allowed.Select(a => new LimitNumber(Allowed + a, 1)),
    ];

    /// <summary>Whether exactly these were asked for last.</summary>
    public bool Wants(ImmutableArray<LimitNumber> numbers) =>
        numbers.All(n => Limits.TryGetValue(n.Key, out var held) && held.Wanted == n.Value) && Limits.Count(l => l.Value.Wanted != 0 || l.Key == OnlyAllowed) == numbers.Count(n => n.Value != 0 || n.Key == OnlyAllowed);

    /// <summary>These are asked for. The first that are ever asked for hold at once.</summary>
    public LimitBook After(ImmutableArray<LimitNumber> numbers, Instant at)
    {
        var wanted = numbers.ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);
        var wait = Limits.TryGetValue("raiseAfter", out var seconds) ? Duration.FromSeconds((double)seconds.At(at)) : Duration.Zero;
        var limits = Limits;
        foreach (var key in Limits.Keys.Concat(wanted.Keys).Distinct()) limits = limits.SetItem(key, Next(key, wanted.GetValueOrDefault(key), at, wait));
        return Of(limits);
    }

    /// <summary>The limits in force: those asked for, but for what still waits.</summary>
    /// <param name="asked">What was asked for last.</param>
    public GateLimits Of(GateLimits asked, Instant now)
    {
        if (now >= Settled) return asked;
        foreach (var limit in GateLimit.All)
            if (Limits.TryGetValue(limit.Key, out var held)) asked = limit.With(asked, held.At(now));
        if (!Limits.TryGetValue(OnlyAllowed, out var free) || free.At(now) == 1) return asked;
        // Where nothing may be traded for now, the empty set would mean everything.
        var allowed = asked.Allowed.Where(a => Limits.TryGetValue(Allowed + a, out var held) && held.At(now) == 1).ToImmutableSortedSet();
        return asked with { OnlyAllowed = true, Allowed = allowed };
    }

    /// <summary>The raises that wait, by key.</summary>
    public IEnumerable<KeyValuePair<string, HeldLimit>> Waiting(Instant now) => Limits.Where(l => now < l.Value.Due);

    private HeldLimit Next(string key, decimal wanted, Instant at, Duration wait)
    {
        if (!Limits.TryGetValue(key, out var held))
        {
            // What no earlier program knew holds at once; an asset that was not allowed is one that is.
            if (Limits.IsEmpty || !key.StartsWith(Allowed, StringComparison.Ordinal)) return new HeldLimit(wanted, wanted, Instant.MinValue);
            held = new HeldLimit(0, 0, Instant.MinValue);
        }
        var now = held.At(at);
        if (!IsLooser(key, wanted, now)) return new HeldLimit(wanted, wanted, Instant.MinValue);
        // Less of a raise than the one that waits has waited for as long.
        return at < held.Due && !IsLooser(key, wanted, held.Wanted) ? held with { Wanted = wanted } : new HeldLimit(now, wanted, at + wait);
    }

    private static bool IsLooser(string key, decimal value, decimal than) =>
        key.StartsWith(OnlyAllowed, StringComparison.Ordinal) ? value > than : GateLimit.All.FirstOrDefault(l => l.Key == key)?.IsLooser(value, than) ?? value > than;
}

/// <summary>One limit: what holds, and from when on what was asked for.</summary>
public sealed record HeldLimit(decimal InForce, decimal Wanted, Instant Due)
{
    public decimal At(Instant now) => now < Due ? InForce : Wanted;
}

/// <summary>A limit by its key, as a number.</summary>
public sealed record LimitNumber(string Key, decimal Value);
