using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Engine.Venues;

/// <summary>What a paper venue was shown last of each market. Its venue locks it.</summary>
public sealed class PaperMarket(Func<string, Instrument.Derivative?> find)
{
    private readonly Dictionary<string, TopOfBook> _tops = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MarketFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChainQuote> _options = new(StringComparer.Ordinal);

    public void Show(TopOfBook top) => _tops[top.Symbol] = top;

    public void Show(MarketFacts facts) => _facts[facts.Symbol] = facts;

    public void Show(ChainQuote option) => _options[option.Contract.Symbol] = option;

    public TopOfBook? Top(string symbol) => _tops.GetValueOrDefault(symbol);

    /// <summary>The venue's own index, or the middle of a perpetual where it told none.</summary>
    public decimal? Index(Asset coin) => Futures().Where(f => f.Contract.Base == coin).Select(f => f.Index).FirstOrDefault(i => i is not null)
        ?? _options.Values.Where(o => o.Contract.Base == coin).Select(o => o.Index).FirstOrDefault(i => i is not null)
        ?? Futures().Where(f => f.Contract is Instrument.Perpetual && f.Contract.Base == coin).Select(f => f.Mark).FirstOrDefault();

    /// <summary>What the venue values a perpetual at, and its index; null where one is not known.</summary>
    public (decimal Mark, decimal Index)? Premium(string symbol) => _facts.GetValueOrDefault(symbol) is { Mark: { } mark, Index: { } index } ? (mark, index) : null;

    public Chain At(Instant now) => new(now, [.. _options.Values, .. Futures()]);

    private IEnumerable<ChainQuote> Futures() =>
        from top in _tops.Values
        let contract = find(top.Symbol)
        where contract is not null and not Instrument.Option
        let facts = _facts.GetValueOrDefault(top.Symbol)
        select new ChainQuote(contract, top.VenueTime, facts?.Mark ?? top.Middle, null, top.Bid, top.Ask, top.Middle, facts?.Index);
}
