using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Portfolios chosen by expected return and covariance (Markowitz 1952), within limits.</summary>
/// <remarks>Means and covariances are per period. Every method throws where lengths disagree or a number is not finite.</remarks>
public static class MeanVariance
{
    // Singles out the evenest of equally good portfolios, to about its own size over that of rounding.
    private const double Ridge = 1e-10;

    /// <summary>min w'Σw.</summary>
    public static Answer<Portfolio> MinVariance(Curvature risk, Limits limits) =>
        Sound(risk, limits) is { } refused ? refused
        : limits.LongOnly && limits.Total == 1 && risk is DenseCurvature dense && Homogeneous(dense, Ones(risk.Size)) is { } walked ? walked with { Objective = risk.Form(walked.Weights) }
        : Solve(new(risk, new double[risk.Size], limits), w => risk.Form(w));

    /// <summary>max μ'w − (γ/2) w'Σw − Σ κ_i|w_i − w⁰_i| − Σ η_i|w_i − w⁰_i|^{3/2}.</summary>
    public static Answer<Portfolio> MaxUtility(Curvature risk, double[] mean, double aversion, Limits limits, double[]? costs = null, double[]? impact = null)
    {
        if (!(aversion >= 0 && double.IsFinite(aversion))) throw new ArgumentOutOfRangeException(nameof(aversion), aversion, "risk aversion is negative or not finite");
        if (Sound(risk, limits) is { } refused) return refused;
        var problem = new PortfolioProblem(aversion == 0 ? Curvature.None(risk.Size) : risk.Times(aversion), [.. mean.Select(x => -x)], limits) { Costs = costs ?? [], Impact = impact ?? [] };
        return Solve(problem, w => -problem.Objective(w));
    }

    /// <summary>min (w−t)'Σ(w−t) + Σ κ_i|w_i − w⁰_i|: how near to the target is worth its costs.</summary>
    public static Answer<Portfolio> TrackingErrorWithCosts(Curvature risk, double[] target, double[] costs, Limits limits)
    {
        if (Sound(risk, limits) is { } refused) return refused;
        var pull = new double[risk.Size];
        risk.Multiply(target, pull);
        var problem = new PortfolioProblem(risk.Times(2), [.. pull.Select(x => -2 * x)], limits) { Costs = costs };
        var constant = risk.Form(target);
        return Solve(problem, w => problem.Objective(w) + constant);
    }

    /// <summary>min w'Σw with μ'w at least the return.</summary>
    /// <param name="periodsAYear">For the sentence of a refusal, which speaks of years.</param>
    public static Answer<Portfolio> TargetReturn(Curvature risk, double[] mean, double least, Limits limits, double periodsAYear = 1) =>
        MinVariance(risk, limits).Then(lowest =>
            Vectors.Dot(mean, lowest.Weights) >= least
                ? lowest
                : Solve(new(risk, new double[risk.Size], limits with { Rows = [.. limits.Rows, LinearLimit.AtLeast("return", mean, least) with { Words = $"an expected return of at least {Infeasibility.Share(least * periodsAYear)} a year" }] }), w => risk.Form(w)));

    /// <summary>max μ'w with √(w'Σw) at most the volatility.</summary>
    /// <param name="periodsAYear">For the sentence of a refusal, which speaks of years.</param>
    public static Answer<Portfolio> TargetVolatility(Curvature risk, double[] mean, double most, Limits limits, double periodsAYear = 1) =>
        Sound(risk, limits) is { } refused ? refused : new FrontierSearch(risk, mean, limits, periodsAYear).AtVolatility(most);

    /// <summary>max (μ'w − r_f Σw)/√(w'Σw), or <c>NoPositiveExcessReturn</c>.</summary>
    /// <param name="periodsAYear">For the sentence of a refusal, which speaks of years.</param>
    public static Answer<Portfolio> MaxSharpe(Curvature risk, double[] mean, double riskFree, Limits limits, double periodsAYear = 1) =>
        Sound(risk, limits) is { } refused ? refused : MaxRatio(risk, [.. mean.Select(x => x - riskFree)], limits, periodsAYear);

    /// <summary>max w's/√(w'Σw), s the volatilities (Choueifaty and Coignard 2008).</summary>
    public static Answer<Portfolio> MaxDiversification(Curvature risk, Limits limits) =>
        Sound(risk, limits) is { } refused ? refused : MaxRatio(risk, [.. Enumerable.Range(0, risk.Size).Select(i => Math.Sqrt(risk.Diagonal(i)))], limits);

    /// <summary>min w'Rw, R the correlation (Christoffersen, Errunza, Jacobs and Jin 2010).</summary>
    public static Answer<Portfolio> MaxDecorrelation(Matrix covariance, Limits limits)
    {
        var (n, correlation) = (covariance.Rows, new Matrix(covariance.Rows, covariance.Rows));
        for (var i = 0; i < n; i++)
        {
            if (!(covariance[i, i] > 0)) return Portfolio.Refused("ZeroVolatility", $"asset {i} has the variance {covariance[i, i]:R}");
            for (var j = 0; j < n; j++) correlation[i, j] = i == j ? 1 : covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]);
        }
        return MinVariance(Curvature.Dense(correlation), limits);
    }

    internal static Answer<Portfolio> Solve(PortfolioProblem problem, Func<double[], double> objective)
    {
        if (problem.Limits.Unbounded && problem.Risk.MeanDiagonal() > 0 && !Definite(problem.Risk, -1e-12 * problem.Risk.MeanDiagonal()))
            return Portfolio.Refused("SingularCovariance", "without bounds the covariance must be positive definite: shrink it, or bound the weights");
        return Portfolio.Of(PortfolioSolver.Solve(problem), objective);
    }

    /// <summary>The refusals that any of these methods makes before it starts.</summary>
    private static Answer<Portfolio>? Sound(Curvature risk, Limits limits)
    {
        limits.Require(risk.Size);
        if (risk.Size == 0) return Portfolio.Refused("NoAssets", "there is nothing to choose from");
        // λ_min ≥ −1e-10 λ_max, with the trace for λ_max.
        return Definite(risk, 1e-10 * risk.Size * risk.MeanDiagonal() + double.Epsilon) || risk.MeanDiagonal() == 0
            ? null
            : Portfolio.Refused("NotPositiveSemidefinite", "the covariance gives some portfolio a negative variance");
    }

    private static bool Definite(Curvature risk, double ridge) => risk.Factor(Enumerable.Repeat(ridge, risk.Size).ToArray());

    private static Answer<Portfolio> MaxRatio(Curvature risk, double[] excess, Limits limits, double periodsAYear = 1)
    {
        if (limits.LongOnly && excess.All(x => x <= 0)) return FrontierSearch.NoExcess(excess.Max() * periodsAYear);
        if (limits.LongOnly && limits.Total == 1 && risk is DenseCurvature dense && Homogeneous(dense, excess) is { } walked)
            return walked with { Objective = Vectors.Dot(excess, walked.Weights) / Math.Sqrt(risk.Form(walked.Weights)) };
        return new FrontierSearch(risk, excess, limits, periodsAYear).MaxRatio();
    }

    /// <summary>min ½y'Σy − f'y, y ≥ 0, w = y/Σy: the walk where it succeeds, null for the interior point to try.</summary>
    private static Portfolio? Homogeneous(DenseCurvature risk, double[] f)
    {
        var scale = risk.MeanDiagonal();
        if (!(scale > 0) || LongOnlyWalk.Solve(risk.Matrix, f) is not var (y, support) || support.Length == 0) return null;
        var many = LongOnlyWalk.Indifferent(risk.Matrix, f, y);
        if (many && LongOnlyWalk.Solve(Ridged(risk.Matrix, Ridge * scale), f) is var (even, all)) (y, support) = (even, all);
        var sum = Vectors.Sum(y);
        double[] weights = [.. y.Select(x => x / sum)];
        return new(weights, double.NaN) { Iterations = support.Length, Residual = LongOnlyWalk.Residual(risk.Matrix, f, y), Regularised = many };
    }

    private static Matrix Ridged(Matrix matrix, double ridge) => Algebra.Filled(matrix.Rows, matrix.Rows, (i, j) => matrix[i, j] + (i == j ? ridge : 0));

    private static double[] Ones(int n) => [.. Enumerable.Repeat(1.0, n)];
}
