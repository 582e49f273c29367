using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Execution;

/// <summary>Each limit at its bound, which passes, and one unit over, which does not.</summary>
public class GateTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 12, 0);

    private static readonly GateLimits Limits = new()
    {
        OrderShare = 0.1m, OrderMost = 50_000m, MostWeight = ImmutableSortedDictionary<Asset, decimal>.Empty.Add(new("BTC"), 0.45m), Allowed = [new("BTC"), new("BTC-PERPETUAL")],
    };

    private static readonly GateSight Quiet = new()
    {
        Now = Now, Limits = Limits, Value = 100_000m, QuoteInBase = 1m, Top = new TopOfBook("BTC/USDT", 39_999m, 1, 40_001m, 1, Now), HeldAtMost = 0.5m, HeldAtLeast = 0.5m, Free = 10_000m, PlanTraded = 20_000m, Market = new(HasBook: false),
    };

    private static readonly Tradable Perpetual = new("BTC-PERPETUAL", TradableKind.Perpetual, new("BTC"), new("USD"), new("BTC"), 10, 0.5m, 10, 0, AmountIn.Money);

    [Fact]
    public void An_order_within_every_bound_passes() => Assert.IsType<Verdict.Passed>(Gate.Check(Order(), Quiet));

    [Theory]
    [InlineData("0.25", null)] // 10 000 of 100 000 at 40 000
    [InlineData("0.25001", "L1_ORDER_VALUE")]
    public void One_order_is_worth_no_more_than_its_share(string quantity, string? limit) =>
        Says(limit, Order(decimal.Parse(quantity)), Quiet with { Free = 20_000m });

    [Theory]
    [InlineData("40000", null)]
    [InlineData("39999.99", "L2_BOOK_SIZE")]
    public void An_order_takes_no_more_than_a_tenth_of_what_stands_near(string depth, string? limit) => Says(limit, Order(), Quiet with { Market = new(true, Depth: decimal.Parse(depth)) });

    [Theory]
    [InlineData("400000", null)]
    [InlineData("399999", "L2_BOOK_SIZE")]
    public void And_no_more_than_a_hundredth_of_a_day(string volume, string? limit) => Says(limit, Order(), Quiet with { Market = new(false, DayVolume: decimal.Parse(volume)) });

    [Theory]
    [InlineData("0.025", null, null)] // 1 000: a hundredth of the value
    [InlineData("0.02501", null, "L2_BOOK_SIZE")]
    [InlineData("0.0125", "500", null)] // No more than stands at the best price.
    [InlineData("0.01251", "500", "L2_BOOK_SIZE")]
    [InlineData("0.0005", "1", null)] // Four of the smallest orders, 20, are always allowed.
    [InlineData("0.00051", "1", "L2_BOOK_SIZE")]
    public void Where_no_book_is_known_little_is_risked(string quantity, string? atBest, string? limit) =>
        Says(limit, Order(decimal.Parse(quantity)), Quiet with { Market = new(true, AtBest: atBest is null ? null : decimal.Parse(atBest)) });

    [Fact]
    public void That_no_book_is_known_is_said() =>
        Assert.Contains("the book of BTC/USDT is not known", ((Verdict.Denied)Gate.Check(Order(), Quiet with { Market = new(true) })).Reason);

    [Fact]
    public void A_price_that_fails_comes_before_any_limit_and_is_a_matter_of_time() =>
        Assert.True(Gate.Check(Order(1m), Quiet with { PriceStop = new("PRICE_JUMP", "BTC/USDT", "9 %", "5 %", "it moved") }) is Verdict.Denied { Limit: "PRICE", Passes: true, Value: "9 %", Bound: "5 %" });

    [Theory]
    [InlineData("40400", null)]
    [InlineData("40400.01", "L3_PRICE_COLLAR")]
    [InlineData("39600", null)]
    [InlineData("39599.99", "L3_PRICE_COLLAR")]
    public void A_limit_is_near_the_market(string price, string? limit) => Says(limit, Order(0.1m, decimal.Parse(price)), Quiet);

    [Fact]
    public void A_wide_market_widens_the_collar_and_no_market_closes_it()
    {
        Says(null, Order(0.1m, 41_500m), Quiet with { Top = new TopOfBook("BTC/USDT", 39_750m, 1, 40_250m, 1, Now) });
        Says("L3_PRICE_COLLAR", Order(), Quiet with { Top = null });
    }

    [Theory]
    [InlineData("1.15", null)] // 1.15 + 0.1 = 1.25 BTC = 50 000 = 45 % + 5 points
    [InlineData("1.15001", "L4_WEIGHT")]
    public void A_weight_stays_near_its_bound_with_everything_filled(string held, string? limit) => Says(limit, Order(), Quiet with { HeldAtMost = decimal.Parse(held) });

    [Theory]
    [InlineData("399000", null)]
    [InlineData("399010", "L5_EXPOSURE")]
    public void A_position_is_bounded(string held, string? limit) => Says(limit, Contract(1000m), Quiet with { HeldAtMost = decimal.Parse(held) });

    [Theory]
    [InlineData("0.70", false, null)]
    [InlineData("0.7001", false, "L6_MARGIN")]
    [InlineData("0.9", true, null)]
    public void Beyond_the_margin_only_reducing_is_allowed(string use, bool reduces, string? limit) =>
        Says(limit, Contract(1000m) with { ReduceOnly = reduces, Side = Side.Sell }, Quiet with { MarginUse = decimal.Parse(use), HeldAtLeast = 2000m, HeldAtMost = 2000m });

    [Theory]
    [InlineData("96000", "0", null)]
    [InlineData("96000.01", "0", "L7_TURNOVER")]
    [InlineData("0", "196000", null)]
    [InlineData("0", "196000.01", "L7_TURNOVER")]
    public void What_is_traded_in_an_hour_and_a_day_is_bounded(string hour, string day, string? limit) =>
        Says(limit, Order(), Quiet with { TradedHour = decimal.Parse(hour), TradedDay = decimal.Parse(day) });

    [Theory]
    [InlineData(1, 299, 19, null)]
    [InlineData(2, 0, 0, "L8_RATE")]
    [InlineData(0, 300, 0, "L8_RATE")]
    [InlineData(0, 0, 20, "L9_OPEN_ORDERS")]
    public void What_is_a_matter_of_time_waits(int second, int hour, int open, string? limit)
    {
        var verdict = Gate.Check(Order(), Quiet with { SentLastSecond = second, SentLastHour = hour, OpenOrders = open });

        Assert.Equal(limit, (verdict as Verdict.Denied)?.Limit);
        Assert.True(verdict is not Verdict.Denied { Passes: false });
    }

    [Theory]
    [InlineData(2, "0", "0", null)]
    [InlineData(3, "0", "0", "L10_REPEAT")]
    [InlineData(0, "200", "100", null)]
    [InlineData(0, "200.01", "0", "L11_SHORTFALL")]
    [InlineData(0, "0", "100.01", "L12_FEES")]
    public void Repetition_losses_and_fees_stop_a_plan(int repeats, string shortfall, string fees, string? limit) =>
        Says(limit, Order(), Quiet with { Repeats = repeats, Shortfall = decimal.Parse(shortfall), Fees = decimal.Parse(fees) });

    [Fact]
    public void Only_what_is_allowed_is_traded_and_never_against_ourselves()
    {
        Says("L13_ALLOWED", Order() with { Tradable = Desk.Eth, Price = 40_000m }, Quiet);
        Says("L13_ALLOWED", Order(), Quiet with { AccountMay = false });
        Assert.True(Gate.Check(Order(), Quiet with { OwnOpposite = true }) is Verdict.Denied { Limit: "L13_ALLOWED", Passes: true });
    }

    [Theory]
    [InlineData("2000", null)]
    [InlineData("2000.01", "L14_LEGS_APART")]
    public void Legs_stay_together(string apart, string? limit) => Says(limit, Order(), Quiet with { LegsApart = decimal.Parse(apart) });

    [Theory]
    [InlineData("4000", null)]
    [InlineData("3999.99", "FREE")]
    public void Nothing_is_spent_that_is_not_free(string free, string? limit) => Says(limit, Order(), Quiet with { Free = decimal.Parse(free) });

    [Theory]
    [InlineData("1000", null)]
    [InlineData("990", "REDUCE_ONLY")]
    public void What_only_reduces_never_turns_a_position_round(string held, string? limit) =>
        Says(limit, Contract(1000m) with { ReduceOnly = true, Side = Side.Sell }, Quiet with { HeldAtLeast = decimal.Parse(held) });

    [Fact]
    public void The_kill_switch_and_the_deadline_come_first()
    {
        Says("KILL", Order(), Quiet with { Killed = "enough", Top = null });
        Says("DEADLINE", Order() with { Deadline = Now }, Quiet);
    }

    private static void Says(string? limit, OrderRequest order, GateSight sight) => Assert.Equal(limit, (Gate.Check(order, sight) as Verdict.Denied)?.Limit);

    private static OrderRequest Order(decimal quantity = 0.1m, decimal price = 40_000m) =>
        new(OrderId.Of("venue", "p", 1, 0), "venue", "p", 1, 0, Desk.Btc, Side.Buy, quantity, price, Now + Duration.FromSeconds(5));

    private static OrderRequest Contract(decimal quantity) => Order(quantity) with { Tradable = Perpetual };
}
