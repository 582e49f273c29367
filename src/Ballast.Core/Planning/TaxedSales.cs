using Ballast.Holdings;
using Ballast.Money;
using Ballast.Targets;
using Ballast.Taxes;

namespace Ballast.Planning;

/// <summary>Gives every planned sale its lots and its tax; a refusal where cost or date of what is sold is not known.</summary>
internal static class TaxedSales
{
    public static (ImmutableArray<PlannedTrade> Trades, PlanResult.Refused? Refused) Of(
        ImmutableArray<PlannedTrade> trades, Portfolio portfolio, PlanRules rules, TargetSet targets, List<string> warnings)
    {
        if (rules.Taxes is not { } taxes) return (trades, null);
        var taxed = trades.ToBuilder();
        for (var i = 0; i < taxed.Count; i++)
        {
            var trade = taxed[i];
            if (trade.Side != Side.Sell) continue;
            var sale = SaleOf(trade, portfolio, rules, Exempt(taxes, trade.Instrument.Base, targets));
            switch (Lots.Sell(portfolio.Book, portfolio.Rules, sale, taxes))
            {
                case LotResult.Sold(var lots): taxed[i] = trade with { Lots = lots }; Warn(trade, lots, portfolio, taxes, warnings); break;
                case LotResult.BasisMissing(var reason) when sale.Taxed: return (trades, new("COST_BASIS_MISSING", reason));
            }
        }
        return (taxed.ToImmutable(), null);
    }

    private static Sale SaleOf(PlannedTrade trade, Portfolio portfolio, PlanRules rules, Period? exempt) => new(
        trade.Instrument.Base, trade.Account, trade.Quantity, (trade.Value - trade.Cost) / trade.Quantity, portfolio.Market.At, rules.Zone,
        portfolio.Book.AccountNamed(trade.Account).Tax == TaxTreatment.Taxable, exempt);

    /// <summary>By the asset's own name first, then by the first sleeve that it is in.</summary>
    private static Period? Exempt(TaxRules taxes, Asset asset, TargetSet targets)
    {
        if (taxes.ExemptAfter.TryGetValue(asset.Code, out var own)) return own;
        foreach (var sleeve in targets.Sleeves)
            if (taxes.ExemptAfter.TryGetValue(sleeve.Name, out var after) && sleeve.Leaves.Any(l => l.Asset == asset)) return after;
        return null;
    }

    private static void Warn(PlannedTrade trade, ImmutableArray<LotSale> lots, Portfolio portfolio, TaxRules taxes, List<string> warnings)
    {
        if (taxes.WashSale == WashSale.Ignore) return;
        var replaced = WashSales.Replaced(portfolio.Book, trade.Instrument.Base, lots, portfolio.Market.At);
        if (replaced > 0)
            warnings.Add($"trade {trade.Number} sells {trade.Instrument.Base} at a loss, and {Figures.Exact(replaced)} were bought in the {WashSales.Days} days before: that part of the loss may not count");
    }
}
