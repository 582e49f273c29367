using System.Text.Json;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Taxes;
using FsCheck;
using FsCheck.Fluent;
using NodaTime.Text;

namespace Ballast.Tests.Taxes;

public class LotsTests
{
    private static readonly Asset Btc = new("BTC");

    private static readonly TaxRules Rules = new(
        LotMethod.Fifo, 0.35m, 0.15m, Period.FromYears(1), ImmutableDictionary<string, Period>.Empty, Harvest: true, WashSale.Warn);

    [Theory]
    [InlineData("FIFO", LotMethod.Fifo)]
    [InlineData("LIFO", LotMethod.Lifo)]
    [InlineData("HIFO", LotMethod.Hifo)]
    [InlineData("LOFO", LotMethod.Lofo)]
    [InlineData("minTax", LotMethod.LeastTax)]
    [Trait("Category", "Vectors")]
    public void Each_method_sells_the_lots_of_the_reference(string key, LotMethod method)
    {
        var (given, expected) = Vector();
        var sold = Sold(method, given);
        var want = expected.GetProperty(key);
        var ids = given.GetProperty("lots").EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToArray();
        Assert.Equal(want.GetProperty("lots").EnumerateArray().Select(l => (l[0].GetString(), l[1].GetDecimal())), sold.Select(s => (ids[s.Index], s.Quantity)));
        Assert.Equal(want.GetProperty("shortTermGain").GetDecimal(), sold.Where(s => s.Period == HoldingPeriod.Short).Sum(s => s.Gain));
        Assert.Equal(want.GetProperty("longTermGain").GetDecimal(), sold.Where(s => s.Period == HoldingPeriod.Long).Sum(s => s.Gain));
        Assert.Equal(want.GetProperty("taxLinear").GetDecimal(), sold.Sum(s => s.Tax));
    }

    [Fact, Trait("Category", "Vectors")]
    public void The_average_cost_is_the_pool_s()
    {
        var (given, expected) = Vector();
        var sold = Sold(LotMethod.Average, given);
        Assert.Equal((double)expected.GetProperty("averageCost").GetProperty("gain").GetDecimal(), (double)sold.Sum(s => s.Gain), 1e-9);
    }

    [Fact]
    public void A_lot_bought_on_29_February_is_long_from_the_first_of_March_on()
    {
        var leap = Instant.FromUtc(2024, 2, 29, 12, 0);
        Assert.Equal(HoldingPeriod.Short, Lots.PeriodOf(leap, SaleAt(Instant.FromUtc(2025, 2, 28, 23, 0)), Rules));
        Assert.Equal(HoldingPeriod.Long, Lots.PeriodOf(leap, SaleAt(Instant.FromUtc(2025, 3, 1, 0, 0)), Rules));
    }

    [Fact]
    public void Without_harvest_a_loss_is_worth_nothing_and_still_goes_before_a_gain()
    {
        var book = BookOf(Lot(1, 50, "2022-01-01"), Lot(1, 150, "2022-01-02"));
        var lots = Sold(book, 1, 100, Rules with { Lots = LotMethod.LeastTax, Harvest = false });
        Assert.Equal((1, 0m), (lots[0].Index, lots[0].Tax));
    }

    [Fact]
    public void What_is_exempt_costs_no_tax()
    {
        var book = BookOf(Lot(1, 50, "2022-01-01"));
        var result = Lots.Sell(book, HoldingRules.Default, SaleAt(Instant.FromUtc(2024, 6, 15, 0, 0)) with { Quantity = 1, ExemptAfter = Period.FromYears(2) }, Rules);
        var lot = Assert.Single(Assert.IsType<LotResult.Sold>(result).Lots);
        Assert.Equal((HoldingPeriod.Exempt, 0m), (lot.Period, lot.Tax));
    }

    [Fact]
    public void Tags_say_the_order()
    {
        var book = BookOf(Lot(1, 50, "2022-01-01") with { Tag = "10" }, Lot(1, 60, "2022-01-02") with { Tag = "9" }, Lot(1, 70, "2022-01-03"));
        Assert.Equal([1, 0], Sold(book, 2, 100, Rules with { Lots = LotMethod.AsTagged }).Select(s => s.Index));
    }

    [Fact]
    public void Staked_lots_that_are_sold_last_come_last()
    {
        var book = BookOf(Lot(1, 200, "2022-01-01") with { Status = HoldingStatus.Staked }, Lot(1, 60, "2022-01-02"));
        var conditions = HoldingRules.Default with { ByStatus = ImmutableDictionary<HoldingStatus, StatusRule>.Empty.Add(HoldingStatus.Staked, new(true, SellRule.Last)) };
        var result = Lots.Sell(book, conditions, SaleAt(Instant.FromUtc(2024, 6, 15, 0, 0)) with { Quantity = 2 }, Rules with { Lots = LotMethod.Hifo });
        Assert.Equal([1, 0], Assert.IsType<LotResult.Sold>(result).Lots.Select(s => s.Index));
    }

    [Fact]
    public void A_lot_without_a_cost_is_not_guessed_at()
    {
        var book = BookOf(Lot(1, 50, "2022-01-01") with { UnitCost = null });
        var missing = Assert.IsType<LotResult.BasisMissing>(Lots.Sell(book, HoldingRules.Default, SaleAt(Instant.FromUtc(2024, 6, 15, 0, 0)) with { Quantity = 1 }, Rules));
        Assert.Equal("1 BTC in paper have no cost or no date, and the tax on a sale needs both", missing.Reason);
    }

    [Fact]
    public void A_loss_beside_a_purchase_of_the_last_30_days_may_not_count()
    {
        var book = BookOf(Lot(3, 200, "2023-01-01"), Lot(2, 90, "2024-06-01"));
        var lots = Sold(book, 3, 100, Rules);
        Assert.Equal(2m, WashSales.Replaced(book, Btc, lots, Instant.FromUtc(2024, 6, 15, 0, 0)));
        Assert.Equal(2m, WashSales.Clean(book, Btc, "paper", 100, Instant.FromUtc(2024, 6, 15, 0, 0)));
        Assert.Equal(5m, WashSales.Clean(book, Btc, "paper", 100, Instant.FromUtc(2024, 8, 15, 0, 0)));
    }

    [Fact]
    public void The_highest_cost_gains_least_the_lowest_most_and_least_tax_pays_least() => Check.One(
        Chance.Cases(200), Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new System.Random(seed);
            var lots = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Lot(random.Next(1, 10), random.Next(50, 200), $"202{random.Next(0, 5)}-0{random.Next(1, 6)}-1{random.Next(0, 9)}")).ToArray();
            var quantity = random.Next(1, (int)lots.Sum(l => l.Quantity) + 1);
            var results = Enum.GetValues<LotMethod>().Where(m => m != LotMethod.Average).ToDictionary(m => m, m => Sold(BookOf(lots), quantity, 120, Rules with { Lots = m }));
            Assert.All(results.Values, r =>
            {
                Assert.Equal(quantity, r.Sum(l => l.Quantity));
                Assert.InRange(r.Sum(l => l.Gain), results[LotMethod.Hifo].Sum(l => l.Gain), results[LotMethod.Lofo].Sum(l => l.Gain));
                Assert.True(r.Sum(l => l.Tax) >= results[LotMethod.LeastTax].Sum(l => l.Tax));
            });
        }));

    private static ImmutableArray<LotSale> Sold(LotMethod method, JsonElement given)
    {
        var lots = given.GetProperty("lots").EnumerateArray().Select(l => Lot(l.GetProperty("qty").GetDecimal(), l.GetProperty("cost").GetDecimal(), l.GetProperty("date").GetString()!));
        return Sold(BookOf([.. lots]), given.GetProperty("sell").GetDecimal(), given.GetProperty("price").GetDecimal(), Rules with { Lots = method });
    }

    private static ImmutableArray<LotSale> Sold(Book book, decimal quantity, decimal price, TaxRules rules) => Assert.IsType<LotResult.Sold>(
        Lots.Sell(book, HoldingRules.Default, SaleAt(Instant.FromUtc(2024, 6, 15, 0, 0)) with { Quantity = quantity, UnitProceeds = price }, rules)).Lots;

    private static Sale SaleAt(Instant at) => new(Btc, "paper", 0, 100, at, DateTimeZone.Utc);

    private static Holding Lot(decimal quantity, decimal cost, string date) =>
        new(Btc, quantity, "paper", UnitCost: cost, Acquired: LocalDatePattern.Iso.Parse(date).Value.AtMidnight().InUtc().ToInstant());

    private static Book BookOf(params Holding[] lots) => new([Account.Paper], [.. lots]);

    private static (JsonElement Given, JsonElement Expected) Vector()
    {
        var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Vectors, "allocation", "planning.json"))).RootElement.GetProperty("cases");
        var found = cases.EnumerateArray().First(c => c.GetProperty("fn").GetString() == "plan.taxLots");
        return (found.GetProperty("in"), found.GetProperty("out"));
    }
}
