using Ballast.Money;

namespace Ballast.Ledger;

/// <summary>What each account holds, as the sum of every entry.</summary>
public sealed record Balances
{
    public static Balances Empty { get; } = new();

    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<Asset, decimal>> ByAccount { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<Asset, decimal>>(StringComparer.Ordinal);

    public IEnumerable<string> Accounts => ByAccount.Keys;

    /// <summary>All that an account holds; what is zero is left out.</summary>
    public ImmutableSortedDictionary<Asset, decimal> Of(string account) => ByAccount.GetValueOrDefault(account) ?? ImmutableSortedDictionary<Asset, decimal>.Empty;

    public decimal Of(string account, Asset asset) => ByAccount.TryGetValue(account, out var held) ? held.GetValueOrDefault(asset) : 0m;

    /// <summary>After an entry: the postings to what accounts hold are added, all others are its other side.</summary>
    public Balances After(Entry entry)
    {
        var next = this;
        foreach (var (place, amount) in entry.Postings)
            if (place.StartsWith("assets:", StringComparison.Ordinal)) next = next.Add(place["assets:".Length..], amount);
        return next;
    }

    internal Balances Add(string account, Amount amount)
    {
        var held = Of(account);
        var now = held.GetValueOrDefault(amount.Asset) + amount.Value;
        return this with { ByAccount = ByAccount.SetItem(account, now == 0 ? held.Remove(amount.Asset) : held.SetItem(amount.Asset, now)) };
    }
}
