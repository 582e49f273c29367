namespace Ballast.Taxes;

/// <summary>Which lots a sale uses, and what a gain costs. Rates are the user's: no country is built in.</summary>
/// <param name="LongAfter">A lot held longer than this is taxed at the long rate.</param>
/// <param name="ExemptAfter">By asset or sleeve name: a lot held longer is not taxed.</param>
/// <param name="Harvest">Whether a loss may be a reason to sell.</param>
public sealed record TaxRules(
    LotMethod Lots, decimal ShortRate, decimal LongRate, Period LongAfter,
    ImmutableDictionary<string, Period> ExemptAfter, bool Harvest, WashSale WashSale);

/// <summary>Which lots of an asset are sold first.</summary>
public enum LotMethod { Fifo, Lifo, Hifo, Lofo, Average, LeastTax, AsTagged }

/// <summary>What to do about buying back soon after a sale at a loss.</summary>
public enum WashSale { Ignore, Warn, Avoid }
