namespace Ballast.Simulation;

/// <summary>What the account holds at its venue, exactly, and every change with its time, so that a late reader can be given an old answer.</summary>
internal sealed class VenueBooks
{
    private readonly SortedDictionary<Asset, decimal> _held = [];
    private readonly List<(long At, Asset Asset, decimal Change)> _changes = [];
    private readonly Dictionary<(string Place, Asset Asset), decimal> _others = [];

    public IReadOnlyDictionary<Asset, decimal> Held => _held;

    /// <summary>What came in or went out other than by a trade or a fee of ours, by asset.</summary>
    public SortedDictionary<Asset, decimal> Outside { get; } = [];

    public decimal Of(Asset asset) => _held.GetValueOrDefault(asset);

    /// <summary>Moves an amount between the account and a place: the market, the fees, the outside world.</summary>
    public void Move(long at, string place, Asset asset, decimal change, bool outside)
    {
        if (change == 0) return;
        Add(_held, asset, change);
        _others[(place, asset)] = _others.GetValueOrDefault((place, asset)) - change;
        if (outside) Add(Outside, asset, change);
        _changes.Add((at, asset, change));
    }

    /// <summary>Whether nothing has moved since.</summary>
    public bool Quiet(long since) => _changes.Count == 0 || _changes[^1].At < since;

    public ImmutableSortedDictionary<Asset, decimal> AsOf(long at, Func<Asset, bool> wanted)
    {
        var then = ImmutableSortedDictionary.CreateBuilder<Asset, decimal>();
        foreach (var (asset, held) in _held)
            if (wanted(asset)) then[asset] = held;
        for (var i = _changes.Count - 1; i >= 0 && _changes[i].At > at; i--)
            if (wanted(_changes[i].Asset)) Add(then, _changes[i].Asset, -_changes[i].Change);
        return then.ToImmutable();
    }

    /// <summary>The sum over the account and everything else, by asset: zero, or value was made or lost.</summary>
    public IEnumerable<(Asset Asset, decimal Sum)> Sums()
    {
        foreach (var asset in _others.Keys.Select(o => o.Asset).Distinct().Order())
            yield return (asset, _others.Where(o => o.Key.Asset == asset).Sum(o => o.Value) + Of(asset));
    }

    private static void Add(IDictionary<Asset, decimal> to, Asset asset, decimal change)
    {
        to.TryGetValue(asset, out var old);
        if (old + change == 0) to.Remove(asset);
        else to[asset] = old + change;
    }
}
