using Ballast.App.Reports;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;

namespace Ballast.App.Commands;

/// <summary>An efficient frontier: by its turning points where only bounds limit the weights, else point by point.</summary>
/// <param name="Corners">Null where groups or turnover limit the weights.</param>
/// <param name="Points">Evenly spaced in return, from the least variance to the greatest return.</param>
/// <param name="MaxSharpe">Null where nothing returns more than the risk-free rate.</param>
internal sealed record FrontierStudy(EstimateInput Input, Frontier? Corners, IReadOnlyList<Portfolio> Points, Portfolio? MaxSharpe)
{
    public static Answer<FrontierStudy> Of(EstimateInput input, int points)
    {
        var (estimates, limits) = (input.Estimates, input.Limits);
        if (estimates.Mean is not { } mean) return new Answer<FrontierStudy>.Refused("MeanMissing", "a frontier needs expected returns: give --mean beside --cov");
        var bounds = limits with { Current = [], Turnover = double.PositiveInfinity };
        var sharpest = MeanVariance.MaxSharpe(Curvature.Dense(estimates.Covariance), mean, input.RiskFree / estimates.PeriodsAYear, bounds, estimates.PeriodsAYear);
        // The critical line itself walks past negative variances, and would call what it meets a frontier.
        if (sharpest is Answer<Portfolio>.Refused { Code: "NotPositiveSemidefinite" } unsound) return new Answer<FrontierStudy>.Refused(unsound.Code, unsound.Reason);
        var best = sharpest is Answer<Portfolio>.Found(var found) ? found : null;
        var answer = limits.OnlyBounds
            ? CriticalLine.Solve(estimates.Covariance, mean, bounds).Then<FrontierStudy>(corners => new FrontierStudy(input, corners, [.. Even(corners, points)], best))
            : EfficientFrontier.Solve(Curvature.Dense(estimates.Covariance), mean, limits, points).Then<FrontierStudy>(found => new FrontierStudy(input, null, found, best));
        return answer is Answer<FrontierStudy>.Refused refused ? refused with { Reason = estimates.Named(refused.Reason) } : answer;
    }

    public FrontierCurve Curve(IEnumerable<MarkedPortfolio> more)
    {
        var drawing = FrontierDrawing.Of(Input.Estimates)!;
        var marks = new List<MarkedPortfolio> { drawing.Marked(Mark.MinVariance, Points[0].Weights) };
        if (Input.Limits.Current is { Length: > 0 } now) marks.Insert(0, drawing.Marked(Mark.Current, now));
        if (MaxSharpe is { } best) marks.Add(drawing.Marked(Mark.MaxSharpe, best.Weights));
        marks.AddRange(more);
        double? riskFree = Input.RiskFree == 0 ? null : Input.RiskFree;
        return Corners is { } corners ? drawing.Curve(corners, riskFree, marks) : drawing.Curve(Points, riskFree, marks);
    }

    /// <summary>The least volatile portfolio that returns as much as the one of now; null where none does, or nothing is held.</summary>
    public Portfolio? AsMuchAsNow()
    {
        if (Input.Limits.Current is not { Length: > 0 } now || Input.Estimates.Mean is not { } mean) return null;
        return MeanVariance.TargetReturn(Curvature.Dense(Input.Estimates.Covariance), mean, Algebra.Dot(mean, now), Input.Limits) is Answer<Portfolio>.Found(var found) ? found : null;
    }

    private static IEnumerable<Portfolio> Even(Frontier corners, int points)
    {
        var (least, most) = (corners.MinVariance.Return, corners.MaxReturn.Return);
        for (var k = 0; k < points; k++) yield return corners.AtReturn(k == points - 1 ? most : least + (most - least) * k / (points - 1)).OrThrow();
    }
}
