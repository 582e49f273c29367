using Ballast.Numerics.Allocation;
using Ballast.Numerics.Futures;
using Ballast.Numerics.Options;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Futures;

public class FuturesTests
{
    private static readonly Gen<double> Prices = Gen.Choose(100, 200_000).Select(p => (double)p);

    private static readonly Gen<InverseFuture[]> SameSide = Gen.ArrayOf(
        Gen.Choose(0, 5000).SelectMany(n => Prices.Select(e => new InverseFuture(10 * n, e))), 6).Where(parts => parts.Any(p => p.Notional > 0));

    [Fact]
    public void Together_inverse_positions_gain_what_they_gain_apart() => Check.One(Chance.Cases(500), Prop.ForAll(SameSide.ToArbitrary(), Prices.ToArbitrary(), (parts, mark) =>
    {
        var apart = parts.Sum(p => p.GainInCoin(mark));
        return Math.Abs(InverseFuture.Together(parts).GainInCoin(mark) - apart) <= 1e-9 * parts.Sum(p => p.CoinsWithGain + p.Coins(mark));
    }));

    /// <summary>Half at 50,000 and half at 100,000 is 66,667, not 75,000.</summary>
    [Fact]
    public void The_entry_of_inverse_positions_is_the_harmonic_mean()
    {
        Assert.Equal(200_000.0 / 3, InverseFuture.Together([new(1000, 50_000), new(0, 1), new(1000, 100_000)]).Entry, 1e-9);
        Assert.Equal(75_000, LinearFuture.Together([new(1, 50_000), new(0, 1), new(1, 100_000)]).Entry, 1e-9);
    }

    [Fact]
    public void A_short_inverse_position_on_all_coins_is_a_fixed_amount_of_money()
    {
        var hedge = InverseFuture.Freezing(2, 60_000);
        foreach (var mark in (double[])[1000, 30_000, 60_000, 500_000]) Assert.Equal(120_000, mark * (2 + hedge.GainInCoin(mark)), 1e-6);
    }

    [Fact]
    public void Who_is_long_inverse_loses_coins_faster_on_the_way_down()
    {
        var future = new InverseFuture(60_000, 60_000);
        Assert.Equal(-1, future.GainInCoin(30_000), 1e-12);
        Assert.Equal(1.0 / 3, future.GainInCoin(90_000), 1e-12);
        Assert.True(future.CurvatureInCoin(60_000) < 0);
    }

    /// <summary>Short 1 BTC, 0.01 % each 8 hours, a week at 60,000: 21 payments of 6.</summary>
    [Fact]
    public void A_short_receives_positive_funding()
    {
        var rate = FundingRate.Of(0.0001, 8).OrThrow();
        Assert.Equal(126, rate.ToLinear(-1, 60_000, 7 * 24), 1e-9);
        Assert.Equal(0.1095, rate.AYear, 1e-12);
    }

    [Fact]
    public void A_rate_without_interval_or_out_of_all_proportion_is_refused()
    {
        Assert.Equal("FundingWithoutInterval", Code(FundingRate.Of(0.0001, null)));
        Assert.Equal("FundingWithoutInterval", Code(FundingRate.Of(0.0001, 0)));
        Assert.Equal("ConfirmExtreme", Code(FundingRate.Of(-0.031, 8)));
        Assert.Equal("NotFinite", Code(FundingRate.Of(double.NaN, 8)));
        Assert.Equal(-0.031, FundingRate.Of(-0.031, 8, confirmed: true).OrThrow().Rate);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InverseFuture(100, 0).Gain(100));
    }

    [Fact]
    public void Interest_draws_a_premium_towards_itself_by_at_most_the_clamp()
    {
        var rule = new FundingRule.WithInterest(0.0001, 0.0005, -0.003, 0.003);
        Assert.Equal(0.0001, rule.Rate(0.0002), 1e-15);
        Assert.Equal(0.0005, rule.Rate(0.001), 1e-15);
        Assert.Equal(-0.0005, rule.Rate(-0.001), 1e-15);
        Assert.Equal(0.003, rule.Rate(0.02));
    }

    [Fact]
    public void Carry_is_what_is_left_of_the_basis()
    {
        var now = new CashAndCarry(0.12, 0.03, 0.002, 0.01, 0.1);
        Assert.Equal(0.06, now.NetAYear, 1e-12);
        var next = now with { Basis = 0.1, Years = 0.35 };
        Assert.True(now.IsWorthRolling(next with { Funding = 0 }));
        Assert.False(now.IsWorthRolling(next, 0.001));
    }

    /// <summary>Every past forecast written out, and what followed it.</summary>
    [Fact]
    public void The_deviation_of_funding_is_that_of_forecasts_that_could_have_been_made()
    {
        var random = new System.Random(20261123);
        double[] rates = [.. Enumerable.Range(0, 200).Select(i => 0.0001 * Math.Sin(i / 15.0) + 0.0002 * random.NextDouble())];
        double Forecast(int until)
        {
            double[] weights = [.. Enumerable.Range(0, until).Select(i => Math.Pow(0.5, (until - 1 - i) / 9.0))];
            return 0.75 * weights.Zip(rates, (w, r) => w * r).Sum() / weights.Sum() + 0.25 * 0.0001;
        }
        var errors = Enumerable.Range(9, 200 - 21 - 9 + 1).Select(until => rates.Skip(until).Take(21).Average() - Forecast(until)).ToArray();

        var expected = ExpectedFunding.Of(rates, 8, 72, 168, 0.0001, 0.25).OrThrow();

        Assert.Equal(Forecast(200), expected.Rate, 1e-15);
        Assert.Equal(Math.Sqrt(errors.Average(e => e * e)), expected.Deviation, 1e-15);
        Assert.Equal(21 * 1000 * expected.Rate, expected.Cost(1000), 1e-12);
        Assert.Equal(21 * 1000 * expected.Deviation, expected.CostDeviation(-1000), 1e-12);
    }

    [Fact]
    public void The_past_counts_half_after_its_half_life()
    {
        double[] rates = [.. Enumerable.Repeat(0.0, 300), .. Enumerable.Repeat(0.0004, 9)];
        Assert.Equal(0.0002, ExpectedFunding.Of(rates, 8, 72, 8, 0.0001, 0).OrThrow().Rate, 1e-9);
        Assert.Equal(0.00015, ExpectedFunding.Of(rates, 8, 72, 8, 0.0001, 0.5).OrThrow().Rate, 1e-9);
        Assert.Equal("InsufficientData", Code(ExpectedFunding.Of(rates.AsSpan(0, 48), 8, 72, 168, 0.0001, 0)));
    }

    /// <summary>Four years of a venue's rates, a week at a time, each forecast from what was known: two deviations hold about 95 %, as they should; one holds more than two thirds, because tails are fat.</summary>
    [Theory]
    [InlineData("binance_BTC.csv")]
    [InlineData("binance_ETH.csv")]
    public void Real_weeks_of_funding_lie_within_two_deviations_as_often_as_they_should(string file)
    {
        double[] rates = [.. File.ReadLines(Repository.RealData("funding_rates/" + file)).Skip(1).Select(line => double.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        var (inside, weeks) = (0, 0);
        for (var t = 3 * 180; t + 21 <= rates.Length; t += 21, weeks++)
        {
            var expected = ExpectedFunding.Of(rates.AsSpan(0, t), 8, 72, 168, 0.0001, 0.25).OrThrow();
            if (Math.Abs(rates.AsSpan(t, 21).ToArray().Sum() - expected.Cost(1)) <= 2 * expected.CostDeviation(1)) inside++;
        }
        Assert.InRange((double)inside / weeks, 0.92, 0.98);
    }

    /// <summary>An option on an average that is half known, against both outcomes of a price of two steps.</summary>
    [Fact]
    public void In_the_window_the_delta_is_of_what_is_still_to_come()
    {
        var window = new SettlementWindow(0.25, 60_000);
        Assert.Equal(0.25 * BlackScholes.OnForward(OptionKind.Call, 61_000, 64_000, 1e-5, 0, 0.6).Delta, window.Delta(OptionKind.Call, 61_000, 61_000, 1e-5, 0.6));
        Assert.Equal(0.25, window.Delta(OptionKind.Call, 61_000, 44_000, 1e-5, 0.6));
        Assert.Equal(0, window.Delta(OptionKind.Put, 61_000, 44_000, 1e-5, 0.6));
        Assert.Equal(0, SettlementWindow.After(31, 30, 60_000).Delta(OptionKind.Call, 61_000, 50_000, 0, 0.6));
        Assert.Equal(61_000, SettlementWindow.After(-5, 30, 60_000).EffectiveStrike(61_000));
    }

    /// <summary>Prices of one forward give it back, in money and in coin.</summary>
    [Fact]
    public void Parity_gives_the_forward_back()
    {
        const double forward = 61_234.5, years = 0.2, rate = 0.04;
        ParityQuote Quote(double strike, double over)
        {
            double Of(OptionKind kind) => BlackScholes.OnForward(kind, forward, strike, years, over == 1 ? rate : 0, 0.6).Price / over;
            var (call, put) = (Of(OptionKind.Call), Of(OptionKind.Put));
            return new(strike, 0.99 * call, 1.01 * call, 0.99 * put, 1.01 * put);
        }
        double[] strikes = [50_000, 55_000, 60_000, 61_000, 62_000, 70_000];
        Assert.Equal(forward, SyntheticForward.FromMoney(strikes.Select(k => Quote(k, 1)), rate, years).OrThrow(), 1e-6);
        Assert.Equal(forward, SyntheticForward.FromCoin(strikes.Select(k => Quote(k, forward))).OrThrow(), 1e-6);
        Assert.Equal("TooFewQuotes", Code(SyntheticForward.FromCoin(strikes.Take(2).Select(k => Quote(k, forward)))));
        ParityQuote[] apart = [.. strikes.Take(3).Select((k, i) => Quote(k, 1) with { CallBid = 500 * i + 1, CallAsk = 500 * i + 2, PutBid = 1, PutAsk = 2 })];
        Assert.Equal("ParityDisagrees", Code(SyntheticForward.FromMoney(apart, rate, years)));
    }

    private static string Code<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Refused>(answer).Code;
}
