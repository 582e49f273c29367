using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Tests.Execution;

/// <summary>Each reason not to trade on a price: at its bound it passes, one step over it stops, and it goes on when it has healed by half and for a while.</summary>
public class PriceBookTests
{
    private static readonly GateLimits Limits = new();

    [Fact]
    public void A_price_that_is_there_whole_and_fresh_stops_nothing()
    {
        var market = new Market().Hear(40_000m);
        Assert.Null(market.Stop);
        Assert.Equal("PRICE_NONE", new Market().Stop);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(30.1, "PRICE_OLD")]
    public void A_price_is_as_old_as_its_venue_says(double seconds, string? stop) => Assert.Equal(stop, new Market().Hear(40_000m, age: seconds).Stop);

    [Theory]
    [InlineData("0", "1")]
    [InlineData("-1", "1")]
    [InlineData("2", "1")]
    public void A_book_that_is_crossed_or_below_zero_is_none(string bid, string ask) => Assert.Equal("PRICE_SHAPE", new Market().Hear(decimal.Parse(bid), decimal.Parse(ask)).Stop);

    [Theory]
    [InlineData("41999", null)]
    [InlineData("42001", "PRICE_JUMP")]
    [InlineData("38001", null)]
    [InlineData("37999", "PRICE_JUMP")]
    public void More_than_five_percent_at_once_is_not_believed_at_once(string price, string? stop) => Assert.Equal(stop, new Market().Hear(40_000m).After(5).Hear(decimal.Parse(price)).Stop);

    [Fact]
    public void The_same_way_in_small_steps_is_believed()
    {
        var market = new Market().Hear(40_000m);
        for (var price = 40_000m; price < 60_000m; price += 400m) Assert.Null(market.After(10).Hear(price).Stop);
    }

    [Fact]
    public void A_spike_that_goes_back_never_was()
    {
        var market = new Market().Keep(40_000m, 5).After(2).Hear(400_000m);
        Assert.Equal("PRICE_JUMP", market.Stop);
        Assert.Equal("PRICE_JUMP", market.After(2).Hear(41_500m).Stop); // Not near enough: by half.
        Assert.Null(market.After(2).Hear(40_100m).Stop);
    }

    [Fact]
    public void A_jump_is_believed_after_five_minutes_alone_and_after_thirty_seconds_with_another_source()
    {
        var alone = new Market().Keep(40_000m, 5).Hear(44_000m);
        Assert.Equal("PRICE_JUMP", alone.Keep(44_000m, 299).Stop);
        Assert.Null(alone.Keep(44_000m, 2).Stop);

        var seen = new Market().Keep(40_000m, 5).Hear(44_000m);
        for (var s = 0; s < 29; s++) seen.After(1).Mark(44_000m).Hear(44_000m);
        Assert.Equal("PRICE_JUMP", seen.Stop);
        Assert.Null(seen.After(1).Mark(44_000m).Hear(44_000m).Stop);
    }

    [Fact]
    public void Of_the_first_prices_of_all_none_counts_for_more_than_the_other()
    {
        var market = new Market().Hear(4_000m).After(2).Hear(40_000m);
        Assert.Equal("PRICE_JUMP", market.Keep(40_000m, 29).Stop);
        Assert.Null(market.Keep(40_000m, 1).Stop);
    }

    [Fact]
    public void A_first_price_that_was_wrong_does_not_become_right_by_coming_again()
    {
        var market = new Market().Hear(90_000m).Keep(60_000m, 20);
        Assert.Equal("PRICE_JUMP", market.After(2).Hear(42_000m).Stop);
        Assert.Equal("PRICE_JUMP", market.Keep(60_000m, 20).Stop);
        Assert.Equal("PRICE_JUMP", market.After(2).Hear(90_000m).Stop);
        Assert.Equal("PRICE_JUMP", market.Keep(60_000m, 29).Stop);
        Assert.Null(market.Keep(60_000m, 3).Stop);
    }

    [Fact]
    public void A_wrong_first_price_does_not_widen_what_is_believed_at_once()
    {
        var market = new Market().Hear(1_500m).Keep(150m, 35).Keep(150m, 40);
        Assert.Null(market.Stop);
        Assert.Equal("PRICE_JUMP", market.After(2).Hear(225m).Stop);
    }

    [Fact]
    public void A_price_that_always_moves_may_not_stand_still_and_goes_on_after_its_second_move()
    {
        var market = new Market().Hear(40_000m);
        for (var i = 0; i < 20; i++) market.After(2).Hear(40_000m + i);
        Assert.Null(market.Keep(40_019m, 59).Stop);
        Assert.Equal("PRICE_FROZEN", market.Keep(40_019m, 4).Stop);
        Assert.Equal("PRICE_FROZEN", market.After(1).Hear(40_020m).Stop);
        Assert.Equal("PRICE_FROZEN", market.After(1).Hear(40_021m).Stop);
        Assert.Null(market.After(1).Hear(40_022m).Stop);
    }

    [Fact]
    public void A_price_that_seldom_moves_may_stand_still()
    {
        var market = new Market().Hear(1m);
        for (var i = 0; i < 20; i++)
        {
            market.Keep(1m + i % 2 * 0.0001m, 40);
            Assert.Null(market.Stop);
        }
        Assert.Null(market.Keep(1m, 120).Stop);
        Assert.Null(new Market().Hear(1m).Keep(1m, 3_600).Stop); // What its usual steps are is not known.
    }

    [Theory]
    [InlineData("40200", null)] // 50 bps of 40 200 is 201.
    [InlineData("40202", "PRICE_SOURCES")]
    public void Of_two_sources_each_is_held_against_the_other(string price, string? stop) => Assert.Equal(stop, new Market().Mark(40_000m).Hear(decimal.Parse(price)).Stop);

    [Fact]
    public void Of_three_sources_the_odd_one_is_stopped_and_the_others_are_not()
    {
        var book = new Market().Hear(40_000m, "a").Hear(40_010m, "b").Hear(41_000m, "c").Hear(40_000m, "a").Hear(40_010m, "b");
        Assert.Equal((null, null, "PRICE_SOURCES"), (book.StopAt("a"), book.StopAt("b"), book.StopAt("c")));
    }

    [Fact]
    public void Sources_are_believed_again_at_half_the_distance_and_after_ten_seconds()
    {
        var market = new Market().Mark(40_000m).Hear(40_300m);
        Assert.Equal("PRICE_SOURCES", market.Hold(40_150m, 40_000m, 30).Stop);
        Assert.Equal("PRICE_SOURCES", market.Hold(40_050m, 40_000m, 9).Stop);
        Assert.Null(market.Hold(40_050m, 40_000m, 2).Stop);
    }

    [Fact]
    public void A_wide_market_may_be_further_from_its_mark_and_an_old_mark_is_no_source()
    {
        Assert.Null(new Market().Mark(40_000m).Hear(39_900m, 40_900m).Stop); // One percent off, a spread of 2.5 %.
        Assert.Null(new Market().Mark(40_000m).After(31).Hear(41_000m).Stop);
    }

    [Fact]
    public void A_last_trade_of_long_ago_and_a_file_of_yesterday_are_no_sources()
    {
        Assert.Null(new Market().Last(38_000m, age: 31).Hear(40_000m).Stop);
        Assert.Equal("PRICE_SOURCES", new Market().Last(38_000m, age: 5).Hear(40_000m).Stop);
        Assert.Null(new Market().File(38_000m, age: 86_400).Hear(40_000m).Stop);
        Assert.Equal("PRICE_SOURCES", new Market().File(38_000m, age: 5).Hear(40_000m).Stop);
    }

    [Theory]
    [InlineData("0.98", null)]
    [InlineData("0.9799", "PEG_BROKEN")]
    [InlineData("1.0201", "PEG_BROKEN")]
    public void A_stablecoin_off_its_peg_stops_every_market_that_it_touches(string usdt, string? stop)
    {
        var market = new Market().Hear(40_000m).Peg(decimal.Parse(usdt));
        Assert.Equal(stop, market.Stop);
        Assert.Null(market.Book.StopOf("a", "BTC/USDT", [new("BTC"), new("EUR")], market.Now, market.Now, Limits)); // A market that it does not touch.
    }

    [Fact]
    public void A_peg_is_believed_again_at_half_the_distance_and_after_five_minutes()
    {
        var market = new Market().Hear(40_000m).Peg(0.97m);
        for (var s = 0; s < 400; s += 10) market.After(10).Peg(0.985m);
        Assert.Equal("PEG_BROKEN", market.Hear(40_000m).Stop);
        for (var s = 0; s < 290; s += 10) market.After(10).Peg(0.995m);
        Assert.Equal("PEG_BROKEN", market.Hear(40_000m).Stop);
        Assert.Null(market.After(10).Peg(0.995m).Hear(40_000m).Stop);
    }

    [Fact]
    public void A_peg_that_is_off_by_a_quarter_of_it_for_five_minutes_is_told_before_it_stops_anything()
    {
        var market = new Market().Hear(40_000m);
        for (var s = 0; s < 300; s += 10) market.Peg(0.994m).After(10);
        Assert.Empty(market.After(-1).Book.Pegging(market.Now));
        Assert.Equal((new Asset("USDT"), 0.006m, false), Assert.Single(market.After(1).Book.Pegging(market.Now)));
        Assert.Empty(market.Peg(0.996m).Book.Pegging(market.Now));
        Assert.True(Assert.Single(market.Peg(0.9m).Book.Pegging(market.Now)).Broken);
    }

    [Fact]
    public void A_reason_has_its_number_and_its_limit()
    {
        var stop = new Market().Hear(40_000m).After(2).Hear(44_000m).Why!;
        Assert.Equal(("PRICE_JUMP", "BTC/USDT", "10 %", "5 %"), (stop.Code, stop.Subject, stop.Value, stop.Bound));
        Assert.Equal("the price of BTC/USDT moved by 10 % at once, and 5 % is believed without waiting", stop.Reason);
    }

    /// <summary>Whatever is heard: a price that one account alone tells in steps of less than the bound is never stopped for a jump, and one that leapt beyond it always is.</summary>
    [Fact]
    public void Jumps_are_those_and_only_those_beyond_the_bound()
    {
        var chance = new Random(11);
        for (var run = 0; run < 200; run++)
        {
            var market = new Market().Hear(1_000m);
            var price = 1_000m;
            for (var i = 0; i < 50; i++)
            {
                price *= 1 + chance.Next(-400, 401) / 10_000m; // Four percent at most.
                Assert.Null(market.After(chance.Next(1, 10)).Hear(price).Stop);
            }
            Assert.Equal("PRICE_JUMP", market.After(1).Hear(price * 3).Stop);
        }
    }

    /// <summary>One pair at some accounts.</summary>
    private sealed class Market
    {
        public Instant Now { get; private set; } = Instant.FromUtc(2026, 11, 23, 12, 0);

        public PriceBook Book { get; private set; } = PriceBook.Empty;

        public string? Stop => StopAt("a");

        public PriceStop? Why => Book.StopOf("a", "BTC/USDT", [new("BTC"), new("USDT")], Now, Now, Limits);

        public string? StopAt(string account) => Book.StopOf(account, "BTC/USDT", [new("BTC"), new("USDT")], Now, Now, Limits)?.Code;

        public Market After(double seconds)
        {
            Now += Duration.FromSeconds(seconds);
            return this;
        }

        public Market Hear(decimal price, string account = "a", double age = 0) => Hear(price, price, account, age);

        public Market Hear(decimal bid, decimal ask, string account = "a", double age = 0) => Tell(account, new TopOfBook("BTC/USDT", bid, 1, ask, 1, Now - Duration.FromSeconds(age)), "BTC/USDT");

        /// <summary>The same price, told each second.</summary>
        public Market Keep(decimal price, int seconds)
        {
            for (var s = 0; s < seconds; s++) After(1).Hear(price);
            return this;
        }

        public Market Hold(decimal price, decimal mark, int seconds)
        {
            for (var s = 0; s < seconds; s++) After(1).Mark(mark).Hear(price);
            return this;
        }

        public Market Mark(decimal price) => See(new MarketFacts("BTC/USDT", null, price, null, null, Now));

        /// <summary>The last trade, which was so long ago: its price was another when the venue was asked before.</summary>
        public Market Last(decimal price, double age) => After(-age - 1).Trade(price - 1).After(1).Trade(price).After(age).Trade(price);

        private Market Trade(decimal price) => See(new MarketFacts("BTC/USDT", price, null, null, null, Now));

        public Market File(decimal price, double age)
        {
            Book = Book.Seen("prices.csv", "BTC/USDT", price, Now - Duration.FromSeconds(age));
            return this;
        }

        public Market Peg(decimal price) => Tell("b", new TopOfBook("USDT/USD", price, 1, price, 1, Now), "USDT/USD");

        private Market See(MarketFacts facts)
        {
            Book = Book.Seen("a", facts);
            return this;
        }

        private Market Tell(string account, TopOfBook top, string pair)
        {
            Book = Book.Heard(account, top, pair, Now, Limits);
            return this;
        }
    }
}
