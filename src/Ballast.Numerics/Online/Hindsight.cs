using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>The weights that would have been best, known only afterwards: a yardstick and never a strategy.</summary>
public static class Hindsight
{
    /// <summary>A single 1 for the asset with the largest Π x; the first of equals. To be held.</summary>
    /// <returns><c>RelativeNotPositive</c>, or <c>TooFewObservations</c>.</returns>
    public static Answer<double[]> BestAsset(Matrix relatives)
    {
        if (OnlineRun.FaultOf(relatives) is { } refused) return refused;
        double[] growth = [.. Enumerable.Range(0, relatives.Columns).Select(i => relatives.Column(i).Sum(Math.Log))];
        var best = Array.IndexOf(growth, growth.Max());
        return growth.Select((_, i) => i == best ? 1.0 : 0).ToArray();
    }

    /// <summary>argmax Σ ln(b·x_t) on the simplex (Cover 1991), by Newton's method with the self-concordant step 1/(1 + λ).</summary>
    /// <param name="tolerance">Of the condition max_j Σ_t x_tj/(b·x_t) = T, relative to T.</param>
    /// <returns><c>NotConverged</c> after 200 steps; <c>RelativeNotPositive</c>, or <c>TooFewObservations</c>.</returns>
    public static Answer<double[]> BestConstant(Matrix relatives, double tolerance = 1e-10)
    {
        if (OnlineRun.FaultOf(relatives) is { } refused) return refused;
        var n = relatives.Columns;
        double[] b = [.. Enumerable.Repeat(1.0 / n, n)];
        for (var step = 0; step < 200; step++)
        {
            var (gradient, curvature) = Derivatives(relatives, b);
            if (gradient.Max() <= relatives.Rows * (1 + tolerance)) return b;
            // The quadratic model is −g'(y−b) + ½(y−b)'H(y−b); its constant term in y is dropped.
            double[] linear = [.. curvature.Times(b).Zip(gradient, (hb, g) => hb + g)];
            double[] move = [.. Simplex.Minimise(curvature, linear, b).Zip(b, (y, from) => y - from)];
            var decrement = Math.Sqrt(Math.Max(0, Algebra.Dot(move, curvature.Times(move))));
            var length = decrement < 0.25 ? 1 : 1 / (1 + decrement);
            b = [.. b.Zip(move, (from, by) => Math.Max(0, from + length * by))];
        }
        return new Answer<double[]>.Refused("NotConverged", "the best constant weights were not found in 200 steps");
    }

    /// <summary>Σ x/(b·x) and Σ xx'/(b·x)², with a ridge of 1e-12 of its mean diagonal for assets that move alike.</summary>
    private static (double[] Gradient, Matrix Curvature) Derivatives(Matrix relatives, double[] b)
    {
        var n = relatives.Columns;
        var (gradient, curvature, scaled) = (new double[n], new Matrix(n, n), new double[n]);
        for (var t = 0; t < relatives.Rows; t++)
        {
            var x = relatives.Row(t);
            var day = Algebra.Dot(b, x);
            for (var i = 0; i < n; i++) gradient[i] += scaled[i] = x[i] / day;
            for (var i = 0; i < n; i++) Algebra.Add(curvature.Row(i), scaled[i], scaled);
        }
        var ridge = 1e-12 * curvature.Diagonal().Average();
        for (var i = 0; i < n; i++) curvature[i, i] += ridge;
        return (gradient, curvature);
    }
}
