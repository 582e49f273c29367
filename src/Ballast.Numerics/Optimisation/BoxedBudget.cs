using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Risk budgets within bounds: cyclic descent clipped to the box, in a bisection on the weight of the budgets.</summary>
internal sealed class BoxedBudget(Matrix covariance, double[] budgets, Limits limits)
{
    private const int MostSweeps = 5000;
    private readonly double[] w = new double[budgets.Length];

    public Answer<Portfolio> Solve()
    {
        Array.Fill(w, limits.Total / w.Length);
        var scale = Math.Max(covariance.Cells.Max(), double.Epsilon);
        // The sum grows with λ; doubling logarithms first, then halving them.
        var (low, high) = (Math.Log(scale) - 60, Math.Log(scale) + 40);
        for (var round = 0; round < 200 && high - low > 1e-15 * Math.Abs(high); round++)
        {
            var middle = 0.5 * (low + high);
            if (!Descend(Math.Exp(middle))) return Portfolio.Refused("MaxIterations", "the cyclic descent did not settle within the bounds");
            if (Math.Abs(w.Sum() - limits.Total) <= 1e-15 * w.Length) break;
            if (w.Sum() < limits.Total) low = middle;
            else high = middle;
        }
        var miss = Math.Abs(w.Sum() - limits.Total);
        return miss <= 1e-9 ? new Portfolio(w, Math.Sqrt(Curvature.Dense(covariance).Form(w))) { Residual = miss } : Portfolio.Refused("Numerical", $"the weights sum to {w.Sum():R}");
    }

    private bool Descend(double lambda)
    {
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var moved = 0.0;
            for (var i = 0; i < w.Length; i++)
            {
                var own = covariance[i, i];
                var others = Vectors.Dot(covariance.Row(i), w) - own * w[i];
                var root = Math.Sqrt(others * others + 4 * own * lambda * budgets[i]);
                var free = others > 0 ? 2 * lambda * budgets[i] / (others + root) : 0.5 * (root - others) / own;
                var next = Math.Clamp(free, Math.Max(0, limits.Lower[i]), limits.Upper[i]);
                moved = Math.Max(moved, Math.Abs(next - w[i]) / (1e-3 + Math.Abs(next)));
                w[i] = next;
            }
            if (moved <= 1e-15) return true;
            if (moved <= 1e-13 && sweep > 200) return true;
        }
        return false;
    }
}
