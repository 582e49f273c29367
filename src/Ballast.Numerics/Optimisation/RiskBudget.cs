using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Long-only weights whose shares of risk are given: w_i(Σw)_i/w'Σw = b_i; equal shares make equal risk contribution.</summary>
/// <remarks>On the correlation R, y = argmin ½y'Ry − Σ b_i ln y_i is unique, and w_i ∝ y_i/σ_i (Spinu 2013). A budget of zero means a weight of zero.</remarks>
public static class RiskBudget
{
    private const double ShareTolerance = 1e-14;
    private const int MostSweeps = 2000;
    private const int MostNewtonSteps = 100;

    public static Answer<Portfolio> Equal(Matrix covariance) => Solve(covariance, ClosedForm.Equal(covariance.Rows));

    /// <summary>Cyclic descent, and Newton's method where it is slow.</summary>
    public static Answer<Portfolio> Solve(Matrix covariance, double[] budgets) =>
        Scaled(covariance, budgets).Then(scaled => scaled.CyclicDescent() ?? scaled.Newton() ?? Singular());

    /// <summary>Newton with the self-concordant step: length 1 while the decrement is below ¼, else 1/(1 + decrement); no line search, and y stays positive.</summary>
    public static Answer<Portfolio> Newton(Matrix covariance, double[] budgets) => Scaled(covariance, budgets).Then(scaled => scaled.Newton() ?? Singular());

    /// <summary>y_i ← ½(−a_i + √(a_i² + 4b_i)), a_i = Σ_{j≠i} R_ij y_j (Griveau-Billion, Richard and Roncalli 2013).</summary>
    public static Answer<Portfolio> CyclicDescent(Matrix covariance, double[] budgets) => Scaled(covariance, budgets).Then(scaled => scaled.CyclicDescent() ?? Singular());

    /// <summary>Two assets: w = x/(1+x), where x = w₁/w₂ solves (1−b)σ₁²x² + (1−2b)ρσ₁σ₂x − bσ₂² = 0.</summary>
    public static double FirstOfTwo(double sigma1, double sigma2, double correlation, double budget1)
    {
        var (a, half, c) = ((1 - budget1) * sigma1 * sigma1, (0.5 - budget1) * correlation * sigma1 * sigma2, budget1 * sigma2 * sigma2);
        var root = Math.Sqrt(half * half + a * c);
        // The form without cancellation.
        var ratio = half > 0 ? c / (half + root) : (root - half) / a;
        return double.IsInfinity(ratio) ? 1 : ratio / (1 + ratio);
    }

    /// <summary>Shares as near to the budgets as bounds allow: min ½w'Σw − λ Σ b_i ln w_i on the box, with the λ that gives the sum (Richard and Roncalli 2019).</summary>
    /// <returns>The weights; their shares differ from the budgets where a bound holds.</returns>
    public static Answer<Portfolio> Within(Matrix covariance, double[] budgets, Limits limits)
    {
        limits.Require(covariance.Rows);
        if (!limits.OnlyBounds) throw new ArgumentException("risk budgets take bounds, no other limits");
        if (Infeasibility.Obvious(limits) is { } contradiction) return Portfolio.Of(new() { Status = Status.Infeasible, Contradiction = contradiction }, _ => 0);
        return Sound(covariance, budgets) is { } refused ? refused : new BoxedBudget(covariance, budgets, limits).Solve();
    }

    internal static Answer<Portfolio>? Sound(Matrix covariance, double[] budgets)
    {
        covariance.RequireFinite().RequireSymmetric();
        if (budgets.Length != covariance.Rows) throw new ArgumentException($"{budgets.Length} budgets for {covariance.Rows} assets", nameof(budgets));
        if (budgets.Any(b => !(b >= 0)) || Math.Abs(budgets.Sum() - 1) > 1e-9) return Portfolio.Refused("BudgetsInvalid", $"budgets must not be negative and sum to one, not {budgets.Sum():R}");
        for (var i = 0; i < budgets.Length; i++)
            if (!(covariance[i, i] > 0)) return Portfolio.Refused("ZeroVolatility", $"asset {i} has the variance {covariance[i, i]:R}");
        return null;
    }

    private static Answer<Portfolio> Singular() => Portfolio.Refused("SingularCovariance", "some long portfolio has no risk, so that no weights have these shares of it");

    private static Answer<Budget> Scaled(Matrix covariance, double[] budgets) =>
        Sound(covariance, budgets) is Answer<Portfolio>.Refused refused ? new Answer<Budget>.Refused(refused.Code, refused.Reason) : new Budget(covariance, budgets);

    private sealed class Budget
    {
        private readonly Matrix covariance;
        private readonly int[] members;
        private readonly Matrix correlation;
        private readonly double[] budgets, deviations, y;

        public Budget(Matrix covariance, double[] all)
        {
            this.covariance = covariance;
            members = [.. Enumerable.Range(0, all.Length).Where(i => all[i] > 0)];
            budgets = [.. members.Select(i => all[i])];
            deviations = [.. members.Select(i => Math.Sqrt(covariance[i, i]))];
            correlation = new Matrix(members.Length, members.Length);
            for (var i = 0; i < members.Length; i++)
            {
                var from = covariance.Row(members[i]);
                var to = correlation.Row(i);
                for (var j = 0; j < members.Length; j++) to[j] = i == j ? 1 : from[members[j]] / (deviations[i] * deviations[j]);
            }
            y = new double[members.Length];
        }

        public Answer<Portfolio>? CyclicDescent()
        {
            Start();
            for (var sweep = 1; sweep <= MostSweeps; sweep++)
            {
                var worst = Sweep();
                if (!double.IsFinite(worst)) return null;
                if (worst <= ShareTolerance * 10) return Result(sweep);
            }
            return null;
        }

        public Answer<Portfolio>? Newton()
        {
            Start();
            var (factor, gradient, step) = (new BlockedCholesky(y.Length), new double[y.Length], new double[y.Length]);
            for (var round = 1; round <= MostNewtonSteps; round++)
            {
                for (var i = 0; i < y.Length; i++)
                {
                    gradient[i] = Vectors.Dot(correlation.Row(i), y) - budgets[i] / y[i];
                    correlation.Row(i)[..(i + 1)].CopyTo(factor.Row(i));
                    factor.Row(i)[i] += budgets[i] / (y[i] * y[i]);
                }
                if (!factor.Factor()) return null;
                gradient.CopyTo(step, 0);
                factor.Solve(step);
                var decrement = Math.Sqrt(Math.Max(0, Vectors.Dot(gradient, step)));
                // Self-concordance in the usual norm needs barrier weights of at least one: the smallest budget scales it.
                var length = decrement < 0.25 * Smallest ? 1 : 1 / (1 + decrement / Smallest);
                Vectors.AddScaled(-length, step, y);
                if (decrement <= 1e-12 && Vectors.MaxAbs(step) <= 1e-12 * Vectors.MaxAbs(y)) return Result(round);
                if (!double.IsFinite(decrement) || Vectors.MaxAbs(y) > 1e8) return null;
            }
            return null;
        }

        private double Smallest => Math.Sqrt(budgets.Min());

        private void Start() => Array.Fill(y, 1 / Math.Sqrt(Math.Max(1e-3, correlation.Cells.Sum())));

        /// <summary>One round over the assets; the largest error of a share at the moment when it was looked at.</summary>
        private double Sweep()
        {
            var worst = 0.0;
            for (var i = 0; i < y.Length; i++)
            {
                var all = Vectors.Dot(correlation.Row(i), y);
                var others = all - y[i];
                worst = Math.Max(worst, Math.Abs(y[i] * all - budgets[i]));
                var root = Math.Sqrt(others * others + 4 * budgets[i]);
                // The form without cancellation.
                y[i] = others > 0 ? 2 * budgets[i] / (others + root) : 0.5 * (root - others);
            }
            return worst;
        }

        private Answer<Portfolio> Result(int iterations)
        {
            var weights = new double[covariance.Rows];
            for (var i = 0; i < y.Length; i++) weights[members[i]] = y[i] / deviations[i];
            var sum = Vectors.Sum(weights);
            for (var i = 0; i < weights.Length; i++) weights[i] /= sum;
            var (variance, residual) = (Curvature.Dense(covariance).Form(weights), 0.0);
            for (var i = 0; i < y.Length; i++) residual = Math.Max(residual, Math.Abs(y[i] * Vectors.Dot(correlation.Row(i), y) - budgets[i]));
            return new Portfolio(weights, Math.Sqrt(variance)) { Iterations = iterations, Residual = residual };
        }
    }
}
