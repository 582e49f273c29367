using Ballast.Market;
using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>What is held and what it was worth at one instant. Immutable; every figure follows from the arguments.</summary>
public sealed class Portfolio
{
    private readonly Dictionary<Asset, Line> _lines = [];

    /// <param name="baseAsset">The unit of account.</param>
    /// <param name="book">What is held, where.</param>
    /// <param name="market">What it was worth.</param>
    /// <param name="rules">What counts, and what may be sold.</param>
    /// <param name="wanted">Assets that are to have a line though nothing of them is held: the targets.</param>
    public Portfolio(Asset baseAsset, Book book, MarketSnapshot market, HoldingRules rules, IEnumerable<Asset> wanted)
    {
        (Base, Book, Market, Rules) = (baseAsset, book, market, rules);
        foreach (var asset in book.Holdings.Select(h => rules.Counted(h.Asset)).Concat(wanted).Append(baseAsset))
            if (!_lines.ContainsKey(asset)) _lines[asset] = LineOf(asset);
        Lines = [.. _lines.Values.OrderBy(l => l.Asset)];
        foreach (var line in Lines) Value += line.Value;
    }

    public Asset Base { get; }
    public Book Book { get; }
    public MarketSnapshot Market { get; }
    public HoldingRules Rules { get; }

    /// <summary>A line for each asset that is held or wanted, by code; the base asset's is the cash.</summary>
    public ImmutableArray<Line> Lines { get; }

    /// <summary>Net value in the base asset, exact. Lines without a price are not in it.</summary>
    public decimal Value { get; }

    public Line this[Asset asset] => _lines.TryGetValue(asset, out var line) ? line : new Line(asset, 0m, 0m, new Valuation.Unknown("NOT_HELD", $"{asset} is neither held nor wanted"), 0m);

    /// <summary>Share of the portfolio's value; zero for a line without a price.</summary>
    public double WeightOf(Asset asset) => Value > 0 ? (double)(this[asset].Value / Value) : 0;

    private Line LineOf(Asset asset)
    {
        decimal quantity = 0, sellable = 0, others = 0;
        Valuation price = Market.ValueIn(asset, Base);
        foreach (var h in Book.Holdings)
        {
            if (Rules.Counted(h.Asset) != asset) continue;
            var rule = Rules.Of(h.StatusAt(Market.At));
            if (h.Asset == asset)
            {
                if (rule.Counts) quantity += h.Quantity;
                if (rule is { Counts: true, Sell: not SellRule.No }) sellable += h.Quantity;
            }
            else if (rule.Counts && h.Quantity != 0)
            {
                switch (Market.ValueIn(h.Asset, Base), price)
                {
                    case (Valuation.Known own, _): others += h.Quantity * own.Price; break;
                    case (_, Valuation.Known same): others += h.Quantity * same.Price; break;
                }
            }
        }
        return new Line(asset, quantity, sellable, price, others);
    }
}

/// <summary>One asset of a portfolio: how much, how much of it may be sold, and its price.</summary>
/// <param name="Quantity">What counts of the asset itself.</param>
/// <param name="Sellable">The part that is free, or that the file allows to sell. The account's permission is the planner's matter.</param>
/// <param name="OtherForms">Value in base of wrapped or staked forms that count as this asset.</param>
public sealed record Line(Asset Asset, decimal Quantity, decimal Sellable, Valuation Valuation, decimal OtherForms)
{
    public decimal? Price => Valuation is Valuation.Known known ? known.Price : null;

    /// <summary>Whether the price is of now: a carried one values but does not trade.</summary>
    public bool Tradable => Valuation is Valuation.Known { Carried: false };

    /// <summary>Value in base; a line without a price has none, and takes no part.</summary>
    public decimal Value { get; } = Valuation is Valuation.Known k ? Quantity * k.Price + OtherForms : 0m;
}
