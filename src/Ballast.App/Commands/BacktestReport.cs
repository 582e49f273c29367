using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Risk;

namespace Ballast.App.Commands;

/// <summary>A study as the data of its report: words are made here, and long series are thinned to what ink can show.</summary>
internal static class BacktestReport
{
    private const int Points = 1500;

    public static ReportData Of(BacktestStudy study, string policyPath, string pricesPath)
    {
        var run = study.Run;
        var shown = Shown(run.Equity.Length);
        double[] Pick(IReadOnlyList<double> series) => [.. shown.Select(t => series[t])];
        var hold = study.HoldEquity ?? [.. run.Equity.Select(_ => run.Equity[0])];
        return new ReportData
        {
            Name = Title(study),
            Base = study.Policy.Base.Code,
            Verdict = Verdict.Of(study),
            Flags = [.. Conventions.Flags(study).Concat(IsSynthetic(pricesPath) ? ["the prices are synthetic"] : [])],
            Period = BacktestText.Period(study),
            Figures = [.. KeyFigures(study)],
            Losses = [.. BacktestLosses.Of(study)],
            Times = [.. shown.Select(t => (run.Opens[t] + study.History.Spacing).ToUnixTimeMilliseconds())],
            Equity = Pick(run.Equity),
            Hold = Pick(hold),
            Fall = Pick(Falls(run.Returns())),
            HoldFall = Pick(Falls((run with { Equity = hold }).Returns())),
            Assets = [.. Assets(study, shown)],
            Rebalances = [.. run.Rebalances.Select(r => new RebalanceMark(Place(shown, r.Bar), r.Reason))],
            Cost = Pick(Cumulated(run, r => r.Cost)),
            Turnover = Pick(Cumulated(run, r => r.Turnover)),
            Months = Months.Of(study),
            Trades = [.. run.Fills.Select(f => Trade(f, study.Policy.Base))],
            Neighbours = Neighbours.Of(study),
            Computed = [.. Facts(study, policyPath, pricesPath)],
        };
    }

    /// <summary>The rules stand in the title where they are short.</summary>
    private static string Title(BacktestStudy study) => Rules(study) is { Length: <= 60 } rules ? $"{study.Policy.Name}: {rules}" : study.Policy.Name;

    private static string Rules(BacktestStudy study) => string.Join(", or when ", study.Policy.Rebalance.When.Select(r => r.Words));

    private static bool IsSynthetic(string path) => Path.GetFileName(path).Contains("synthetic", StringComparison.OrdinalIgnoreCase);

    private static int[] Shown(int count)
    {
        var step = Math.Max(1, (int)Math.Ceiling((double)count / Points));
        return [.. Enumerable.Range(0, count).Where(t => t % step == 0 || t == count - 1)];
    }

    private static int Place(int[] shown, int bar) => Array.BinarySearch(shown, bar) is var at && at >= 0 ? at : Math.Min(~at, shown.Length - 1);

    private static double[] Falls(double[] returns)
    {
        var falls = new double[returns.Length + 1];
        double wealth = 1, high = 1;
        for (var t = 0; t < returns.Length; t++)
        {
            wealth *= 1 + returns[t];
            high = Math.Max(high, wealth);
            falls[t + 1] = wealth / high - 1;
        }
        return falls;
    }

    private static double[] Cumulated(BacktestResult run, Func<Rebalanced, double> of)
    {
        var sums = new double[run.Equity.Length];
        foreach (var r in run.Rebalances) sums[r.Bar] += of(r);
        for (var t = 1; t < sums.Length; t++) sums[t] += sums[t - 1];
        return sums;
    }

    private static IEnumerable<KeyFigure> KeyFigures(BacktestStudy study)
    {
        var (f, h, years) = (study.Figures, study.Hold, study.Figures.Bars / study.BarsAYear);
        KeyFigure Beside(string name, string hint, double? policy, double? hold, Func<double?, string> say, bool more) => BesideHolding.Of(name, hint, policy, hold, say, more);
        yield return Beside("End value", study.Policy.Base.Code, f.EndValue, h?.EndValue, v => Figures.Number(v ?? 0, 0), more: true);
        yield return Beside("Growth", "a year", f.Cagr, h?.Cagr, v => v is { } x ? Figures.Signed(x * 100, 1) + " %" : "–", more: true);
        yield return Beside("Volatility", "a year", f.Volatility, h?.Volatility, BacktestText.Percent, more: false);
        yield return Beside("Deepest fall", "", f.MaxDrawdown, h?.MaxDrawdown, BacktestText.Percent, more: false);
        yield return Beside("Sharpe", "", f.Sharpe, h?.Sharpe, BacktestText.Ratio, more: true);
        yield return Beside("Sortino", "", f.Sortino, h?.Sortino, BacktestText.Ratio, more: true);
        yield return Beside("Calmar", "", f.Calmar, h?.Calmar, BacktestText.Ratio, more: true);
        yield return new("Turnover", "both sides, a year", Figures.Number(study.Run.Turnover / years) + " ×", "0", Comparison.None);
        yield return new("Cost", "a year", Figures.Number(Verdict.CostBps(study), 1) + " bps", "0", Comparison.None);
        if (study.TrackingError is { } te) yield return new("Tracking error", "a year, to always being at target", Figures.Percent(te), "–", Comparison.None);
    }

    private static IEnumerable<AssetHistory> Assets(BacktestStudy study, int[] shown)
    {
        var run = study.Run;
        var (_, last) = BacktestSpan.Of(study.History, study.Settings);
        var model = RiskModel.Estimate(new Trailing(study.History, last), run.Assets, study.Policy.Base, study.History.Spacing * run.Equity.Length, study.BarsAYear);
        var held = HoldBenchmark.LastWeights(study.Policy, study.History, study.Settings, run);
        double Share(Asset asset, Func<Asset, double> weights) => model?.ShareOf(asset, weights) ?? 0;
        double WeightAt(Asset asset, Func<double[], double> of) => run.Assets.IndexOf(asset) is >= 0 and var i ? of(run.Weights[i]) : 0;
        double End(Asset a) => WeightAt(a, w => w[^1]);
        double Average(Asset a) => WeightAt(a, w => w.Average());
        double TargetOf(Asset a) => run.Targets is { } t ? (double)(t.Of(a) + (a == study.Policy.Base ? t.CashRest : 0)) : 0;
        foreach (var asset in run.Assets.OrderByDescending(TargetOf).ThenBy(a => a))
        {
            var (weights, target) = (run.Weights[run.Assets.IndexOf(asset)], TargetOf(asset));
            if (target == 0 && weights.Max() < 1e-6) continue;
            var band = run.Bands is { } bands && bands.ByAsset.TryGetValue(asset, out var own) ? own : (Triggers.Band?)null;
            yield return new AssetHistory
            {
                Name = asset.Code, Target = target, BandLow = band?.Low - target, BandHigh = band?.High - target,
                Weights = [.. shown.Select(t => weights[t])], Drift = [.. shown.Select(t => weights[t] - target)],
                RiskShare = Share(asset, End), HoldRiskShare = held is null ? null : Share(asset, a => held.GetValueOrDefault(a)), AverageWeight = weights.Average(), AverageRiskShare = Share(asset, Average),
            };
        }
    }

    private static TradeLine Trade(Filled f, Asset unit) => new(Words.Time(f.At), f.Side == Side.Buy ? TradeSide.Buy : TradeSide.Sell, f.Asset.Code,
        Figures.Exact(Math.Round(f.Quantity, 8)), Words.Price(Math.Round(f.Price, 8)), Figures.Money(f.Value, unit), Figures.Money(f.Cost, unit), f.Reason);

    private static IEnumerable<Fact> Facts(BacktestStudy study, string policyPath, string pricesPath)
    {
        yield return new("Acts when", Rules(study) is { Length: > 0 } rules ? rules : "never: it holds");
        yield return new("Decided on", "the close of each bar; nothing later is known");
        yield return new("Filled", $"{Conventions.FillWords(study.Settings.Fill)}, {Conventions.CostWords(study.Policy.Costs.Default)}");
        yield return new("First purchase", study.Run.FirstBar < 0 ? "none: it began with the holdings given" : study.Settings.ChargeInitial ? "at the first close, charged" : "at the first close, free");
        yield return new("Made annual", $"{Figures.Number(study.BarsAYear, 0)} bars a year, risk-free {Figures.Percent(study.Settings.RiskFree)}");
        yield return new("Engine", study.EnginesDiffer is { } d ? $"the planner itself; the back-test over arrays agrees within {d:0.0e+0} of value" : $"the planner itself{(study.WhyExact is { } why ? $"; not over arrays: {why}" : "")}");
        if (study.Against is { } b) yield return new("Chance", $"circular block bootstrap, {b.Plan.Resamples} resamples, blocks of {b.BlockLength:0.#} bars, seed {b.Plan.Seed}");
        yield return new("Not modelled", "partial fills, order queues, taxes in the curve");
        foreach (var note in study.Run.Notes) yield return new("History", note);
        yield return new("Policy", $"{Path.GetFileName(policyPath)}, sha256 {Digest.Short(Digest.OfPath(policyPath))}");
        yield return new("Prices", $"{Path.GetFileName(pricesPath.TrimEnd('/'))}, sha256 {Digest.Short(Digest.OfPath(pricesPath))}");
        yield return new("Result", $"sha256 {Digest.Short(Digest.Of(study.Run))}; the same input gives the same bytes");
        yield return new("Made by", $"ballast {typeof(BacktestReport).Assembly.GetName().Version?.ToString(3)}");
    }
}
