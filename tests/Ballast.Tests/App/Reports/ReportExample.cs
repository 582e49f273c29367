using Ballast.App.Reports;

namespace Ballast.Tests.App.Reports;

/// <summary>A made-up history, the same for the same seed, shaped like four years of a crypto portfolio.</summary>
internal static class ReportExample
{
    private const double FeeBps = 10;

    private static readonly string[] _names = ["BTC", "ETH", "SOL", "USDT", "BNB", "XRP", "ADA", "AVAX", "LINK", "DOGE", "MATIC", "ATOM"];

    public static ReportData Backtest(int assets = 4, int bars = 1461, double band = 0.05, string name = "core: drift 5 points, to target")
    {
        var path = Simulate(assets, bars, band);
        return new ReportData
        {
            Name = name,
            Base = "USDT",
            Verdict =
            [
                $"Rebalancing ended at *{path.Equity[^1]:N0} USDT* against *{path.Hold[^1]:N0}* for holding, with a deepest fall of *{-100 * path.Fall.Min():F1}\u202f%* instead of *{-100 * path.HoldFall.Min():F1}\u202f%*; it traded *{path.Marks.Count} times* and paid *{path.Cost[^1]:N0} USDT*.",
                "The difference in yearly return, *−1.2 points*, is not larger than chance: the 95\u202f% interval from 2,000 paired blocks is −4.1 to +1.9.",
            ],
            Flags = ["Synthetic prices: a seeded walk, not a market", "Filled at the close that decided: optimistic"],
            Period = $"1 Nov 2022 to 31 Oct 2026 · {bars:N0} daily bars · {assets} assets · start 10,000 USDT · fee 10 bps",
            Computed =
            [
                new("Decided on", "the close of each bar; known nothing later"),
                new("Filled", "at the next close, fee 10 bps of value traded, no impact"),
                new("Not modelled", "funding, taxes, delisting, partial fills"),
                new("Data", "prices.csv.gz, sha256 91b0…7d3e, 0 gaps, 0 stale bars"),
                new("Policy", "core.yaml, sha256 44fe…09c1"),
                new("Made by", "ballast 0.1.0, seed 42; the same input gives the same file to the byte"),
            ],
            Figures = Figures(path),
            Losses = Losses(),
            Times = path.Times,
            Equity = path.Equity,
            Hold = path.Hold,
            Fall = path.Fall,
            HoldFall = path.HoldFall,
            Assets = path.Assets,
            Rebalances = path.Marks,
            Cost = path.Cost,
            Turnover = path.Turnover,
            Months = Months(path),
            Trades = path.Trades,
            Neighbours = Neighbours(),
        };
    }

    public static SweepData Sweep()
    {
        var runs = Neighbours();
        return new SweepData
        {
            Name = "core: drift 0.5 to 16 points",
            Verdict = ["Of *12 policies* tried, *5 points* costs 10.9 bps a year at 2.6 % tracking error; best of many, so expect less."],
            Flags = ["Synthetic prices: a seeded walk, not a market"],
            Period = "1 Nov 2022 to 31 Oct 2026 · 1,461 daily bars",
            Computed = [new("Seed", "42")],
            Runs = runs,
            Columns = ["Policy", "Cost, bps a year", "Tracking error", "Rebalances"],
            Rows = [.. runs.Select(run => (string[])[run.Label, $"{run.CostBps:F1}", $"{100 * run.TrackingError:F2} %", $"{run.Rebalances}"])],
        };
    }

    private sealed record Path(
        long[] Times, double[] Equity, double[] Hold, double[] Fall, double[] HoldFall, double[] Cost, double[] Turnover,
        AssetHistory[] Assets, List<RebalanceMark> Marks, List<TradeLine> Trades);

    private static Path Simulate(int assets, int bars, double band)
    {
        var random = new Random(21);
        var target = Targets(assets);
        var start = new DateTimeOffset(2022, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var (held, kept) = (target.Select(w => w * 1e4).ToArray(), target.Select(w => w * 1e4).ToArray());
        var weights = _names.Take(assets).Select(_ => new double[bars]).ToArray();
        var (equity, hold, cost, turnover) = (new double[bars], new double[bars], new double[bars], new double[bars]);
        var (marks, trades) = (new List<RebalanceMark>(), new List<TradeLine>());
        for (var bar = 0; bar < bars; bar++)
        {
            if (bar > 0)
                Move(held, kept, bar, random);

            var value = held.Sum();
            var drift = held.Select((v, k) => v / value - target[k]).ToArray();
            (cost[bar], turnover[bar]) = bar == 0 ? (0, 0) : (cost[bar - 1], turnover[bar - 1]);
            if (drift.Any(d => Math.Abs(d) > band))
            {
                var widest = Array.FindIndex(drift, d => Math.Abs(d) > band);
                var traded = drift.Sum(Math.Abs);
                var reason = $"{_names[widest]} drifted {100 * drift[widest]:+0.00;−0.00} points, band {100 * band:0.##}";
                marks.Add(new(bar, reason));
                trades.AddRange(drift.Select((d, k) => Trade(start.AddDays(bar), _names[k], d, value, reason)));
                cost[bar] += traded * value * FeeBps / 1e4;
                turnover[bar] += traded;
                value -= traded * value * FeeBps / 1e4;
                held = [.. target.Select(w => w * value)];
            }

            (equity[bar], hold[bar]) = (value, kept.Sum());
            for (var k = 0; k < assets; k++)
            {
                weights[k][bar] = held[k] / value;
            }
        }

        var times = Enumerable.Range(0, bars).Select(bar => start.AddDays(bar).ToUnixTimeMilliseconds()).ToArray();
        return new(times, equity, hold, Fall(equity), Fall(hold), cost, turnover, Histories(target, weights, band), marks, trades);
    }

    /// <summary>One day: each coin moves with the market and by itself, over a slow cycle; the stablecoin does not.</summary>
    private static void Move(double[] held, double[] kept, int bar, Random random)
    {
        var market = Normal(random);
        for (var k = 0; k < held.Length; k++)
        {
            var own = Normal(random);
            var move = _names[k] == "USDT" ? 0 : 0.0009 + Math.Sin(bar / 190.0) * 0.0022 + (0.03 + 0.004 * k) * (0.7 * market + 0.71 * own);
            held[k] *= 1 + move;
            kept[k] *= 1 + move;
        }
    }

    private static AssetHistory[] Histories(double[] target, double[][] weights, double band) => [.. weights.Select((own, k) => new AssetHistory
    {
        Name = _names[k],
        Target = target[k],
        BandLow = -band,
        BandHigh = band,
        Weights = own,
        Drift = [.. own.Select(weight => weight - target[k])],
        RiskShare = _names[k] == "USDT" ? 0 : own[^1] * (1 + 0.1 * k),
        HoldRiskShare = own[0],
        AverageWeight = own.Average(),
        AverageRiskShare = _names[k] == "USDT" ? 0 : own.Average() * (1.1 + 0.05 * k),
    })];

    private static TradeLine Trade(DateTimeOffset time, string asset, double drift, double value, string reason) => new(
        $"{time:yyyy-MM-dd}", drift > 0 ? TradeSide.Sell : TradeSide.Buy, asset,
        $"{Math.Abs(drift) * value / 100:F4}", "100.00", $"{Math.Abs(drift) * value:F2}", $"{Math.Abs(drift) * value * FeeBps / 1e4:F2}", reason);

    private static double[] Targets(int assets)
    {
        double[] first = [0.5, 0.3, 0.1, 0.1];
        return assets == 4 ? first : [.. Enumerable.Repeat(1.0 / assets, assets)];
    }

    private static double[] Fall(double[] values)
    {
        var high = values[0];
        return [.. values.Select(value => value / (high = Math.Max(high, value)) - 1)];
    }

    private static KeyFigure[] Figures(Path path) =>
    [
        new("End value", "USDT", $"{path.Equity[^1]:N0}", $"{path.Hold[^1]:N0}", Comparison.Worse),
        new("Growth", "CAGR", "+10.5 %", "+30.1 %", Comparison.Worse),
        new("Volatility", "a year", "52.5 %", "57.5 %", Comparison.Better),
        new("Deepest fall", "", $"{-100 * path.Fall.Min():F1} %", $"{-100 * path.HoldFall.Min():F1} %", Comparison.Worse),
        new("Sharpe", "risk-free 0", "0.45", "0.75", Comparison.Worse),
        new("Sortino", "", "0.65", "1.09", Comparison.Worse),
        new("Calmar", "", "0.17", "0.52", Comparison.Worse),
        new("Turnover", "both sides, a year", $"{path.Turnover[^1] / 4:F2} ×", "0", Comparison.None),
        new("Cost", "a year", "10.9 bps", "0", Comparison.None),
    ];

    private static KeyFigure[] Losses() =>
    [
        new("Worst", "of daily bars", "−14.0 %", "−15.8 %", Comparison.Better),
        new("Longest fall", "high to new high", "402 days", "420 days", Comparison.Better),
        new("Beta", "to holding", "0.97", "1.00", Comparison.None),
    ];

    private static YearOfMonths[] Months(Path path)
    {
        var days = path.Times.Select(DateTimeOffset.FromUnixTimeMilliseconds).Zip(path.Equity).ToArray();
        var before = path.Equity[0];
        return [.. days.GroupBy(day => day.First.Year).Select(year =>
        {
            var atStart = before;
            var returns = new double?[12];
            foreach (var month in year.GroupBy(day => day.First.Month))
            {
                returns[month.Key - 1] = month.Last().Second / before - 1;
                before = month.Last().Second;
            }

            return new YearOfMonths(year.Key, returns, before / atStart - 1);
        })];
    }

    private static PolicyRun[] Neighbours()
    {
        double[] bands = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 13, 16];
        return [.. bands.Select(band => new PolicyRun($"{band} points", 36 / Math.Sqrt(band) - 4, 0.0045 * band + 0.001 * Math.Sin(3 * band) + 0.003, (int)(400 / band), band == 5))];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
