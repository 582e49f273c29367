using Ballast.Money;

namespace Ballast.Ledger;

/// <summary>One line of an entry: an amount into (or, negative, out of) a place.</summary>
public readonly record struct Posting(string Place, Amount Amount);

/// <summary>What moved, double-entry: it sums to zero for every asset, or it cannot be made.</summary>
public sealed record Entry
{
    /// <param name="source">What it came of: a trade id, a snapshot, a person.</param>
    /// <exception cref="ArgumentException">The postings of some asset do not sum to zero.</exception>
    public Entry(Instant at, string source, params ImmutableArray<Posting> postings)
    {
        foreach (var asset in postings.GroupBy(p => p.Amount.Asset))
            if (asset.Sum(p => p.Amount.Value) is var sum and not 0)
                throw new ArgumentException($"the entry of {source} does not balance: {Figures.Exact(sum)} {asset.Key} too many");
        (At, Source, Postings) = (at, source, postings);
    }

    public Instant At { get; }
    public string Source { get; }
    public ImmutableArray<Posting> Postings { get; }
}

/// <summary>Where amounts are, by the names that a ledger file uses.</summary>
public static class Places
{
    public const string Fees = "expenses:fees";
    public const string Opening = "equity:opening";
    public const string External = "equity:external";

    /// <summary>What an account holds.</summary>
    public static string Assets(string account) => "assets:" + account;

    /// <summary>What a perpetual paid for time.</summary>
    public static string Funding(string symbol) => "income:funding:" + symbol;

    /// <summary>The other side of trades in an instrument: what was given for what was got.</summary>
    public static string Trading(string symbol) => "trading:" + symbol;
}
