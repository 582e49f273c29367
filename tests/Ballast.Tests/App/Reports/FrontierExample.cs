using Ballast.App.Reports;
using Ballast.Money;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Numerics.Statistics;

namespace Ballast.Tests.App.Reports;

/// <summary>Made-up returns of ten assets in three groups, the same for the same seed, and what the numerics say of them.</summary>
internal static class FrontierExample
{
    private const int Days = 730;
    private const double RiskFree = 0.04;

    /// <summary>Name, group, share of the move that is the group's, volatility and expected return a year.</summary>
    private static readonly (string Name, int Group, double Shared, double Volatility, double Return)[] _assets =
    [
        ("BTC", 0, 0.9, 0.45, 0.16), ("ETH", 0, 0.85, 0.60, 0.20), ("SOL", 1, 0.8, 0.85, 0.30), ("BNB", 0, 0.6, 0.50, 0.14), ("AVAX", 1, 0.8, 0.90, 0.24),
        ("LINK", 1, 0.6, 0.80, 0.22), ("XRP", 1, 0.4, 0.75, 0.12), ("PAXG", 2, 0.9, 0.14, 0.06), ("XAUT", 2, 0.95, 0.15, 0.055), ("USDE", 2, 0.1, 0.05, 0.05),
    ];

    private static readonly double[] _current = [0.40, 0.25, 0.15, 0.05, 0.05, 0.05, 0.05, 0, 0, 0];

    private static readonly Matrix _covariance = Covariance.Sample(Returns());

    private static string[] Names => [.. _assets.Select(asset => asset.Name)];

    private static FrontierDrawing Drawing => new(Names, _covariance, [.. _assets.Select(asset => asset.Return / 365)], 365);

    public static FrontierData Frontier(string first = "BTC") => new()
    {
        Name = "Ten assets, none above 40 %",
        Verdict = [$"The current portfolio is at *{Percent(Curve().Marks[0].Volatility)}* volatility; the frontier offers the same return at *{Percent(SameReturn())}*."],
        Flags = ["synthetic returns: a seeded draw, not a market"],
        Period = $"{Days} daily returns of 10 assets",
        Computed = [new("Covariance", "sample, n − 1"), new("Method", "critical line: exact turning points"), new("Seed", "7")],
        Frontier = Curve() with { Assets = [.. Curve().Assets.Select((asset, i) => i == 0 ? asset with { Name = first } : asset)] },
    };

    public static OptimiseData Optimise(bool known = true, int clusters = 3, string note = "")
    {
        var chosen = HierarchicalEqualRisk.Of(_covariance, clusters).OrThrow().Weights;
        var (before, after) = (PortfolioRisk.Shares(_current, _covariance)!, PortfolioRisk.Shares(chosen, _covariance)!);
        var curve = Curve();
        return new()
        {
            Name = "core: herc",
            Verdict = [$"Volatility falls from *{Percent(curve.Marks[0].Volatility)}* to *{Percent(Drawing.Marked(Mark.Chosen, chosen).Volatility)}* a year; the largest share of risk from *{Percent(before.Max())}* to *{Percent(after.Max())}*.", "It trades *146.2 %* of value, both sides, and costs *14.6 bps*."],
            Flags = ["synthetic returns: a seeded draw, not a market"],
            Notes = [.. note.Length > 0 ? (string[])[note] : []],
            Period = $"{Days} daily returns of 10 assets",
            Computed = [new("Covariance", "sample, n − 1"), new("Method", "herc, Ward, 3 clusters"), new("Seed", "7")],
            Figures = Changes(curve.Marks[0], Drawing.Marked(Mark.Chosen, chosen), before, after, known),
            Assets = [.. Names.Select((name, i) => new AssetChange { Name = name, Before = known ? _current[i] : null, After = chosen[i], RiskBefore = known ? before[i] : null, RiskAfter = after[i] })],
            Tree = Dendrogram.Of(Names, Linkage.Of(CorrelationDistance.Of(_covariance, LinkageInput.CondensedDistance), LinkageMethod.Ward).OrThrow(), _covariance, clusters),
            Frontier = curve with { Marks = [.. curve.Marks, Drawing.Marked(Mark.Chosen, chosen)] },
        };
    }

    private static FigureChange[] Changes(MarkedPortfolio current, MarkedPortfolio chosen, double[] before, double[] after, bool known)
    {
        FigureChange Change(string name, string hint, double was, double now, Func<double, string> say, bool? more) =>
            new(name, hint, known ? say(was) : "", say(now), !known || more is null ? Comparison.None : now > was == more ? Comparison.Better : Comparison.Worse);
        return
        [
            Change("Volatility", "a year", current.Volatility, chosen.Volatility, Percent, more: false),
            Change("Expected return", "a year", current.Return, chosen.Return, Percent, more: true),
            Change("Sharpe", "risk-free 4 %", (current.Return - RiskFree) / current.Volatility, (chosen.Return - RiskFree) / chosen.Volatility, x => Figures.Number(x), more: true),
            Change("Largest share of risk", "", before.Max(), after.Max(), Percent, more: false),
            Change("Effective assets", "1 / Σ w²", 1 / PortfolioRisk.Hhi(current.Weights.ToArray()), 1 / PortfolioRisk.Hhi(chosen.Weights.ToArray()), x => Figures.Number(x, 1), more: true),
            new("Turnover", "both sides", known ? "0" : "", "184.6 %", Comparison.None),
            new("Cost", "", "", "18.5 bps", Comparison.None),
        ];
    }

    private static FrontierCurve Curve()
    {
        var frontier = CriticalLine.Solve(_covariance, Drawing.Mean, Limits.Between(_assets.Length, 0, 0.4)).OrThrow();
        var best = frontier.MaxSharpe(RiskFree / 365).OrThrow().Weights;
        return Drawing.Curve(frontier, RiskFree,
            [Drawing.Marked(Mark.Current, _current), Drawing.Marked(Mark.MinVariance, frontier.MinVariance.Weights), Drawing.Marked(Mark.MaxSharpe, best)]);
    }

    private static double SameReturn() => Curve().Points.First(point => point.Return >= Curve().Marks[0].Return).Volatility;

    private static Matrix Returns()
    {
        var random = new Xoshiro256(7);
        return Matrix.FromRows([.. Enumerable.Range(0, Days).Select(_ => Day(random))]);
    }

    private static double[] Day(Xoshiro256 random)
    {
        var market = random.NextNormal();
        double[] groups = [0.8 * market + 0.6 * random.NextNormal(), 0.7 * market + 0.7 * random.NextNormal(), random.NextNormal()];
        return [.. _assets.Select(a => a.Volatility / Math.Sqrt(365) * (a.Shared * groups[a.Group] + Math.Sqrt(1 - a.Shared * a.Shared) * random.NextNormal()))];
    }

    private static string Percent(double fraction) => Figures.Percent(fraction, 1);
}
