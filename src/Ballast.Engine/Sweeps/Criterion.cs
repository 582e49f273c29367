using Ballast.Numerics.Statistics;

namespace Ballast.Engine.Sweeps;

/// <summary>By what the best of several policies is chosen.</summary>
public enum Criterion { Growth, Sharpe, Sortino, Calmar, Volatility, MaxDrawdown, Cost }

/// <summary>Judges a path by a criterion.</summary>
public static class Criteria
{
    /// <summary>Whether less is better.</summary>
    public static bool IsLoss(this Criterion criterion) => criterion is Criterion.Volatility or Criterion.MaxDrawdown or Criterion.Cost;

    /// <summary>The figure, a year where it has one: growth is logarithmic, cost a fraction of value; null where it is undefined or there are fewer than two returns.</summary>
    public static double? Figure(this Criterion criterion, PolicyPath path, double barsAYear, double riskFree)
    {
        if (path.Returns.Length < 2) return null;
        if (criterion == Criterion.Cost) return path.Costs.Average() * barsAYear;
        if (criterion == Criterion.Growth) return path.Returns.Min() <= -1 ? null : path.Returns.Average(r => Math.Log(1 + r)) * barsAYear;
        var metrics = SeriesMetrics.Of(path.Returns, barsAYear, riskFree / barsAYear);
        return criterion switch
        {
            Criterion.Sharpe => metrics.SharpeAnn,
            Criterion.Sortino => metrics.SortinoAnn,
            Criterion.Calmar => metrics.Calmar,
            Criterion.Volatility => metrics.VolAnn,
            _ => metrics.MaxDrawdown,
        };
    }

    /// <summary>The place of the best figure; of equals the first, and what is undefined is worse than all else.</summary>
    public static int Best(this Criterion criterion, IReadOnlyList<double?> figures)
    {
        var best = 0;
        for (var k = 1; k < figures.Count; k++)
            if (criterion.Worth(figures[k]) > criterion.Worth(figures[best])) best = k;
        return best;
    }

    /// <summary>The share of the others that a figure is better than; equals count a half. A choice by luck is at a half on average.</summary>
    public static double Rank(this Criterion criterion, IReadOnlyList<double?> figures, int of)
    {
        if (figures.Count < 2) return 0.5;
        var own = criterion.Worth(figures[of]);
        var better = figures.Sum(f => criterion.Worth(f) is var other && own > other ? 1 : own == other ? 0.5 : 0) - 0.5;
        return better / (figures.Count - 1);
    }

    private static double Worth(this Criterion criterion, double? figure) => figure is not { } f ? double.NegativeInfinity : criterion.IsLoss() ? -f : f;
}
