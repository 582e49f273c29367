using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Derivatives;

/// <summary>What a venue said of one contract at one instant.</summary>
/// <param name="Mark">The fair price, in coin for coin-settled options, in money for all others; null where the venue gave none.</param>
/// <param name="Volatility">The volatility of the mark, a fraction per √year; options only.</param>
/// <param name="Bid">The best bid; null where there is none.</param>
/// <param name="Underlying">The price of the future or forward of its expiry, in money.</param>
/// <param name="Index">The venue's index of the underlying, in money.</param>
public sealed record ChainQuote(
    Instrument.Derivative Contract, Instant At, decimal? Mark, double? Volatility, decimal? Bid, decimal? Ask, decimal? Underlying, decimal? Index)
{
    /// <summary>Whether somebody bids more than somebody asks: the book was read while it changed.</summary>
    public bool Crossed => Bid > Ask;

    /// <summary>Half of the distance between bid and ask, in the unit of the mark; null where a side is missing.</summary>
    public decimal? HalfSpread => Bid is { } bid && Ask is { } ask ? (ask - bid) / 2 : null;
}

/// <summary>All that a venue said of its contracts at one instant.</summary>
public sealed class Chain
{
    private readonly Dictionary<string, ChainQuote> _quotes;
    private readonly Dictionary<Asset, decimal> _indices;
    private readonly Dictionary<(Asset Underlying, Asset Settlement, Instant Expiry), decimal> _forwards;

    /// <param name="at">When it was said; time to expiry counts from here.</param>
    /// <param name="quotes">A quote a contract; of several the last counts.</param>
    public Chain(Instant at, IEnumerable<ChainQuote> quotes)
    {
        At = at;
        _quotes = [];
        foreach (var quote in quotes) _quotes[quote.Contract.Symbol] = quote;
        _forwards = _quotes.Values.Where(q => q.Underlying is not null && q.Contract.Expires is not null)
            .GroupBy(q => (q.Contract.Base, q.Contract.Settlement, q.Contract.Expires!.Value)).ToDictionary(g => g.Key, g => Median([.. g.Select(q => q.Underlying!.Value)]));
        _indices = _quotes.Values.GroupBy(q => q.Contract.Base).Where(g => g.Any(q => (q.Index ?? q.Underlying) is not null)).ToDictionary(g => g.Key, IndexOf);
    }

    public Instant At { get; }

    public IEnumerable<ChainQuote> Quotes => _quotes.Values;

    public ChainQuote? Find(Instrument contract) => _quotes.GetValueOrDefault(contract.Symbol);

    /// <summary>The index of an underlying in money: the median of what stood beside its contracts; null where nothing did.</summary>
    public decimal? Index(Asset underlying) => _indices.TryGetValue(underlying, out var index) ? index : null;

    /// <summary>The price of the future or forward of an expiry, as the options of that expiry see it; null where there are none.</summary>
    public decimal? Forward(Instrument.Derivative contract) =>
        contract.Expires is { } expiry && _forwards.TryGetValue((contract.Base, contract.Settlement, expiry), out var forward) ? forward : null;

    /// <summary>The median index; where no contract has one, the price of the nearest expiry.</summary>
    private static decimal IndexOf(IGrouping<Asset, ChainQuote> quotes) => quotes.Any(q => q.Index is not null)
        ? Median([.. quotes.Where(q => q.Index is not null).Select(q => q.Index!.Value)])
        : quotes.Where(q => q.Underlying is not null).MinBy(q => q.Contract.Expires ?? Instant.MinValue)!.Underlying!.Value;

    private static decimal Median(decimal[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
