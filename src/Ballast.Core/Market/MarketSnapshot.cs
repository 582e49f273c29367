using Ballast.Money;

namespace Ballast.Market;

/// <summary>All the prices that one decision may look at, as a graph: an asset is worth what its own quote says, else the shortest chain of quotes.</summary>
public sealed class MarketSnapshot
{
    private readonly Dictionary<(Asset Base, Asset Quote), Quote> _quotes;

    /// <param name="at">The time of the decision; quotes are aged against it.</param>
    /// <param name="quotes">Observed prices; of several for one pair the last counts.</param>
    /// <param name="maxAge">Older quotes are stale: they stop their line. Null: no limit.</param>
    public MarketSnapshot(Instant at, IEnumerable<Quote> quotes, Duration? maxAge = null)
    {
        (At, MaxAge) = (at, maxAge);
        _quotes = new(quotes.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var quote in quotes) _quotes[(quote.Price.Base, quote.Price.Quote)] = quote;
    }

    public Instant At { get; }

    public Duration? MaxAge { get; }

    /// <summary>What one unit of an asset is worth in another, with the path of assets it went through; or why that is not known.</summary>
    /// <remarks>A direct quote decides alone: where it cannot be used, no detour stands in for the market that would be traded.</remarks>
    public Valuation ValueIn(Asset asset, Asset unit)
    {
        if (asset == unit) return new Valuation.Known(1m, [asset], Carried: false);
        if (!Between(asset, unit, out var quote)) return Search(asset, unit);
        return Fault(quote) ?? (Valuation)new Valuation.Known(Factor(quote, unit), [asset, unit], quote.Carried);
    }

    /// <summary>An amount in another unit. Throws where there is no price: whoever asks has seen to it that there is one.</summary>
    public Amount Convert(Amount amount, Asset unit) => TryConvert(amount, unit) ?? throw new InvalidOperationException($"no price of {amount.Asset} in {unit}");

    /// <summary>An amount in another unit; null where there is no usable price. Nothing of anything is nothing.</summary>
    public Amount? TryConvert(Amount amount, Asset unit) =>
        amount.Value == 0 || amount.Asset == unit ? new(amount.Value, unit)
        : ValueIn(amount.Asset, unit) is Valuation.Known known ? new(amount.Value * known.Price, unit)
        : null;

    /// <summary>The pair's own quote, else its inverse; of both, the one that can be used, its own first.</summary>
    private bool Between(Asset asset, Asset unit, out Quote quote)
    {
        if (!_quotes.TryGetValue((asset, unit), out quote)) return _quotes.TryGetValue((unit, asset), out quote);
        if (Fault(quote) is not null && _quotes.TryGetValue((unit, asset), out var inverse) && Fault(inverse) is null) quote = inverse;
        return true;
    }

    /// <summary>Breadth first, so that the fewest conversions win; among equals the first by code.</summary>
    private Valuation Search(Asset asset, Asset unit)
    {
        Valuation.Unknown? fault = null;
        var neighbours = _quotes.Keys.Concat(_quotes.Keys.Select(k => (k.Quote, k.Base))).Distinct().OrderBy(k => k.Item2).ToLookup(k => k.Item1, k => k.Item2);
        var seen = new HashSet<Asset> { asset };
        var queue = new Queue<Valuation.Known>([new Valuation.Known(1m, [asset], false)]);
        while (queue.TryDequeue(out var known))
            foreach (var next in neighbours[known.Path[^1]])
            {
                if (seen.Contains(next)) continue;
                Between(known.Path[^1], next, out var quote);
                if (Fault(quote) is { } broken) fault ??= broken;
                else
                {
                    var reached = new Valuation.Known(known.Price * Factor(quote, next), known.Path.Add(next), known.Carried || quote.Carried);
                    if (next == unit) return reached;
                    seen.Add(next);
                    queue.Enqueue(reached);
                }
            }
        return fault ?? new Valuation.Unknown("PRICE_MISSING", $"there is no price of {asset} in {unit}, directly or through another asset");
    }

    private Valuation.Unknown? Fault(Quote quote) =>
        quote.Price.Value <= 0 ? new Valuation.Unknown("PRICE_NOT_POSITIVE", $"the price of {Pair(quote)} is {Figures.Exact(quote.Price.Value)}")
        : MaxAge is { } limit && At - quote.At > limit
            ? new Valuation.Unknown("PRICE_STALE", $"the price of {Pair(quote)} is {Spans.Words(At - quote.At)} old; the limit is {Spans.Words(limit)}")
            : null;

    private static decimal Factor(Quote quote, Asset to) => quote.Price.Quote == to ? quote.Price.Value : 1m / quote.Price.Value;

    private static string Pair(Quote quote) => $"{quote.Price.Base}/{quote.Price.Quote}";
}

/// <summary>What came of asking for a price. Closed: a caller must face the case that there is none.</summary>
public abstract record Valuation
{
    private Valuation() { }

    /// <summary>Units of the asked-for asset per unit, and the chain of assets behind it.</summary>
    public sealed record Known(decimal Price, ImmutableArray<Asset> Path, bool Carried) : Valuation;

    /// <summary>There is no usable price; the line stops here and never counts as zero.</summary>
    public sealed record Unknown(string Code, string Reason) : Valuation;
}
