using Ballast.Money;

namespace Ballast.Market;

/// <summary>All the prices that one decision may look at, as a graph: an asset is worth what the shortest chain of quotes says.</summary>
public sealed class MarketSnapshot
{
    private readonly Dictionary<Asset, List<Quote>> _quotes = [];

    /// <param name="at">The time of the decision; quotes are aged against it.</param>
    /// <param name="quotes">Observed prices; of several for one pair the last counts.</param>
    /// <param name="maxAge">Older quotes are stale: they stop their line. Null: no limit.</param>
    public MarketSnapshot(Instant at, IEnumerable<Quote> quotes, Duration? maxAge = null)
    {
        (At, MaxAge) = (at, maxAge);
        foreach (var quote in quotes)
        {
            Link(quote.Price.Base, quote);
            Link(quote.Price.Quote, quote);
        }
    }

    public Instant At { get; }

    public Duration? MaxAge { get; }

    /// <summary>What one unit of an asset is worth in another, with the path of assets it went through; or why that is not known.</summary>
    public Valuation ValueIn(Asset asset, Asset unit)
    {
        if (asset == unit) return new Valuation.Known(1m, [asset], Carried: false);
        return Direct(asset, unit) is { } quote ? Step(new Valuation.Known(1m, [asset], false), quote, unit) : Search(asset, unit);
    }

    /// <summary>An amount in another unit. Throws where there is no price: whoever asks has seen to it that there is one.</summary>
    public Amount Convert(Amount amount, Asset unit) =>
        amount.Value == 0 || amount.Asset == unit ? new(amount.Value, unit)
        : ValueIn(amount.Asset, unit) is Valuation.Known known ? new(amount.Value * known.Price, unit)
        : throw new InvalidOperationException($"no price of {amount.Asset} in {unit}");

    private Quote? Direct(Asset asset, Asset unit)
    {
        foreach (var quote in QuotesOf(asset))
            if (Other(quote, asset) == unit) return quote;
        return null;
    }

    /// <summary>Breadth first, so that the fewest conversions win; among equals the first by code.</summary>
    private Valuation Search(Asset asset, Asset unit)
    {
        Valuation.Unknown? fault = null;
        var seen = new HashSet<Asset> { asset };
        var queue = new Queue<Valuation.Known>([new Valuation.Known(1m, [asset], false)]);
        while (queue.TryDequeue(out var known))
            foreach (var quote in QuotesOf(known.Path[^1]).OrderBy(q => Other(q, known.Path[^1])))
            {
                var next = Other(quote, known.Path[^1]);
                if (seen.Contains(next)) continue;
                switch (Step(known, quote, next))
                {
                    case Valuation.Known reached when next == unit: return reached;
                    case Valuation.Known reached: seen.Add(next); queue.Enqueue(reached); break;
                    case Valuation.Unknown broken: fault ??= broken; break;
                }
            }
        return fault ?? new Valuation.Unknown("PRICE_MISSING", $"there is no price of {asset} in {unit}, directly or through another asset");
    }

    private Valuation Step(Valuation.Known known, Quote quote, Asset to)
    {
        var pair = $"{quote.Price.Base}/{quote.Price.Quote}";
        if (quote.Price.Value <= 0) return new Valuation.Unknown("PRICE_NOT_POSITIVE", $"the price of {pair} is {Figures.Exact(quote.Price.Value)}");
        if (MaxAge is { } limit && At - quote.At > limit)
            return new Valuation.Unknown("PRICE_STALE", $"the price of {pair} is {(At - quote.At).TotalSeconds:0} s old; the limit is {limit.TotalSeconds:0} s");
        var factor = quote.Price.Quote == to ? quote.Price.Value : 1m / quote.Price.Value;
        return new Valuation.Known(known.Price * factor, known.Path.Add(to), known.Carried || quote.Carried);
    }

    private List<Quote> QuotesOf(Asset asset) => _quotes.GetValueOrDefault(asset, []);

    private static Asset Other(Quote quote, Asset asset) => quote.Price.Base == asset ? quote.Price.Quote : quote.Price.Base;

    private void Link(Asset asset, Quote quote)
    {
        var known = _quotes.TryGetValue(asset, out var list) ? list : _quotes[asset] = [];
        known.RemoveAll(q => q.Price.Base == quote.Price.Base && q.Price.Quote == quote.Price.Quote);
        known.Add(quote);
    }
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
