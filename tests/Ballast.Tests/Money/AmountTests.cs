using Ballast.Money;

namespace Ballast.Tests.Money;

public class AmountTests
{
    private static readonly Asset Btc = new("BTC"), Eur = new("EUR");

    [Fact]
    public void Amounts_of_one_asset_add_up() => Assert.Equal(new Amount(0.3m, Btc), new Amount(0.1m, Btc) + new Amount(0.2m, Btc));

    [Fact]
    public void Different_assets_never_mix() => Assert.Throws<ArgumentException>(() => new Amount(1, Btc) + new Amount(1, Eur));

    [Fact]
    public void A_price_turns_its_base_into_its_quote()
    {
        Assert.Equal(new Amount(30_000m, Eur), new Amount(0.5m, Btc) * new Price(60_000m, Btc, Eur));
        Assert.Throws<ArgumentException>(() => new Amount(0.5m, Eur) * new Price(60_000m, Btc, Eur));
    }

    [Fact]
    public void Assets_are_ordered_by_code() => Assert.True(new Asset("ADA") < Btc && Eur > Btc && new Asset("B") < new Asset("a"));
}
