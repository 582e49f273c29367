using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Optimisation;

/// <summary>Finds a portfolio on the efficient frontier w(θ) = argmin ½w'Σw − θ e'w by a condition on its return and variance, under any limits.</summary>
/// <remarks>
/// Between two kinks w(θ) is linear, and any mixture of two portfolios keeps the limits. So the best mixture of the bracket's ends
/// names the next θ, and is the answer itself once both ends lie on one piece (Markowitz 1956: the frontier is made of such pieces).
/// </remarks>
/// <param name="periodsAYear">For the sentences of refusals.</param>
internal sealed class FrontierSearch(Curvature risk, double[] excess, Limits limits, double periodsAYear)
{
    private const int MostRounds = 100;
    private readonly double unit = risk.MeanDiagonal() / Math.Max(Vectors.MaxAbs(excess), 1e-300);

    /// <param name="most">A year.</param>
    public static Answer<Portfolio> NoExcess(double most) => Portfolio.Refused("NoPositiveExcessReturn", $"no portfolio within the limits has a positive excess return; the most is {Infeasibility.Share(most)} a year");

    /// <summary>max e'w/√(w'Σw): on the frontier, where θ = w'Σw/e'w.</summary>
    public Answer<Portfolio> MaxRatio()
    {
        var greatest = MostReturn();
        if (greatest.Status == Status.Optimal && !(-greatest.Objective > 0)) return NoExcess(-greatest.Objective * periodsAYear);
        if (greatest.Status is Status.Infeasible) return Portfolio.Of(greatest, _ => 0);
        return Search(p => p.Theta * p.Return - p.Variance, BestRatio, p => p.Return / Math.Sqrt(p.Variance));
    }

    /// <summary>max e'w with w'Σw ≤ s².</summary>
    public Answer<Portfolio> AtVolatility(double most)
    {
        if (!(most >= 0 && double.IsFinite(most))) throw new ArgumentOutOfRangeException(nameof(most), most, "a volatility is not negative");
        var greatest = MostReturn();
        if (greatest.Status == Status.Infeasible) return Portfolio.Of(greatest, _ => 0);
        if (greatest.Status == Status.Optimal && risk.Form(greatest.Weights) <= most * most) return Portfolio.Of(greatest, w => Vectors.Dot(excess, w));
        return At(0).Then(lowest => lowest.Variance > most * most * (1 + 1e-12)
            ? Portfolio.Refused("Infeasible", $"no portfolio within the limits has a volatility below {Infeasibility.Share(Math.Sqrt(lowest.Variance * periodsAYear))} a year")
            : Search(p => p.Variance - most * most, (a, b) => VarianceRoot(a, b, most * most), p => p.Return));
    }

    private Solution MostReturn() => PortfolioSolver.Solve(new(Curvature.None(risk.Size), [.. excess.Select(x => -x)], limits));

    private Answer<Portfolio> Search(Func<Point, double> condition, Func<Point, Point, double> mixture, Func<Point, double> objective) =>
        At(0)
            .Then(low => Bracket(low, unit, condition, rounds: 0))
            .Then(ends => Narrow(ends.Low, ends.High, condition, mixture))
            .Then<Portfolio>(found => found.Portfolio with { Objective = objective(found) });

    /// <summary>Two points between which the condition changes its sign.</summary>
    private Answer<(Point Low, Point High)> Bracket(Point low, double theta, Func<Point, double> condition, int rounds) => At(theta).Then(high =>
        condition(high) >= 0 ? (low, high)
        : rounds == 40 ? new Answer<(Point Low, Point High)>.Refused("Unbounded", "the limits leave the return no end")
        : Bracket(high, 4 * theta, condition, rounds + 1));

    private Answer<Point> Narrow(Point low, Point high, Func<Point, double> condition, Func<Point, Point, double> mixture)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            // Every other time half way, so that an end that never moves cannot slow the search.
            var share = round % 2 == 1 ? 0.5 : mixture(low, high);
            var at = At(low.Theta + share * (high.Theta - low.Theta));
            if (at is not Answer<Point>.Found { Value: var middle }) return at;
            var value = condition(middle);
            if (Math.Abs(value) <= 1e-14 * (middle.Variance + Math.Abs(middle.Theta * middle.Return)) || high.Theta - low.Theta <= 1e-13 * high.Theta) return at;
            (low, high) = value < 0 ? (middle, high) : (low, middle);
        }
        return new Answer<Point>.Refused("MaxIterations", $"the frontier was searched between {low.Theta:R} and {high.Theta:R}");
    }

    private Answer<Point> At(double theta) => !double.IsFinite(theta * Vectors.MaxAbs(excess))
        ? new Answer<Point>.Refused("Numerical", "risk and return are too far apart in size for a double")
        : MeanVariance.Solve(new(risk, [.. excess.Select(x => -theta * x)], limits), w => risk.Form(w))
            .Then<Point>(portfolio => new Point(theta, portfolio, Vectors.Dot(excess, portfolio.Weights), risk.Form(portfolio.Weights)));

    /// <summary>The t in [0, 1] with the best ratio of (1−t)a + tb: the derivative of (e_a + t e_d)/√(q₀ + 2t q₁ + t² q₂) vanishes there.</summary>
    private double BestRatio(Point a, Point b)
    {
        var (q1, q2) = Quadratic(a, b);
        var rise = b.Return - a.Return;
        var below = a.Return * q2 - rise * q1;
        return below == 0 ? 0.5 : Kept((rise * a.Variance - a.Return * q1) / below);
    }

    private double VarianceRoot(Point a, Point b, double wanted)
    {
        var (q1, q2) = Quadratic(a, b);
        var root = Math.Sqrt(Math.Max(0, q1 * q1 + q2 * (wanted - a.Variance)));
        return q1 + root == 0 ? 0.5 : Kept((wanted - a.Variance) / (q1 + root));
    }

    private static double Kept(double share) => double.IsFinite(share) ? Math.Clamp(share, 1e-6, 1 - 1e-6) : 0.5;

    /// <summary>a'Σd and d'Σd for d = b − a.</summary>
    private (double Cross, double Square) Quadratic(Point a, Point b)
    {
        double[] d = [.. b.Portfolio.Weights.Zip(a.Portfolio.Weights, (x, y) => x - y)];
        var product = new double[d.Length];
        risk.Multiply(d, product);
        return (Vectors.Dot(a.Portfolio.Weights, product), Vectors.Dot(d, product));
    }

    private sealed record Point(double Theta, Portfolio Portfolio, double Return, double Variance);
}
