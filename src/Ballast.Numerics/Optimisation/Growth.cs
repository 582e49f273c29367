using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Portfolios of greatest expected growth (Kelly 1956): from scenarios, or in continuous time from mean and covariance.</summary>
public static class Growth
{
    private const int MostSteps = 100;
    // Wealth after the worst scenario stays above this part of what it was.
    private const double LeastWealth = 1e-9;

    /// <summary>max T⁻¹ Σ ln(1 + r_f(1 − Σw) + x_t'w) over scenarios x (T × n), within limits; fully invested where the limits' total is one.</summary>
    /// <remarks>Newton's method whose step is a quadratic programme within the limits, shortened until the growth rises (Armijo).</remarks>
    public static Answer<Portfolio> Kelly(Matrix returns, double riskFree, Limits limits)
    {
        if (returns.RequireFinite().Rows == 0) return Portfolio.Refused("TooShort", "there are no scenarios");
        return MeanVariance.MinVariance(Curvature.Dense(SecondMoments(returns)), limits).Then(start => new Search(returns, riskFree, limits, start.Weights).Run());
    }

    /// <summary>f Σ⁻¹(μ − r_f): growth in continuous time, without limits; the rest is cash, or debt.</summary>
    public static Answer<double[]> Continuous(Matrix covariance, double[] mean, double riskFree, double fraction = 1)
    {
        var factor = new GrowingCholesky(covariance.RequireFinite().RequireSymmetric());
        for (var i = 0; i < mean.Length; i++)
            if (!factor.Append(i)) return new Answer<double[]>.Refused("SingularCovariance", $"asset {i} is a combination of others");
        double[] w = [.. mean.Select(m => fraction * (m - riskFree))];
        factor.Solve(w);
        return w;
    }

    private static Matrix SecondMoments(Matrix returns)
    {
        var moments = new Matrix(returns.Columns, returns.Columns);
        for (var t = 0; t < returns.Rows; t++)
            for (var i = 0; i < returns.Columns; i++) Vectors.AddScaled(returns[t, i] / returns.Rows, returns.Row(t), moments.Row(i));
        return moments;
    }

    private sealed class Search(Matrix returns, double riskFree, Limits limits, double[] start)
    {
        private readonly double[] wealth = new double[returns.Rows];

        public Answer<Portfolio> Run()
        {
            var (w, growth) = (start, At(start));
            if (double.IsNegativeInfinity(growth)) return Portfolio.Refused("Ruin", "the portfolio of least variance loses everything in some scenario");
            for (var step = 1; step <= MostSteps; step++)
            {
                var (slope, bend) = Derivatives(w);
                if (Step(w, slope, bend) is not Answer<Portfolio>.Found { Value: var target } failed) return Step(w, slope, bend);
                double[] direction = [.. target.Weights.Zip(w, (a, b) => a - b)];
                var rise = Vectors.Dot(slope, direction);
                if (rise <= 1e-15 || Vectors.MaxAbs(direction) <= 1e-14) return target with { Objective = At(target.Weights), Iterations = step };
                var length = 1.0;
                while (At(Moved(w, direction, length)) is var next && !(next >= growth + 1e-4 * length * rise) && length > 1e-10) length /= 2;
                if (length <= 1e-10) return target with { Weights = w, Objective = growth, Iterations = step };
                w = length == 1 ? target.Weights : Moved(w, direction, length);
                growth = At(w);
            }
            return Portfolio.Refused("MaxIterations", $"growth still rises after {MostSteps} steps");
        }

        private double At(double[] w)
        {
            var (sum, cash) = (0.0, riskFree * (1 - Vectors.Sum(w)));
            for (var t = 0; t < wealth.Length; t++)
            {
                wealth[t] = 1 + cash + Vectors.Dot(returns.Row(t), w);
                if (wealth[t] < LeastWealth) return double.NegativeInfinity;
                sum += Math.Log(wealth[t]);
            }
            return sum / wealth.Length;
        }

        private (double[] Slope, Matrix Bend) Derivatives(double[] w)
        {
            At(w);
            var (slope, bend, excess) = (new double[w.Length], new Matrix(w.Length, w.Length), new double[w.Length]);
            for (var t = 0; t < wealth.Length; t++)
            {
                for (var i = 0; i < w.Length; i++) excess[i] = returns[t, i] - riskFree;
                Vectors.AddScaled(1 / (wealth[t] * wealth.Length), excess, slope);
                for (var i = 0; i < w.Length; i++) Vectors.AddScaled(excess[i] / (wealth[t] * wealth[t] * wealth.Length), excess, bend.Row(i));
            }
            return (slope, bend);
        }

        /// <summary>min ½(v−w)'B(v−w) − g'(v−w).</summary>
        private Answer<Portfolio> Step(double[] w, double[] slope, Matrix bend)
        {
            var pull = bend.Times(w);
            return MeanVariance.Solve(new(Curvature.Dense(bend), [.. pull.Zip(slope, (b, g) => -b - g)], limits), _ => 0);
        }

        private static double[] Moved(double[] w, double[] direction, double length) => [.. w.Zip(direction, (x, d) => x + length * d)];
    }
}
