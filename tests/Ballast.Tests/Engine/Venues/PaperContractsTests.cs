using Ballast.Engine.Venues;
using Ballast.Money;
using Ballast.Numerics.Futures;
using Ballast.Orders;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Venues;

/// <summary>What becomes of contracts on paper, against closed formulas.</summary>
public class PaperContractsTests
{
    private static readonly Asset Btc = new("BTC"), Usdc = new("USDC");

    private static readonly PaperBooks Empty = PaperBooks.Opened([]);

    [Theory]
    [InlineData(100_000, 50_000, 80_000)]
    [InlineData(-100_000, 50_000, 80_000)]
    [InlineData(70_010, 91_234.5, 60_001)]
    public void An_inverse_future_that_is_closed_pays_its_closed_formula_in_coin(double money, double entry, double exit)
    {
        var books = Trade(Trade(Empty, "BTC-PERPETUAL", (decimal)money, (decimal)entry), "BTC-PERPETUAL", -(decimal)money, (decimal)exit);
        Assert.Equal(new InverseFuture(money, entry).GainInCoin(exit), (double)books.Of(Btc), 5e-9);
        Assert.Empty(books.Positions);
        Assert.Equal(0, books.Of(new("USD")));
    }

    [Theory]
    [InlineData(1.5, 50_000, 80_000)]
    [InlineData(-1.5, 50_000, 80_000)]
    public void A_linear_future_that_is_closed_pays_its_closed_formula_in_money(double coins, double entry, double exit)
    {
        var books = Trade(Trade(Empty, "BTC_USDC-PERPETUAL", (decimal)coins, (decimal)entry), "BTC_USDC-PERPETUAL", -(decimal)coins, (decimal)exit);
        Assert.Equal(new LinearFuture(coins, entry).Gain(exit), (double)books.Of(Usdc), 1e-8);
        Assert.Equal(0, books.Of(Btc));
    }

    /// <summary>200,000 long at 50,000 in two parts, 50,000 sold at 60,000, then 250,000 sold at 40,000, which turns it.</summary>
    [Fact]
    public void Adding_pays_nothing_reducing_its_part_and_turning_begins_at_the_new_price()
    {
        var books = Trade(Trade(Empty, "BTC-PERPETUAL", 100_000, 40_000), "BTC-PERPETUAL", 100_000, 200_000 / 3m);
        Assert.Equal(50_000, books.Positions["BTC-PERPETUAL"].Entry, 12);
        Assert.Equal(0, books.Of(Btc));

        books = Trade(books, "BTC-PERPETUAL", -50_000, 60_000);
        Assert.Equal(0.16666667m, books.Of(Btc)); // 1 − 5/6

        books = Trade(books, "BTC-PERPETUAL", -250_000, 40_000);
        Assert.Equal(0.16666667m - 0.75m, books.Of(Btc)); // 150,000 (1/50,000 − 1/40,000)
        Assert.Equal((-100_000m, 40_000m), (books.Positions["BTC-PERPETUAL"].Quantity, books.Positions["BTC-PERPETUAL"].Entry));
    }

    /// <summary>Whatever was traded in whichever order: what was paid and what is open at a mark is the sum over all trades, each from its own price.</summary>
    [Theory]
    [InlineData("BTC-PERPETUAL", true)]
    [InlineData("BTC-25DEC26", true)]
    [InlineData("BTC_USDC-PERPETUAL", false)]
    public void The_gain_of_any_trades_is_the_sum_of_each(string name, bool inverse)
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var (chance, books, trades) = (new Random(seed), Empty, new List<(decimal Quantity, decimal Price)>());
            for (var i = 0; i < 30; i++)
            {
                var trade = (inverse ? 10m * (chance.Next(2001) - 1000) : 0.001m * (chance.Next(2001) - 1000), 30_000m + 0.5m * chance.Next(100_000));
                if (trade.Item1 == 0) continue;
                trades.Add(trade);
                books = Trade(books, name, trade.Item1, trade.Item2);
                var mark = 30_000m + 0.5m * chance.Next(100_000);
                var each = trades.Sum(t => inverse ? t.Quantity * (1 / t.Price - 1 / mark) : t.Quantity * (mark - t.Price));
                var open = books.Positions.GetValueOrDefault(name) is { } p ? p.Of(Contract(name)).Settles(-p.Quantity, mark) : 0;
                Assert.InRange(books.Of(inverse ? Btc : Usdc) + open - each, -5e-9m * trades.Count - 1e-15m, 5e-9m * trades.Count + 1e-15m);
                Assert.Equal(trades.Sum(t => t.Quantity), books.Positions.GetValueOrDefault(name)?.Quantity ?? 0);
            }
        }
    }

    [Theory]
    [InlineData("BTC-25DEC26-70000-C", 2, 80_000, "BTC", 0.25)] // 2 (80 − 70)/80
    [InlineData("BTC-25DEC26-70000-C", -2, 80_000, "BTC", -0.25)]
    [InlineData("BTC-25DEC26-70000-C", 2, 60_000, "BTC", 0)]
    [InlineData("BTC-25DEC26-70000-P", 3, 50_000, "BTC", 1.2)] // 3 (70 − 50)/50
    [InlineData("BTC-25DEC26-70000-P", -3, 50_000, "BTC", -1.2)]
    [InlineData("BTC-25DEC26-70000-P", 3, 70_000, "BTC", 0)]
    [InlineData("SOL_USDC-25DEC26-150-C", 10, 160, "USDC", 100)]
    [InlineData("SOL_USDC-25DEC26-150-P", -10, 140, "USDC", -100)]
    public void An_option_is_delivered_at_its_intrinsic_value(string name, double quantity, double index, string settled, double value)
    {
        var books = PaperContracts.Deliver(Trade(Empty, name, (decimal)quantity, 0.04m), Contract(name), (decimal)index, Now);
        Assert.Equal(-0.04m * (decimal)quantity + (decimal)value, books.Of(new(settled)));
        Assert.Empty(books.Positions);
        Assert.Equal((PaymentKind.Delivery, -(decimal)quantity), (books.Untold[^1].Kind, books.Untold[^1].Contracts));
    }

    [Fact]
    public void A_dated_future_is_delivered_at_the_index_from_its_entry() =>
        Assert.Equal(-0.5m, PaperContracts.Deliver(Trade(Empty, "BTC-25DEC26", 100_000, 50_000), Contract("BTC-25DEC26"), 40_000, Now).Of(Btc));

    /// <summary>A day at 0.01 % in eight hours: three times the rate on 100,000 USD at 50,000, or on 2 coins.</summary>
    [Theory]
    [InlineData("BTC-PERPETUAL", 100_000, "BTC", -0.0006)]
    [InlineData("BTC-PERPETUAL", -100_000, "BTC", 0.0006)]
    [InlineData("BTC_USDC-PERPETUAL", 2, "USDC", -30)]
    [InlineData("BTC_USDC-PERPETUAL", -2, "USDC", 30)]
    public void Funding_of_a_day_is_three_rates_and_is_paid_by_the_hour(string name, double quantity, string settled, double paid)
    {
        var books = Trade(Empty, name, (decimal)quantity, 50_000);
        for (var now = Now; now <= Now + Duration.FromHours(24); now += Duration.FromSeconds(20)) books = Fund(books, name, 50_000, now);
        Assert.Equal(paid, (double)books.Of(new(settled)), 24 * 5e-9);
        Assert.Equal(24, books.Untold.Count(p => p.Kind == PaymentKind.Funding));
    }

    [Fact]
    public void Funding_of_hours_that_nobody_saw_is_not_made_up() =>
        Assert.Equal(-0.000025m, Fund(Trade(Empty, "BTC-PERPETUAL", 100_000, 50_000), "BTC-PERPETUAL", 50_000, Now + Duration.FromHours(7)).Of(Btc));

    [Fact]
    public void Funding_that_is_owed_is_paid_when_the_position_is_closed()
    {
        var books = Fund(Trade(Empty, "BTC-PERPETUAL", 100_000, 50_000), "BTC-PERPETUAL", 50_000, Now + Duration.FromMinutes(30));
        Assert.Equal(0, books.Of(Btc));
        Assert.Equal(-0.0000125m, Trade(books, "BTC-PERPETUAL", -100_000, 50_000).Of(Btc));
    }

    private static PaperBooks Trade(PaperBooks books, string name, decimal quantity, decimal price) => PaperContracts.Trade(books, Contract(name), quantity, price, Now);

    private static PaperBooks Fund(PaperBooks books, string name, decimal index, Instant now) =>
        PaperContracts.Fund(books, (Ballast.Instruments.Instrument.Perpetual)Contract(name), 0.0001, index, now);
}
