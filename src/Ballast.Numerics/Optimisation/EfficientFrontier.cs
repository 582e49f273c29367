using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Optimisation;

/// <summary>How the points of a frontier are spread.</summary>
public enum FrontierSpacing
{
    Return,
    Volatility,
}

/// <summary>A number of portfolios from the least variance to the greatest return, under any limits.</summary>
public static class EfficientFrontier
{
    public static Answer<Portfolio[]> Solve(Curvature risk, double[] mean, Limits limits, int points, FrontierSpacing spacing = FrontierSpacing.Return)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return MeanVariance.MinVariance(risk, limits).Then(lowest => MaxReturn(risk, mean, limits).Then(highest =>
            Between(risk, mean, limits, points, spacing, lowest, highest)));
    }

    /// <summary>The greatest return; among portfolios that all have it, the one of least variance.</summary>
    public static Answer<Portfolio> MaxReturn(Curvature risk, double[] mean, Limits limits) =>
        MeanVariance.Solve(new(Curvature.None(risk.Size), [.. mean.Select(x => -x)], limits), w => Vectors.Dot(mean, w)).Then<Portfolio>(most =>
        {
            // A little curvature decides between equals without moving a single best vertex.
            var tilt = risk.MeanDiagonal() > 0 ? 1e-6 * Math.Max(Vectors.MaxAbs(mean), 1e-300) / risk.MeanDiagonal() : 0;
            var steady = MeanVariance.Solve(new(risk.Times(tilt), [.. mean.Select(x => -x)], limits), w => Vectors.Dot(mean, w));
            return steady is Answer<Portfolio>.Found { Value: var found } && found.Objective >= most.Objective - 1e-12 * Math.Abs(most.Objective) ? found : most;
        });

    private static Answer<Portfolio[]> Between(Curvature risk, double[] mean, Limits limits, int count, FrontierSpacing spacing, Portfolio lowest, Portfolio highest)
    {
        var portfolios = new Portfolio[count];
        (portfolios[0], portfolios[^1]) = (lowest, highest with { Objective = risk.Form(highest.Weights) });
        var (low, high) = (Measure(lowest), Measure(highest));
        for (var k = 1; k < count - 1; k++)
        {
            var wanted = low + k * (high - low) / (count - 1);
            var answer = spacing == FrontierSpacing.Return ? MeanVariance.TargetReturn(risk, mean, wanted, limits) : MeanVariance.TargetVolatility(risk, mean, wanted, limits);
            if (answer is Answer<Portfolio>.Refused refused) return new Answer<Portfolio[]>.Refused(refused.Code, refused.Reason);
            portfolios[k] = answer.OrThrow();
            portfolios[k] = portfolios[k] with { Objective = risk.Form(portfolios[k].Weights) };
        }
        return portfolios;
        double Measure(Portfolio p) => spacing == FrontierSpacing.Return ? Vectors.Dot(mean, p.Weights) : Math.Sqrt(risk.Form(p.Weights));
    }
}
