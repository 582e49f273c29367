namespace Ballast.Simulation;

/// <summary>Which faults a seed has, how often each, and when it stops having any. Some can be taken away again to find out which of them matter.</summary>
internal sealed class FaultPlan
{
    public static readonly ImmutableArray<FaultKind> Kinds = [.. Enum.GetValues<FaultKind>()];

    private const double Off = 0.35;

    private readonly double[] _rates = new double[Kinds.Length];
    private readonly Chance[] _chances = new Chance[Kinds.Length];
    private readonly int[] _struck = new int[Kinds.Length];
    private readonly Cut _cut;

    public FaultPlan(ulong seed, Cut cut)
    {
        _cut = cut;
        var chance = Chance.For(seed, "faults");
        Until = chance.Between(20_000, 90_000);
        var calm = chance.Happens(0.03);
        foreach (var kind in Kinds)
        {
            _chances[(int)kind] = Chance.For(seed, kind.ToString());
            var (off, rate) = (chance.Happens(Off), chance.Unit() * FaultRates.Most(kind));
            _rates[(int)kind] = off || calm || cut.Kinds.Contains(kind) ? 0 : rate;
        }
    }

    /// <summary>When the faults end, in milliseconds: what follows is the phase in which everything must heal.</summary>
    public long Until { get; }

    public bool Active { get; set; } = true;

    /// <summary>How often each kind came up, taken away or not.</summary>
    public ReadOnlySpan<int> Struck => _struck;

    /// <summary>How many faults happened.</summary>
    public int Left { get; private set; }

    /// <summary>Whether the fault happens this time; counts it.</summary>
    public bool Strikes(FaultKind kind)
    {
        var i = (int)kind;
        if (!Active || _rates[i] == 0 || !_chances[i].Happens(_rates[i])) return false;
        return Happens(kind);
    }

    /// <summary>The times at which a fault that comes by itself happens in the fault phase.</summary>
    public IEnumerable<long> Times(FaultKind kind)
    {
        var expected = _rates[(int)kind];
        while (expected > 0 && _chances[(int)kind].Happens(Math.Min(1, expected)))
        {
            expected -= 1;
            var at = _chances[(int)kind].Between(200, Until);
            if (Happens(kind)) yield return at;
        }
    }

    private bool Happens(FaultKind kind)
    {
        if (_cut.Instances.Contains((kind, _struck[(int)kind]++))) return false;
        Left++;
        return true;
    }

    /// <summary>Chance that belongs to one kind of fault.</summary>
    public Chance Of(FaultKind kind) => _chances[(int)kind];
}
