using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Linear;

namespace Ballast.Risk;

/// <summary>Simple returns of the trailing look-back, measured in the base asset: what every estimate is made of.</summary>
/// <param name="Assets">Those with a series of prices, in the order of the columns.</param>
/// <param name="Table">A row a period, oldest first; NaN where a price is missing.</param>
/// <param name="AYear">Periods in a year.</param>
public sealed record PastReturns(ImmutableArray<Asset> Assets, Matrix Table, double AYear)
{
    /// <summary>Fewer returns than these say nothing about risk.</summary>
    public const int Fewest = 20;

    /// <summary>Bars shorter than a day are sampled once a day, so that a year is 365 returns at most. Null where fewer than <see cref="Fewest"/> periods are past, or no asset has a series.</summary>
    public static PastReturns? Of(Trailing trailing, IEnumerable<Asset> assets, Asset baseAsset, Duration lookback, double barsAYear)
    {
        var step = Math.Max(1, (int)Math.Round(Duration.FromDays(1) / trailing.History.Spacing));
        var bars = Math.Min(trailing.Last, (int)(lookback / trailing.History.Spacing));
        var count = bars / step;
        if (count < Fewest) return null;
        var known = assets.Distinct().Order()
            .Select(a => (Asset: a, Returns: a == baseAsset ? new double[count] : ReturnsOf(trailing, a, baseAsset, count, step)))
            .Where(x => x.Returns is not null).ToArray();
        if (known.Length == 0) return null;
        return new PastReturns([.. known.Select(k => k.Asset)], Algebra.Filled(count, known.Length, (t, i) => known[i].Returns![t]), barsAYear / step);
    }

    /// <summary>Those periods in which every asset has a return; null where they are fewer than <see cref="Fewest"/>.</summary>
    public PastReturns? Common()
    {
        var rows = Enumerable.Range(0, Table.Rows).Where(t => !Array.Exists(Table.Row(t).ToArray(), double.IsNaN)).ToArray();
        return rows.Length < Fewest ? null : this with { Table = Algebra.Filled(rows.Length, Table.Columns, (r, i) => Table[rows[r], i]) };
    }

    /// <summary>Those of some assets that are not new: an asset that came less than <see cref="Fewest"/> returns ago would leave the others no common past. All of them where all are new.</summary>
    public Asset[] Settled(Asset[] among)
    {
        Asset[] settled = [.. among.Where(a => Assets.IndexOf(a) is not (>= 0 and var i) || FirstOf(i) <= Table.Rows - Fewest)];
        return settled.Length == 0 ? among : settled;
    }

    private int FirstOf(int column) => Enumerable.Range(0, Table.Rows).FirstOrDefault(t => !double.IsNaN(Table[t, column]), Table.Rows);

    private static double[]? ReturnsOf(Trailing trailing, Asset asset, Asset baseAsset, int count, int step)
    {
        if (trailing.ClosesIn(asset, baseAsset, count * step + 1) is not { } closes) return null;
        var returns = new double[count];
        for (var t = 0; t < count; t++) returns[t] = closes[(t + 1) * step] / closes[t * step] - 1;
        return returns;
    }
}
