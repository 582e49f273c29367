using Ballast.Adapters.Files;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Random;
using Ballast.Planning;

namespace Ballast.Tests.Engine.Backtests;

/// <summary>What must hold of any history: nothing is seen before its time, nothing is lost, and what cannot be traded is not.</summary>
public class ExactBacktestTests
{
    private static readonly Asset Cash = new("USDT"), A = new("A"), B = new("B");
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 1, 0, 0);

    [Theory]
    [InlineData("when: [ { drift: 5% }, { every: month } ]", "weights: { A0: 60%, A1: 40% }")]
    [InlineData("when: [ { measure: riskShare, above: 55%, lookback: 60d } ]", "weights: { A0: 50%, A1: 50% }")]
    [InlineData("when: [ { gain: 1x cost } ]", "weights: { A0: 50%, A1: 50% }")]
    [InlineData("when: [ { every: week } ]", "compute: { method: inverseVolatility, assets: [A0, A1], lookback: 40d, renew: week }")]
    [InlineData("when: [ { drift: 2 sigma of 30d } ]\n  to: halfway", "weights: { A0: 50%, A1: 50% }")]
    public void What_comes_later_changes_nothing_before(string rules, string targets)
    {
        var policy = Policy($"{targets} }}", rules);
        foreach (var fill in Enum.GetValues<FillMode>())
        {
            var history = new AnyHistory(7).Prices(bars: 160, assets: 2);
            var changed = Changed(history, from: 110);
            var settings = new BacktestSettings { Fill = fill, KeepDetail = true };

            var (one, two) = (ExactBacktest.Run(policy, history, settings), ExactBacktest.Run(policy, changed, settings));

            Assert.Equal(one.Equity[..110], two.Equity[..110]);
            Assert.Equal(one.Fills.Where(f => f.Bar < 110).Select(f => f.ToString()), two.Fills.Where(f => f.Bar < 110).Select(f => f.ToString()));
            Assert.NotEqual(one.Equity[^1], two.Equity[^1]);
        }
    }

    [Fact]
    public void Value_changes_by_prices_and_costs_alone()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var any = new AnyHistory(seed);
            var history = any.Prices();
            var (policy, settings) = (any.Policy(history), any.Settings() with { KeepDetail = true, ChargeInitial = true });
            var run = ExactBacktest.Run(policy, history, settings);

            var (quantities, cash, costs) = (new Dictionary<Asset, decimal>(), settings.StartValue, 0m);
            var fills = run.Fills.ToLookup(f => f.Bar);
            for (var t = 0; t < run.Equity.Length; t++)
            {
                foreach (var f in fills[t])
                {
                    var signed = f.Side == Side.Buy ? f.Quantity : -f.Quantity;
                    quantities[f.Asset] = quantities.GetValueOrDefault(f.Asset) + signed;
                    (cash, costs) = (cash - signed * f.Price - f.Cost, costs + f.Cost);
                }
                var value = cash + quantities.Sum(q => q.Value * (decimal)history.Find(q.Key, Cash)!.Close[t]);
                Assert.Equal((double)value, run.Equity[t], 1e-9 * run.Equity[t]);
                Assert.True(cash >= -1e-9m, $"seed {seed}, bar {t}: cash {cash}");
            }
            Assert.Equal((double)costs, run.Costs, 1e-9 * run.Equity[0]);
        }
    }

    [Fact]
    public void Rebalanced_at_every_close_without_costs_it_grows_by_the_weighted_returns()
    {
        var history = new AnyHistory(3).Prices(bars: 90, assets: 2);
        var run = ExactBacktest.Run(Policy("weights: { A0: 70%, A1: 30% } }", "when: [ { every: day } ]"), history, new BacktestSettings { Fill = FillMode.Close, LastBarTrades = true });

        var value = 10_000.0;
        for (var t = 1; t < 90; t++) value *= 1 + 0.7 * Return(history, 0, t) + 0.3 * Return(history, 1, t);
        Assert.Equal(value, run.Equity[^1], 1e-9 * value);
    }

    [Fact]
    public void Held_it_is_worth_the_weights_times_their_growth_and_holding_beside_it_is_the_same()
    {
        var history = new AnyHistory(4).Prices(bars: 90, assets: 2);
        var study = BacktestStudy.Of(Policy("weights: { A0: 70%, A1: 30% } }", "when: []"), history, new BacktestSettings { ChargeInitial = false }, EngineChoice.Exact);

        var wanted = 10_000 * (0.7 * Growth(history, 0) + 0.3 * Growth(history, 1));
        Assert.Equal(wanted, study.Run.Equity[^1], 1e-9 * wanted);
        Assert.Equal(study.Run.Equity[^1], study.HoldEquity![^1], 1e-9 * wanted);
        Assert.Equal(7_000 * Growth(history, 0) / wanted, HoldBenchmark.LastWeights(study.Policy, history, study.Settings, study.Run)![new Asset("A0")], 1e-9);
    }

    [Fact]
    public void More_capital_scales_everything()
    {
        var any = new AnyHistory(9);
        var history = any.Prices();
        var policy = any.Policy(history);

        var (small, large) = (ExactBacktest.Run(policy, history, new BacktestSettings { StartValue = 1_000m }), ExactBacktest.Run(policy, history, new BacktestSettings { StartValue = 1_000_000m }));

        for (var t = 0; t < small.Equity.Length; t++) Assert.Equal(1, large.Equity[t] / small.Equity[t] / 1000, 1e-9);
    }

    [Fact]
    public void An_asset_that_is_not_listed_yet_is_bought_when_it_is()
    {
        var history = History([100, 100, 100, 100], [double.NaN, double.NaN, 50, 50]);
        var run = ExactBacktest.Run(Policy("weights: { A: 50%, B: 50% } }", "when: [ { drift: 5% } ]"), history, new BacktestSettings { Fill = FillMode.Close, KeepDetail = true });

        Assert.Equal([(0, "A"), (2, "A"), (2, "B")], run.Fills.Select(f => (f.Bar, f.Asset.Code)));
        Assert.Equal(10_000, run.Equity[^1], 1e-6);
    }

    [Fact]
    public void A_carried_price_values_and_does_not_trade()
    {
        var history = History([100, 200, 200, 200], [50, double.NaN, double.NaN, 50]);
        var run = ExactBacktest.Run(Policy("weights: { A: 50%, B: 50% } }", "when: [ { drift: 5% } ]"), history, new BacktestSettings { Fill = FillMode.Close, LastBarTrades = true, KeepDetail = true });

        Assert.Equal(15_000, run.Equity[1], 1e-6);
        Assert.DoesNotContain(run.Fills, f => f.Bar is 1 or 2);
        Assert.Contains(run.Fills, f => f.Bar == 3);
    }

    [Fact]
    public void A_delisted_asset_becomes_cash_at_a_part_of_its_last_price()
    {
        var history = History([100, 100, 100, 100], [50, 40, double.NaN, double.NaN]);
        var run = ExactBacktest.Run(Policy("weights: { A: 50%, B: 50% } }", "when: []"), history, new BacktestSettings { Recovery = 0.25m });

        Assert.Equal(5_000 + 4_000, run.Equity[1], 1e-6);
        Assert.Equal(5_000 + 1_000, run.Equity[2], 1e-6);
        Assert.Contains(run.Notes, n => n.Contains("delisted"));
    }

    [Fact]
    public void Deposits_and_interest_are_credited_and_left_out_of_the_return()
    {
        var policy = Policy("weights: { A: 50% }\n  cash: rest", "when: []", "flows: [ { deposit: 1000 USDT, every: 2 days } ]\ncash: { interest: 36.5% }", braces: false);
        var run = ExactBacktest.Run(policy, History([100, 100, 100, 110]), new BacktestSettings());

        Assert.Equal([0, 0, 1000, 0], run.Flows);
        Assert.Equal([10_000, 10_005, 11_010.005, 11_516.015005], run.Equity.Select(v => Math.Round(v, 6)));
        Assert.Equal(11_010.005 / 11_005 - 1, run.Returns()[1], 1e-12);
    }

    [Fact]
    public void A_withdrawal_takes_no_more_than_the_cash_there_is()
    {
        var policy = Policy("weights: { A: 90% }\n  cash: rest", "when: []", "flows: [ { withdraw: 5000 USDT, every: 2 days } ]", braces: false);
        var run = ExactBacktest.Run(policy, History([100, 100, 100, 100]), new BacktestSettings());

        Assert.Equal(9_000, run.Equity[^1], 1e-6);
        Assert.Contains(run.Notes, n => n.Contains("found only"));
    }

    [Fact]
    public void Large_trades_pay_the_square_root_of_their_share_of_the_volume()
    {
        double[] moving = [.. Enumerable.Range(0, 40).Select(t => t % 2 == 0 ? 100.0 : 101.0), 101, 101];
        var history = new PriceHistory([.. Enumerable.Range(0, moving.Length).Select(t => Start + Duration.FromDays(t))], Duration.FromDays(1),
            [new PriceSeries(A, Cash, moving, Volume: [.. moving.Select(_ => 1000.0)])]);
        var policy = Policy("weights: { A: 50% }\n  cash: rest", "when: [ { every: 41 days } ]", "costs: { impact: 1 }\nflows: [ { deposit: 10000 USDT, every: 40 days } ]", braces: false);
        var run = ExactBacktest.Run(policy, history, new BacktestSettings { Fill = FillMode.Close, LastBarTrades = true, ChargeInitial = false, KeepDetail = true });

        var fill = Assert.Single(run.Fills, f => f.Bar == 41);
        var liquidity = Liquidities.Of(new Trailing(history, 40), [A], Cash)[A];
        var expected = (double)fill.Value * liquidity.DailyVolatility * Math.Sqrt((double)(fill.Value / liquidity.DailyVolume));
        Assert.Equal(expected, (double)fill.Cost, 1e-6 * expected);
        Assert.InRange(liquidity.DailyVolume, 100_000m, 101_000m);
    }

    [Fact]
    public void Without_weekends_a_month_that_ends_on_a_sunday_ends_with_its_friday()
    {
        Instant[] weekdays = [.. Enumerable.Range(0, 100).Select(d => Start + Duration.FromDays(d)).Where(d => d.InUtc().DayOfWeek < IsoDayOfWeek.Saturday)];
        double[] closes = [.. weekdays.Select((_, t) => 100.0 + t)];
        var history = new PriceHistory([.. weekdays], Duration.FromDays(1), [new PriceSeries(A, Cash, closes)]);
        var monthly = Policy("weights: { A: 50% }\n  cash: rest", "when: [ { every: month } ]", braces: false);

        var run = ExactBacktest.Run(ExchangeDays.Of(monthly), history, new BacktestSettings { Fill = FillMode.Close, ChargeInitial = false });

        Assert.Equal(["2024-01-31", "2024-02-29", "2024-03-29"], run.Rebalances.Select(r => r.At.InUtc().Date.ToString("uuuu-MM-dd", null)));
    }

    [Fact]
    public void Computed_targets_wait_until_there_is_enough_history()
    {
        var history = new AnyHistory(5).Prices(bars: 60, assets: 2);
        var run = ExactBacktest.Run(Policy("compute: { method: inverseVolatility, assets: [A0, A1], lookback: 30d } }", "when: [ { every: week } ]"), history, new BacktestSettings());

        Assert.InRange(run.FirstBar, 19, 21);
        Assert.All(run.Equity[..run.FirstBar], v => Assert.Equal(10_000, v));
    }

    private static Policy Policy(string targets, string rules, string more = "", bool braces = true) => Read(
        $"version: 1\nname: test\nbase: USDT\ntargets:{(braces ? " { " : "\n  ")}{targets}\nrebalance:\n  {rules}\n{more}\n");

    private static Policy Read(string text)
    {
        var reading = PolicyFile.Read("test.yaml", text);
        Assert.True(reading.Ok, FaultText.Render(reading.Faults) + text);
        return reading.Value!;
    }

    private static PriceHistory History(params double[][] closes) => new(
        [.. Enumerable.Range(0, closes[0].Length).Select(t => Start + Duration.FromDays(t))], Duration.FromDays(1),
        [.. closes.Select((c, i) => new PriceSeries(i == 0 ? A : B, Cash, c))]);

    /// <summary>The same history with other prices from a bar on.</summary>
    private static PriceHistory Changed(PriceHistory history, int from)
    {
        var chance = new Xoshiro256(99);
        double[] Other(double[] prices) => [.. prices.Select((p, t) => t < from ? p : Math.Round(p * (0.5 + chance.NextDouble()), 6))];
        return new PriceHistory(history.Opens, history.Spacing, [.. history.Series.Select(s => new PriceSeries(s.Base, s.Quote, Other(s.Close), Other(s.Open!)))]);
    }

    private static double Return(PriceHistory history, int asset, int t) => history.Series[asset].Close[t] / history.Series[asset].Close[t - 1] - 1;

    private static double Growth(PriceHistory history, int asset) => history.Series[asset].Close[^1] / history.Series[asset].Close[0];
}
