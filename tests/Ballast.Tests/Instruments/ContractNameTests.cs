using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Options;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Instruments;

public class ContractNameTests
{
    [Theory]
    [InlineData("BTC-PERPETUAL", "BTC/USD:BTC")]
    [InlineData("ETH-27MAR26", "ETH/USD:ETH-260327")]
    [InlineData("BTC-3JAN26-82000-C", "BTC/USD:BTC-260103-82000-C")]
    [InlineData("BTC_USDC-PERPETUAL", "BTC/USDC:USDC")]
    [InlineData("SOL_USDC-27JUN26-150-P", "SOL/USDC:USDC-260627-150-P")]
    [InlineData("XRP_USDC-27JUN26-0d55-C", "XRP/USDC:USDC-260627-0.55-C")]
    public void Two_notations_of_one_contract_are_one_name(string deribit, string ccxt)
    {
        Assert.Equal(ContractName.Parse(deribit), ContractName.Parse(ccxt));
        Assert.Equal(deribit, ContractName.Parse(ccxt)!.ToString());
    }

    [Fact]
    public void An_option_s_name_says_all_of_it()
    {
        var name = ContractName.Parse("BTC-26JUN26-100000-C")!;

        Assert.Equal(new ContractName(new Asset("BTC"), new Asset("USD"), new Asset("BTC"), Instant.FromUtc(2026, 6, 26, 8, 0), 100_000m, OptionKind.Call), name);
        Assert.True(name.Inverse);
        Assert.False(ContractName.Parse("SOL_USDC-27JUN26-150-P")!.Inverse);
    }

    [Theory]
    [InlineData("BTC")]
    [InlineData("BTC-31FEB26")]
    [InlineData("BTC-0JAN26")]
    [InlineData("BTC-27XYZ26-100-C")]
    [InlineData("BTC-27JUN26-0-C")]
    [InlineData("BTC-27JUN26-100-X")]
    [InlineData("BTC-FS-27JUN26_PERP")]
    [InlineData("BTC/USD:ETH")]
    [InlineData("BTC/USD:BTC-261301")]
    [InlineData("btc-perpetual")]
    [InlineData("BTC-27AJU26")]
    public void What_is_no_contract_has_no_name(string text) => Assert.Null(ContractName.Parse(text));

    /// <summary>Reading what was written gives the same contract, for any.</summary>
    [Fact]
    public void Names_survive_a_round_trip()
    {
        var chance = new Xoshiro256(20261123);
        for (var i = 0; i < 500; i++)
        {
            var coin = new Asset(new[] { "BTC", "ETH", "SOL", "1000PEPE" }[chance.NextInt(4)]);
            var (settled, quote) = chance.NextInt(2) == 0 ? (coin, new Asset("USD")) : (new Asset("USDC"), new Asset("USDC"));
            var expiry = new LocalDate(2024 + chance.NextInt(10), 1 + chance.NextInt(12), 1 + chance.NextInt(28)).AtMidnight().InUtc().ToInstant() + Duration.FromHours(8);
            var name = new ContractName(coin, quote, settled, expiry, (1 + chance.NextInt(100_000)) / 100m, chance.NextInt(2) == 0 ? OptionKind.Call : OptionKind.Put);
            Assert.Equal(name, ContractName.Parse(name.ToString()));
        }
    }
}
