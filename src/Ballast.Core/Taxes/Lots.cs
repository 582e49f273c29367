using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Taxes;

/// <summary>Chooses the lots of a sale and estimates the tax on it, by the rules of the user.</summary>
public static class Lots
{
    /// <summary>
    /// The lots in the order of the method, ties by the older date, then by row; conditions that are sold last come after all others.
    /// Least tax takes the lots with the lowest tax a unit first: the optimum for a tax linear in the gain.
    /// </summary>
    public static LotResult Sell(Book book, HoldingRules conditions, Sale sale, TaxRules rules)
    {
        var rows = Rows(book, conditions, sale);
        if (rows.FirstOrDefault(r => r.Holding.UnitCost is null || r.Holding.Acquired is null) is { Holding: { } bare })
            return new LotResult.BasisMissing($"{Figures.Exact(bare.Quantity)} {bare.Asset} in {bare.Account} have no cost or no date, and the tax on a sale needs both");
        if (rows.Sum(r => r.Holding.Quantity) < sale.Quantity)
            throw new ArgumentException($"{sale.Quantity} {sale.Asset} are to be sold in {sale.Account}, which has {rows.Sum(r => r.Holding.Quantity)}");
        decimal? pooled = rules.Lots == LotMethod.Average ? rows.Sum(r => r.Holding.Quantity * r.Holding.UnitCost!.Value) / rows.Sum(r => r.Holding.Quantity) : null;
        var chosen = ImmutableArray.CreateBuilder<LotSale>();
        var left = sale.Quantity;
        foreach (var row in LotOrder.Of(rows, sale, rules))
        {
            if (left <= 0) break;
            var part = Math.Min(left, row.Holding.Quantity);
            chosen.Add(Part(row, part, pooled ?? row.Holding.UnitCost!.Value, sale, rules));
            left -= part;
        }
        return new LotResult.Sold(chosen.ToImmutable());
    }

    /// <summary>How long a lot has been held: long once the sale's date is after the date of purchase and the period, by the calendar.</summary>
    public static HoldingPeriod PeriodOf(Instant acquired, Sale sale, TaxRules rules) =>
        sale.ExemptAfter is { } exempt && HeldLonger(acquired, sale, exempt) ? HoldingPeriod.Exempt
        : HeldLonger(acquired, sale, rules.LongAfter) ? HoldingPeriod.Long : HoldingPeriod.Short;

    /// <summary>Tax on a gain; a loss is worth its rate only where losses may be harvested.</summary>
    public static decimal TaxOn(decimal gain, HoldingPeriod period, Sale sale, TaxRules rules) =>
        !sale.Taxed || period == HoldingPeriod.Exempt || (gain < 0 && !rules.Harvest) ? 0
        : gain * (period == HoldingPeriod.Long ? rules.LongRate : rules.ShortRate);

    /// <summary>29 February and a year is 28 February.</summary>
    private static bool HeldLonger(Instant acquired, Sale sale, Period span) =>
        sale.At.InZone(sale.Zone).Date > acquired.InZone(sale.Zone).Date.AtMidnight().Plus(span).Date;

    private static LotSale Part(LotRow row, decimal quantity, decimal unitCost, Sale sale, TaxRules rules)
    {
        var acquired = row.Holding.Acquired!.Value;
        var period = PeriodOf(acquired, sale, rules);
        var gain = quantity * (sale.UnitProceeds - unitCost);
        return new LotSale(row.Index, quantity, unitCost, acquired, gain, period, TaxOn(gain, period, sale, rules));
    }

    private static List<LotRow> Rows(Book book, HoldingRules conditions, Sale sale)
    {
        var rows = new List<LotRow>();
        for (var i = 0; i < book.Holdings.Length; i++)
        {
            var h = book.Holdings[i];
            if (h.Asset != sale.Asset || h.Account != sale.Account || h.Quantity <= 0) continue;
            if (conditions.Of(h.StatusAt(sale.At)) is { Counts: true, Sell: var sell and not SellRule.No }) rows.Add(new(i, h, sell == SellRule.Last));
        }
        return rows;
    }
}

/// <summary>A row of the holdings that may be sold; last, when nothing else is left.</summary>
internal sealed record LotRow(int Index, Holding Holding, bool Last);
