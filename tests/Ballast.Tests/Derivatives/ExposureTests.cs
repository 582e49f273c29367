using System.Text.Json;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Numerics.Options;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Derivatives;

public class ExposureTests
{
    private const double YearDays = 365;

    /// <summary>A mixed book whose sums were computed independently, on spot, two forwards and both settlements.</summary>
    [Fact]
    [Trait("Category", "Vectors")]
    public void A_mixed_book_adds_up_to_the_reference()
    {
        var vector = Vector("portfolio_aggregate.json");
        var (book, chain) = (Positions(vector), Quotes(vector));

        var x = Assert.Single(Exposure.Of(book, chain).Underlyings);

        var (raw, units) = (vector.GetProperty("raw"), vector.GetProperty("units"));
        Same(raw, "delta_black", x.DeltaBlack);
        Same(raw, "delta_net", x.DeltaTotal);
        Same(raw, "gamma", x.Greeks.Gamma);
        Same(raw, "vega", x.Greeks.Vega);
        Same(raw, "theta", x.Greeks.Theta);
        Same(raw, "vanna", x.Greeks.Vanna);
        Same(raw, "volga", x.Greeks.Volga);
        Same(raw, "charm", x.Greeks.Charm);
        Same(units, "delta_usd", x.DeltaBlack * (double)x.Index);
        Same(units, "gamma_coins_per_1pct", x.Greeks.GammaCoins);
        Same(units, "gamma_usd_1pct", x.Greeks.GammaMoney);
        Same(units, "vega_usd_per_volpt", x.Greeks.VegaPoint);
        Same(units, "theta_usd_per_day", x.Greeks.ThetaDay);
        Same(units, "vanna_usd_per_1pct_1vp", x.Greeks.VannaPoint);
        Same(units, "volga_usd_per_vp2", x.Greeks.VolgaPoint);
        Same(units, "charm_coins_per_day", x.Greeks.CharmDay);
        Same(units, "usd_delta_incl_coin_collateral", x.DeltaTotal + vector.GetProperty("collateral").GetProperty("equity_coin").GetDouble());
    }

    /// <summary>The same book at other prices and volatilities, and how its gains bend.</summary>
    [Fact]
    [Trait("Category", "Vectors")]
    public void A_mixed_book_revalues_to_the_reference()
    {
        var vector = Vector("portfolio_aggregate.json");
        var x = Assert.Single(Exposure.Of(Positions(vector), Quotes(vector)).Underlyings);
        var (moves, shifts) = (vector.GetProperty("shocks").EnumerateArray().ToArray(), vector.GetProperty("vol_shifts_abs").EnumerateArray().ToArray());

        for (var i = 0; i < moves.Length; i++)
            for (var j = 0; j < shifts.Length; j++)
                Near(vector.GetProperty("full_reval_usd")[i][j].GetDouble(), Revaluation.Gain(x, moves[i].GetDouble(), shifts[j].GetDouble()));
        foreach (var c in vector.GetProperty("convexity").EnumerateArray())
        {
            var found = Revaluation.Convexity(x, c.GetProperty("h").GetDouble());
            Near(c.GetProperty("convexity_half_sum").GetDouble(), found.Symmetric);
            Near(100 * c.GetProperty("convexity_gamma_equiv_1pct").GetDouble(), found.GammaOfOnePercent);
            Near(c.GetProperty("skew_half_diff").GetDouble(), found.Skew + x.DeltaBlack * (double)x.Index * found.Move);
        }

        static void Near(double expected, double actual) => Assert.True(Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected), $"{actual:R}, expected {expected:R}");
    }

    /// <summary>A trader's own example: futures 7.5395, options −10.3410, total 0.0570; so the premium is worth −2.8585 coins.</summary>
    [Fact]
    public void The_published_example_of_three_deltas_comes_out()
    {
        var x = WithOptions(black: -10.3410, premium: -2.8585m, futures: 7.5395m);

        Assert.Equal(-2.8015, x.DeltaBlack, 1e-4);
        Assert.Equal(0.0570, x.DeltaTotal, 1e-4);
        Assert.Equal(x.DeltaTotal + (double)x.EquityCoins, x.DeltaMoney, 1e-12);
    }

    /// <summary>The exchange's own question and answer: a call of delta 0.50 bought for 0.10 coin adds 0.40.</summary>
    [Fact]
    public void A_bought_call_adds_its_delta_less_its_premium() =>
        Assert.Equal(0.40, WithOptions(black: 0.50, premium: 0.10m, futures: 0).DeltaTotal, 1e-12);

    /// <summary>Neutral means that wealth does not move: the deltas are the slopes of wealth revalued a little up and down, in money and in coin.</summary>
    [Theory]
    [InlineData(Numeraire.Coin)]
    [InlineData(Numeraire.Money)]
    public void A_delta_is_the_slope_of_wealth_in_its_numeraire(Numeraire numeraire)
    {
        var book = new PositionBook(
            [Position("BTC-26JUN26-70000-C", 8), Position("BTC-26JUN26-50000-P", -11), Position("BTC-PERPETUAL", -150_000, 63_000), Position("BTC_USDC-PERPETUAL", 1.3m, 58_000), Position("BTC_USDC-26JUN26-65000-C", 4)],
            [Balance("BTC", 3.5m), Balance("USDC", 40_000)]);
        const double step = 1e-5;

        double Wealth(double move)
        {
            var x = Exposure.Of(book, Market(60_000 * (1 + move))).Underlyings[0];
            var money = (double)(x.EquityCoins * x.Index + x.EquityMoney);
            return numeraire == Numeraire.Money ? money : money / (double)x.Index;
        }

        var slope = (Wealth(step) - Wealth(-step)) / (2 * step);
        var expected = Exposure.Of(book, Market(60_000)).Underlyings[0].Delta(numeraire);
        Assert.Equal(slope / (numeraire == Numeraire.Money ? 60_000 : 1), expected, 2e-6);
    }

    [Fact]
    public void What_has_no_price_makes_a_book_incomplete_and_is_named()
    {
        var book = new PositionBook([Position("BTC-26JUN26-70000-C", 1), Position("BTC-27MAR26-70000-C", 1), Position("BTC-1JAN26-70000-C", 1), Position("ETH-PERPETUAL", 10)], []);
        var crossed = Quote("BTC-26JUN26-70000-C", 0.1m, 0.5, 60_000, 60_000) with { Bid = 0.11m, Ask = 0.10m };

        var report = Exposure.Of(book, new Chain(Now, [crossed]));

        Assert.False(report.Complete);
        Assert.Equal(["CROSSED_MARKET", "MARK_MISSING", "EXPIRED", "MARK_MISSING"], report.Missing.Select(m => m.Code));
    }

    [Fact]
    public void Rungs_of_a_ladder_sum_to_the_whole()
    {
        var book = new PositionBook([Position("BTC-26JUN26-70000-C", 8), Position("BTC-26JUN26-50000-P", -11), Position("BTC-PERPETUAL", -150_000)], []);
        var x = Exposure.Of(book, Market(60_000)).Underlyings[0];

        Assert.Equal(x.DeltaBlack, Ladder.ByExpiry(x).Sum(r => r.Greeks.Delta), 1e-12);
        Assert.Equal(x.Greeks.Vega, Ladder.ByStrike(x).Sum(r => r.Greeks.Vega), 1e-9);
        Assert.Equal([50_000m, 70_000m], Ladder.ByStrike(x).Select(r => r.Strike!.Value));
    }

    private static Chain Market(double index) => new(Now,
    [
        Option("BTC-26JUN26-70000-C", index, 0.55), Option("BTC-26JUN26-50000-P", index, 0.62), Option("BTC_USDC-26JUN26-65000-C", index, 0.58),
        Quote("BTC-PERPETUAL", (decimal)index, null, null, (decimal)index), Quote("BTC_USDC-PERPETUAL", (decimal)index, null, null, (decimal)index),
    ]);

    private static ChainQuote Option(string name, double forward, double volatility)
    {
        var option = (Instrument.Option)Contract(name);
        var price = BlackScholes.OnForward(option.Right, forward, (double)option.Strike, PositionPricer.Years(Now, option.Expiry), 0, volatility).Price;
        return Quote(name, (decimal)(option.Inverse ? price / forward : price), volatility, (decimal)forward, (decimal)forward);
    }

    /// <summary>One coin-settled option whose delta and mark are as given, beside inverse futures of so many coins.</summary>
    private static Exposure WithOptions(double black, decimal premium, decimal futures)
    {
        var option = new PricedPosition.Known(Position("BTC-26JUN26-70000-C", 1), new(Ballast.Numerics.Derivatives.LegKind.InverseOption, 1, 60_000, 0.5), premium, new() { Delta = black }, null);
        var future = new PricedPosition.Known(Position("BTC-PERPETUAL", futures * 60_000), new(Ballast.Numerics.Derivatives.LegKind.InverseFuture, (double)futures, 60_000), 60_000, new() { Delta = 1 }, null);
        return new(option.Contract.Base, 60_000, [option, future], 5, 0);
    }

    private static PositionBook Positions(JsonElement vector) => new(
        [.. vector.GetProperty("positions").EnumerateArray().Select(p => p.GetProperty("type").GetString() switch
        {
            "option" => new Position(Contracted(p), p.GetProperty("qty").GetDecimal(), null, ""),
            "inverse_perp" => Position("BTC-PERPETUAL", p.GetProperty("usd").GetDecimal()),
            _ => Position("BTC_USDC-PERPETUAL", p.GetProperty("qty").GetDecimal()),
        })],
        [Balance("BTC", vector.GetProperty("collateral").GetProperty("coin").GetDecimal())]);

    private static Chain Quotes(JsonElement vector)
    {
        var spot = vector.GetProperty("spot").GetDecimal();
        return new(Now, vector.GetProperty("positions").EnumerateArray().Select(p => p.GetProperty("type").GetString() switch
        {
            "option" => Marked(p, Contracted(p), spot),
            "inverse_perp" => Quote("BTC-PERPETUAL", p.GetProperty("mark").GetDecimal(), null, null, spot),
            _ => Quote("BTC_USDC-PERPETUAL", p.GetProperty("mark").GetDecimal(), null, null, spot),
        }));
    }

    private static ChainQuote Marked(JsonElement p, Instrument.Option option, decimal spot)
    {
        var (forward, σ, years) = (p.GetProperty("F").GetDouble(), p.GetProperty("sigma").GetDouble(), p.GetProperty("T").GetDouble());
        var price = BlackScholes.OnForward(option.Right, forward, (double)option.Strike, years, 0, σ).Price;
        return new(option, Now, (decimal)(option.Inverse ? price / forward : price), σ, null, null, (decimal)forward, spot);
    }

    /// <summary>The contract of a row, which expires so many years from now to the tick.</summary>
    private static Instrument.Option Contracted(JsonElement p)
    {
        var named = (Instrument.Option)Contract($"{(p.GetProperty("inverse").GetBoolean() ? "BTC" : "BTC_USDC")}-26JUN26-{p.GetProperty("K").GetDecimal():0}-{p.GetProperty("cp").GetString()}");
        return named with { Expiry = Now + Duration.FromDays(p.GetProperty("T").GetDouble() * YearDays) };
    }

    private static JsonElement Vector(string name)
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", name);
        Assert.SkipUnless(File.Exists(path), $"needs derivatives/{name} beside the vectors: set BALLAST_VECTORS");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    private static void Same(JsonElement expected, string key, double actual)
    {
        var value = expected.GetProperty(key).GetDouble();
        Assert.True(Math.Abs(actual - value) <= 1e-9 * Math.Abs(value), $"{key}: {actual:R}, expected {value:R}");
    }
}
