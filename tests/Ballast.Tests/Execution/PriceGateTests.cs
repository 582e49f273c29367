using Ballast.Execution;
using Ballast.Gates;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Tests.Execution;

/// <summary>What the gate of prices and the depth of books do to a plan.</summary>
public class PriceGateTests
{
    [Fact]
    public void A_plan_whose_price_jumps_waits_with_its_reason_and_goes_on_when_it_came_back()
    {
        var desk = new Desk().Open();
        for (var s = 0; s < 3; s++) desk.Wait(1).Quote("BTC/USDT", 40_000, 40_001);
        desk.Wait(1).Quote("BTC/USDT", 20_000, 20_001).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40_000m));
        Assert.Empty(desk.Sent);

        for (var s = 0; s < 12; s++) desk.Wait(1).Quote("BTC/USDT", 20_000, 20_001);
        Assert.Equal((PlanStatus.SuspendedPrice, "the price of BTC/USDT moved by 50 % at once, and 5 % is believed without waiting"), (desk.State.Status, desk.State.Why));

        desk.Wait(1).Quote("BTC/USDT", 40_000, 40_001).Wait(1);
        Assert.Equal(PlanStatus.Running, desk.State.Status);
        Assert.Equal(40_000m, Assert.Single(desk.Sent).Price);
    }

    [Fact]
    public void That_a_price_grows_older_is_said_once()
    {
        var desk = new Desk().Open().Wait(35).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40_000m)).Wait(30);
        Assert.StartsWith("the price of BTC/USDT is ", desk.State.Why);
        Assert.Single(desk.Journal.OfType<JournalRecord.PlanMoved>(), m => m.State == PlanStatus.SuspendedPrice);
    }

    [Fact]
    public void A_source_that_says_otherwise_stops_its_market_and_no_other()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.FactsSeen(desk.Now, "venue", new MarketFacts("BTC/USDT", null, 41_000m, null, null, desk.Now))).Quote("BTC/USDT", 40_000, 40_001);

        desk.Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40_000m), Desk.Buy(2, Desk.Eth, 0.1m, 2_000m) with { Account = "venue" });
        Assert.All(desk.Sent, o => Assert.Equal("ETH/USDT", o.Tradable.Symbol));
        Assert.Equal("PRICE_SOURCES", desk.State.NoPrice?.Code);
    }

    [Fact]
    public void A_file_that_says_otherwise_is_a_source_too()
    {
        var desk = new Desk().Open();
        desk.Tell(new ExecutionEvent.PriceSeen(desk.Now, "prices.csv", "BTC/USDT", 41_000m, desk.Now)).Quote("BTC/USDT", 40_000, 40_001).Plan(Desk.Sell(1, Desk.Btc, 0.1m, 40_000m));
        Assert.Empty(desk.Sent);
    }

    [Fact]
    public void An_order_takes_a_tenth_of_what_stands_in_the_book_and_the_rest_follows()
    {
        var desk = new Desk().Open().Depth("BTC/USDT", (40_000m, 2m), (39_900m, 3m), (39_000m, 100m)); // 100 is beyond 50 bps.
        desk.Plan(Desk.Sell(1, Desk.Btc, 1m, 40_000m));
        // A tenth of 2 at 40 000 and 3 at 39 900.
        Assert.Equal(Desk.Btc.WholeLots(0.1m * (80_000m + 119_700m) / 40_000m), Assert.Single(desk.Sent).Quantity);
        desk.FillLast().Wait(1);
        Assert.Equal(2, desk.Sent.Count());
    }

    [Fact]
    public void A_book_that_is_too_thin_for_the_smallest_order_denies_the_plan_by_its_name()
    {
        var desk = new Desk().Open().Depth("BTC/USDT", (40_000m, 0.001m)); // 4, where 5 is the smallest order.
        desk.Plan(Desk.Sell(1, Desk.Btc, 1m, 40_000m));
        Assert.Equal("L2_BOOK_SIZE", Assert.Single(desk.Journal.OfType<JournalRecord.Denied>()).Limit);
        Assert.Equal((PlanStatus.DeniedRisk, "it would take too much of what stands in the book within 50 bps"), (desk.State.Status, desk.State.Why));
    }

    [Fact]
    public void Without_a_book_or_with_one_of_long_ago_little_is_sent_at_a_time()
    {
        var blind = new GateLimits { OrderShare = 1m, OrderMost = 1_000_000m, BlindShare = 0.02m }; // Of 50 000: 1 000.
        var desk = new Desk(limits: blind).Open().Plan(Desk.Sell(1, Desk.Btc, 1m, 40_000m));
        Assert.Equal(0.025m, Assert.Single(desk.Sent).Quantity);

        var old = new Desk(limits: blind).Open().Depth("BTC/USDT", (40_000m, 1_000m)).Wait(31).Quote("BTC/USDT", 40_000, 40_001).Plan(Desk.Sell(1, Desk.Btc, 1m, 40_000m));
        Assert.Equal(0.025m, Assert.Single(old.Sent).Quantity);
    }

    [Fact]
    public void A_days_volume_bounds_an_order_too()
    {
        var desk = new Desk().Open().Depth("BTC/USDT", (40_000m, 1_000m));
        desk.Tell(new ExecutionEvent.FactsSeen(desk.Now, "venue", new MarketFacts("BTC/USDT", null, null, null, 400_000m, desk.Now))).Plan(Desk.Sell(1, Desk.Btc, 1m, 40_000m));
        Assert.Equal(0.1m, Assert.Single(desk.Sent).Quantity);
    }

    [Fact]
    public void A_start_forgets_what_prices_did_and_looks_anew()
    {
        var desk = new Desk().Open().Wait(1).Quote("BTC/USDT", 20_000, 20_001).Restart().Quote("BTC/USDT", 20_000, 20_001);
        Assert.Null(desk.State.Prices.Doubtful("venue", "BTC/USDT", [], desk.Now, new GateLimits()));
        Assert.Equal(2, desk.Journal.OfType<JournalRecord.Started>().Count());
    }
}
