using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Long-only weights whose shares of risk are given: w_i(Σw)_i/w'Σw = b_i; equal shares make equal risk contribution.</summary>
/// <remarks>On the correlation R, y = argmin ½y'Ry − Σ b_i ln y_i is unique, and w_i ∝ y_i/σ_i (Spinu 2013). A budget of zero means a weight of zero.</remarks>
public static class RiskBudget
{
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
        Symmetry.Require(covariance);
        if (budgets.Length != covariance.Rows) throw new ArgumentException($"{budgets.Length} budgets for {covariance.Rows} assets", nameof(budgets));
        if (budgets.Any(b => !(b >= 0)) || Math.Abs(budgets.Sum() - 1) > 1e-9) return Portfolio.Refused("BudgetsInvalid", $"budgets must not be negative and sum to one, not {budgets.Sum():R}");
        for (var i = 0; i < budgets.Length; i++)
            if (!(covariance[i, i] > 0)) return Portfolio.Refused("ZeroVolatility", $"asset {i} has the variance {covariance[i, i]:R}");
        return null;
    }

    private static Answer<Portfolio> Singular() => Portfolio.Refused("SingularCovariance", "some long portfolio has no risk, so that no weights have these shares of it");

    private static Answer<BarrierDescent> Scaled(Matrix covariance, double[] budgets) =>
        Sound(covariance, budgets) is Answer<Portfolio>.Refused refused ? new Answer<BarrierDescent>.Refused(refused.Code, refused.Reason) : new BarrierDescent(covariance, budgets);
}
