using Ballast.Market;
using Ballast.Money;

namespace Ballast.Tests.Market;

public class TrailingTests
{
    private static readonly Asset Btc = new("BTC"), Eth = new("ETH"), Usdt = new("USDT");
    private static readonly PriceHistory History = new(
        [.. Enumerable.Range(0, 3).Select(t => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(t))], Duration.FromDays(1),
        [new PriceSeries(Btc, Usdt, [10, 20, 40]), new PriceSeries(Eth, Usdt, [1, 4, double.NaN])]);

    [Fact]
    public void Nothing_looks_ahead()
    {
        var seen = new Trailing(History, 1);
        Assert.Throws<InvalidOperationException>(() => seen.Close(History.Series[0], 2));
        Assert.Equal([10, 20], seen.ClosesIn(Btc, Usdt, 5)!);
    }

    [Fact]
    public void Closes_come_direct_inverse_or_through_a_common_quote()
    {
        var seen = new Trailing(History, 1);
        Assert.Equal([0.1, 0.05], seen.ClosesIn(Usdt, Btc, 2)!);
        Assert.Equal([0.1, 0.2], seen.ClosesIn(Eth, Btc, 2)!);
        Assert.Null(seen.ClosesIn(new Asset("SOL"), Usdt, 2));
    }

    [Fact]
    public void A_missing_price_stays_missing() => Assert.True(double.IsNaN(new Trailing(History, 2).ClosesIn(Eth, Btc, 1)![0]));
}
