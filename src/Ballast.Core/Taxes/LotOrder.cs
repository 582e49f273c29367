namespace Ballast.Taxes;

/// <summary>The order in which a method uses lots.</summary>
internal static class LotOrder
{
    public static IEnumerable<LotRow> Of(IEnumerable<LotRow> rows, Sale sale, TaxRules rules)
    {
        var groups = rows.OrderBy(r => r.Last);
        var ordered = rules.Lots switch
        {
            LotMethod.Lifo => groups.ThenByDescending(r => r.Holding.Acquired),
            LotMethod.Hifo => groups.ThenByDescending(r => r.Holding.UnitCost),
            LotMethod.Lofo => groups.ThenBy(r => r.Holding.UnitCost),
            LotMethod.LeastTax => groups.ThenBy(r => TaxAUnit(r, sale, rules)),
            LotMethod.AsTagged => groups.ThenBy(r => r.Holding.Tag is null).ThenBy(r => r.Holding.Tag, Tags.Instance),
            _ => groups,
        };
        return ordered.ThenBy(r => r.Holding.Acquired).ThenBy(r => r.Index);
    }

    private static decimal TaxAUnit(LotRow row, Sale sale, TaxRules rules) =>
        Lots.TaxOn(sale.UnitProceeds - row.Holding.UnitCost!.Value, Lots.PeriodOf(row.Holding.Acquired!.Value, sale, rules), sale, rules);

    /// <summary>Tags that are numbers go by their value, before all others, which go by their letters.</summary>
    private sealed class Tags : IComparer<string?>
    {
        public static Tags Instance { get; } = new();

        public int Compare(string? x, string? y) => (decimal.TryParse(x, out var a), decimal.TryParse(y, out var b)) switch
        {
            (true, true) => a.CompareTo(b),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(x, y),
        };
    }
}
