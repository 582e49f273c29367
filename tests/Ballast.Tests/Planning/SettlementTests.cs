using Ballast.Holdings;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Taxes;
using static Ballast.Tests.Planning.Given;

namespace Ballast.Tests.Planning;

public class SettlementTests
{
    private static readonly (string, decimal)[] One = [("BTC", 100m)];
    private static readonly TaxRules Hifo = new(LotMethod.Hifo, 0.3m, 0.1m, Period.FromYears(1), ImmutableDictionary<string, Period>.Empty, false, WashSale.Warn);

    [Fact]
    public void Filled_as_planned_the_book_is_what_the_plan_said()
    {
        var portfolio = Portfolio(One, [Held("USDT", 1000)]);
        var plan = Made(To(("BTC", 0.5m)), portfolio, Fees(0.001m, spread: 0.002m));
        var book = Settlement.Apply(portfolio.Book, plan);
        Assert.Equal(plan.After.Cash, book.QuantityOf(Usdt));
        Assert.Equal(plan.Trades[0].Quantity, book.QuantityOf(A("BTC")));
    }

    [Fact]
    public void A_fill_at_another_price_pays_that_price_and_its_own_fee()
    {
        var portfolio = Portfolio(One, [Held("USDT", 1000)]);
        var trade = Made(To(("BTC", 0.5m)), portfolio).Trades[0];
        var book = Settlement.Apply(portfolio.Book, trade, new TradeFill(Now, 3, 101, new Amount(0.5m, Usdt)));
        Assert.Equal((3m, 696.5m), (book.QuantityOf(A("BTC")), book.QuantityOf(Usdt)));
    }

    [Fact]
    public void A_buy_becomes_a_lot_with_its_fees_where_lots_are_kept()
    {
        var portfolio = Portfolio(One, [Held("USDT", 1010)]);
        var plan = Made(To(("BTC", 1m)), portfolio, Fees(0.01m));
        var lot = Settlement.Apply(portfolio.Book, plan, lots: true).Holdings[^1];
        Assert.Equal((10m, 101m, Now), (lot.Quantity, lot.UnitCost, lot.Acquired));
    }

    [Fact]
    public void A_sale_takes_the_lots_that_the_plan_chose()
    {
        Holding[] lots = [Lot(3, 50, 2020), Lot(3, 90, 2021), Held("USDT", 400)];
        var portfolio = Portfolio(One, lots);
        var plan = Made(To(("BTC", 0.2m)), portfolio, PlanRules.Free with { Taxes = Hifo });
        Assert.Equal([1, 0], plan.Trades[0].Lots.Select(l => l.Index));
        Assert.Equal([2m, 0m, 800m], Settlement.Apply(portfolio.Book, plan).Holdings.Select(h => h.Quantity));
        // Three at a gain of 10 and one at 50, held long: 80 at 10 %.
        Assert.Equal((80m, 8m), (plan.GainOf(HoldingPeriod.Long), plan.Tax));
    }

    [Fact]
    public void Taxes_without_lots_refuse_the_plan()
    {
        var refused = Refused(To(("BTC", 0.2m)), Portfolio(One, [Held("BTC", 6), Held("USDT", 400)]), PlanRules.Free with { Taxes = Hifo });
        Assert.Equal("COST_BASIS_MISSING", refused.Code);
    }

    [Fact]
    public void Nothing_is_asked_of_an_account_whose_sales_are_not_taxed()
    {
        var exempt = Account.Paper with { Tax = TaxTreatment.Exempt };
        Assert.Single(Made(To(("BTC", 0.2m)), Portfolio(One, [Held("BTC", 6), Held("USDT", 400)], accounts: [exempt]), PlanRules.Free with { Taxes = Hifo }).Trades);
    }

    [Fact]
    public void A_loss_with_a_fresh_replacement_is_warned_of_or_avoided()
    {
        Holding[] lots = [Lot(3, 200, 2020), Lot(3, 90, 2021) with { Acquired = Now - Duration.FromDays(3) }];
        var portfolio = Portfolio(One, lots);
        Assert.Single(Made(To(("BTC", 0.5m)), portfolio, PlanRules.Free with { Taxes = Hifo }).Warnings);
        var avoiding = Made(To(("BTC", 0.2m)), portfolio, PlanRules.Free with { Taxes = Hifo with { WashSale = WashSale.Avoid, Lots = LotMethod.LeastTax } });
        Assert.Equal(3m, avoiding.Trades[0].Quantity);
    }

    [Fact]
    public void Empty_rows_go_when_asked()
    {
        var book = new Book([Account.Paper], [Held("BTC", 0), Held("USDT", 1)]);
        Assert.Single(Settlement.WithoutEmptyRows(book).Holdings);
    }

    private static Holding Lot(decimal quantity, decimal cost, int year) =>
        Held("BTC", quantity) with { UnitCost = cost, Acquired = Instant.FromUtc(year, 1, 1, 0, 0) };
}
