using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>min ½x'Σx − Σ b_i ln x_i over the assets with a budget, by either of two methods; then w = x/Σx.</summary>
/// <remarks>x_i = y_i/σ_i turns Spinu's programme on the correlation into this one on the covariance itself, which need not be copied.</remarks>
internal sealed class BarrierDescent
{
    // Of the whole risk. What a sweep measures lags behind what it leaves.
    private const double ShareTolerance = 1e-12;
    private const int MostSweeps = 2000;
    private const int MostNewtonSteps = 100;
    private readonly Matrix covariance;
    private readonly int[] members;
    private readonly int assets;
    private readonly double[] budgets, x;

    public BarrierDescent(Matrix all, double[] allBudgets)
    {
        assets = allBudgets.Length;
        members = [.. Enumerable.Range(0, assets).Where(i => allBudgets[i] > 0)];
        budgets = [.. members.Select(i => allBudgets[i])];
        covariance = members.Length == assets ? all : Part(all, members);
        x = new double[members.Length];
    }

    /// <summary>Null where it does not settle.</summary>
    public Answer<Portfolio>? CyclicDescent()
    {
        Start();
        for (var sweep = 1; sweep <= MostSweeps; sweep++)
        {
            var worst = Sweep();
            if (!double.IsFinite(worst)) return null;
            if (worst <= ShareTolerance) return Result(sweep);
        }
        return null;
    }

    /// <summary>Null where some long portfolio has no risk: x then grows without end.</summary>
    public Answer<Portfolio>? Newton()
    {
        Start();
        var (factor, gradient, step) = (new BlockedCholesky(x.Length), new double[x.Length], new double[x.Length]);
        // Self-concordance in the usual norm needs barrier weights of at least one: the smallest budget scales it.
        var scale = Math.Sqrt(budgets.Min());
        for (var round = 1; round <= MostNewtonSteps; round++)
        {
            Derivatives(gradient, factor);
            if (!factor.Factor()) return null;
            gradient.CopyTo(step, 0);
            factor.Solve(step);
            var decrement = Math.Sqrt(Math.Max(0, Vectors.Dot(gradient, step)));
            Vectors.AddScaled(decrement < 0.25 * scale ? -1 : -1 / (1 + decrement / scale), step, x);
            if (decrement <= 1e-12) return Result(round);
            if (!double.IsFinite(decrement) || Endless()) return null;
        }
        return null;
    }

    private static Matrix Part(Matrix all, int[] members)
    {
        var part = new Matrix(members.Length, members.Length);
        for (var i = 0; i < members.Length; i++)
            for (var j = 0; j < members.Length; j++) part[i, j] = all[members[i], members[j]];
        return part;
    }

    /// <summary>Every y_i = 1/√(1'R1): a portfolio of unit variance.</summary>
    private void Start()
    {
        for (var i = 0; i < x.Length; i++) x[i] = 1 / Math.Sqrt(covariance[i, i]);
        var size = Math.Sqrt(Math.Max(1e-3, Curvature.Form(covariance, x)));
        for (var i = 0; i < x.Length; i++) x[i] /= size;
    }

    /// <summary>One round over the assets; the largest error of a share at the moment when it was looked at.</summary>
    private double Sweep()
    {
        var worst = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var own = covariance[i, i];
            var all = Vectors.Dot(covariance.Row(i), x);
            var others = all - own * x[i];
            worst = Math.Max(worst, Math.Abs(x[i] * all - budgets[i]));
            var root = Math.Sqrt(others * others + 4 * own * budgets[i]);
            // The form without cancellation.
            x[i] = others > 0 ? 2 * budgets[i] / (others + root) : 0.5 * (root - others) / own;
        }
        return worst;
    }

    private void Derivatives(double[] gradient, BlockedCholesky factor)
    {
        for (var i = 0; i < x.Length; i++)
        {
            gradient[i] = Vectors.Dot(covariance.Row(i), x) - budgets[i] / x[i];
            covariance.Row(i)[..(i + 1)].CopyTo(factor.Row(i));
            factor.Row(i)[i] += budgets[i] / (x[i] * x[i]);
        }
    }

    private bool Endless()
    {
        for (var i = 0; i < x.Length; i++)
            if (x[i] * Math.Sqrt(covariance[i, i]) > 1e7) return true;
        return false;
    }

    private Answer<Portfolio> Result(int iterations)
    {
        var (sum, variance, residual) = (Vectors.Sum(x), 0.0, 0.0);
        var weights = new double[assets];
        for (var i = 0; i < x.Length; i++)
        {
            var share = x[i] * Vectors.Dot(covariance.Row(i), x);
            (variance, residual) = (variance + share, Math.Max(residual, Math.Abs(share - budgets[i])));
            weights[members[i]] = x[i] / sum;
        }
        return new Portfolio(weights, Math.Sqrt(variance) / sum) { Iterations = iterations, Residual = residual };
    }
}
