using System.Runtime.InteropServices;
using Ballast.Market;
using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>What is held and what it was worth at one instant. Immutable; every figure follows from the arguments.</summary>
public sealed class Portfolio
{
    private readonly double[] _weights;

    /// <param name="baseAsset">The unit of account.</param>
    /// <param name="book">What is held, where.</param>
    /// <param name="market">What it was worth.</param>
    /// <param name="rules">What counts, and what may be sold.</param>
    /// <param name="wanted">Assets that are to have a line though nothing of them is held: the targets.</param>
    public Portfolio(Asset baseAsset, Book book, MarketSnapshot market, HoldingRules rules, IEnumerable<Asset> wanted)
    {
        (Base, Book, Market, Rules) = (baseAsset, book, market, rules);
        var sums = new Dictionary<Asset, Sum> { [baseAsset] = new() };
        foreach (var asset in wanted) sums.TryAdd(asset, new Sum());
        foreach (var holding in book.Holdings) Add(sums, holding);
        var lines = new Line[sums.Count];
        var i = 0;
        foreach (var (asset, sum) in sums) lines[i++] = LineOf(asset, sum);
        Array.Sort(lines, static (a, b) => a.Asset.CompareTo(b.Asset));
        Lines = ImmutableCollectionsMarshal.AsImmutableArray(lines);
        foreach (var line in lines) Value += line.Value;
        _weights = Value > 0 ? Array.ConvertAll(lines, line => (double)(line.Value / Value)) : new double[lines.Length];
    }

    public Asset Base { get; }
    public Book Book { get; }
    public MarketSnapshot Market { get; }
    public HoldingRules Rules { get; }

    /// <summary>A line for each asset that is held or wanted, by code; the base asset's is the cash.</summary>
    public ImmutableArray<Line> Lines { get; }

    /// <summary>Net value in the base asset, exact. Lines without a price are not in it.</summary>
    public decimal Value { get; }

    public Line this[Asset asset] => Place(asset) is >= 0 and var i ? Lines[i] : new Line(asset, 0m, 0m, new Valuation.Unknown("NOT_HELD", $"{asset} is neither held nor wanted"), 0m);

    /// <summary>Share of the portfolio's value; zero for a line without a price.</summary>
    public double WeightOf(Asset asset) => Place(asset) is >= 0 and var i ? _weights[i] : 0;

    private int Place(Asset asset)
    {
        var (low, high) = (0, Lines.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Lines[middle].Asset.CompareTo(asset);
            if (order == 0) return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    private void Add(Dictionary<Asset, Sum> sums, Holding holding)
    {
        var counted = Rules.Counted(holding.Asset);
        if (!sums.TryGetValue(counted, out var sum)) sums[counted] = sum = new Sum();
        var rule = Rules.Of(holding.StatusAt(Market.At));
        if (!rule.Counts || holding.Quantity == 0) return;
        if (holding.Asset != counted)
        {
            (sum.Others ??= []).Add(holding);
            return;
        }
        sum.Quantity += holding.Quantity;
        if (rule.Sell != SellRule.No) sum.Sellable += holding.Quantity;
    }

    private Line LineOf(Asset asset, Sum sum)
    {
        var valuation = Market.ValueIn(asset, Base);
        var others = 0m;
        foreach (var holding in sum.Others ?? [])
            if ((Market.ValueIn(holding.Asset, Base) as Valuation.Known ?? valuation as Valuation.Known) is { } price) others += holding.Quantity * price.Price;
        return new Line(asset, sum.Quantity, sum.Sellable, valuation, others);
    }

    /// <summary>What is found of an asset while the holdings are read.</summary>
    private sealed class Sum
    {
        public decimal Quantity;
        public decimal Sellable;
        public List<Holding>? Others;
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
