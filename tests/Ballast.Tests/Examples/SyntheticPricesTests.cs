using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ballast.App.Examples;

namespace Ballast.Tests.Examples;

public class SyntheticPricesTests
{
    private static readonly string[] Rows = SyntheticPrices.Csv(Example.Seed).TrimEnd('\n').Split('\n')[1..];

    [Fact]
    public void The_same_seed_gives_the_same_bytes() =>
        Assert.Equal("078FF949FFEB67D635F2B8EE4E3643239A0AD36C6EE63DC037B9A86FB9FF13B7", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(SyntheticPrices.Csv(Example.Seed)))));

    [Fact]
    public void Another_seed_gives_another_market() =>
        Assert.NotEqual(SyntheticPrices.Csv(1), SyntheticPrices.Csv(2));

    [Fact]
    public void Every_day_has_a_bar_of_each_of_ten_coins()
    {
        Assert.Equal(10 * SyntheticPrices.Days, Rows.Length);
        Assert.Equal(10, Rows.Select(row => row.Split(',')[1]).Distinct().Count());
        Assert.StartsWith("2022-11-01,BTC,", Rows[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-10-31,ATOM,", Rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void High_and_low_enclose_open_and_close() =>
        Assert.All(Rows.Select(Figures), f =>
        {
            Assert.True(f.Low > 0 && f.Low <= Math.Min(f.Open, f.Close));
            Assert.True(f.High >= Math.Max(f.Open, f.Close));
        });

    [Fact]
    public void A_day_opens_where_the_day_before_closed()
    {
        var bitcoin = Rows.Where(row => row.Contains(",BTC,")).Select(Figures).ToArray();
        Assert.All(bitcoin.Zip(bitcoin.Skip(1)), pair => Assert.Equal(pair.First.Close, pair.Second.Open));
    }

    [Fact]
    public void Every_coin_of_the_portfolio_has_prices_and_is_held()
    {
        var files = Example.Files().ToDictionary(file => file.Name, file => file.Text);
        Assert.All(Rows.Take(10).Select(row => row.Split(',')[1]), coin =>
        {
            Assert.Contains($"    {coin}: ", files["core.yaml"], StringComparison.Ordinal);
            Assert.Contains($"\n{coin},", files["holdings.csv"], StringComparison.Ordinal);
        });
    }

    private static (decimal Open, decimal High, decimal Low, decimal Close) Figures(string row) =>
        row.Split(',').Skip(2).Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToArray() is [var o, var h, var l, var c, _]
            ? (o, h, l, c)
            : throw new FormatException(row);
}
