using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Online;

/// <summary>The weights that are not negative and sum to one.</summary>
public static class Simplex
{
    /// <summary>The nearest point of the simplex: max(v − θ, 0), θ from the sorted values (Held, Wolfe and Crowder 1974).</summary>
    /// <returns><c>NotFinite</c>, or <c>NoAssets</c> for an empty list.</returns>
    public static Answer<double[]> Project(double[] values)
    {
        if (values.Length == 0) return new Answer<double[]>.Refused("NoAssets", "there is no weight to choose");
        if (!values.All(double.IsFinite)) return new Answer<double[]>.Refused("NotFinite", "weights must be numbers");
        return Nearest(values);
    }

    internal static double[] Nearest(double[] values)
    {
        // Taking off the largest first costs nothing, and saves the digits of far-away points.
        var largest = values.Max();
        double[] sorted = [.. values.Select(v => v - largest).OrderDescending()];
        double sum = 0, shift = 0;
        for (var k = 0; k < sorted.Length; k++)
        {
            sum += sorted[k];
            if (sorted[k] - (sum - 1) / (k + 1) > 0) shift = (sum - 1) / (k + 1);
        }
        return [.. values.Select(v => Math.Max(v - largest - shift, 0))];
    }

    /// <summary>argmin ½ y'Hy − c'y on the simplex for a positive definite H, by an active set that begins at weights which comply.</summary>
    /// <remarks>Ends because each step lowers the objective of a strictly convex problem; 1,000 steps without an end are a defect.</remarks>
    internal static double[] Minimise(Matrix h, double[] c, double[] start)
    {
        var y = start.ToArray();
        var free = Enumerable.Range(0, y.Length).Where(i => y[i] > 0).ToList();
        for (var step = 0; step < 1000; step++)
        {
            var (wanted, multiplier) = OnFace(h, c, free);
            var length = Longest(y, wanted, free, out var blocking);
            for (var k = 0; k < free.Count; k++) y[free[k]] += length * (wanted[k] - y[free[k]]);
            if (blocking >= 0)
            {
                y[blocking] = 0;
                free.Remove(blocking);
                continue;
            }
            var pull = h.Times(y);
            var slack = 1e-13 * (pull.Max(Math.Abs) + c.Max(Math.Abs));
            var worst = Enumerable.Range(0, y.Length).Except(free).Append(-1).MinBy(i => i < 0 ? -slack : pull[i] - c[i] + multiplier);
            if (worst < 0) return y;
            free.Add(worst);
            free.Sort();
        }
        throw new InvalidOperationException("the active set has not settled in 1000 steps");
    }

    /// <summary>The minimum over the free weights that only sum to one, with ν: H y − c + ν = 0.</summary>
    private static (double[] Wanted, double Multiplier) OnFace(Matrix h, double[] c, List<int> free)
    {
        var factor = Cholesky.Of(Algebra.Filled(free.Count, free.Count, (i, j) => h[free[i], free[j]])).OrThrow();
        var (plain, ones) = (factor.Solve([.. free.Select(i => c[i])]), factor.Solve([.. free.Select(_ => 1.0)]));
        var multiplier = (plain.Sum() - 1) / ones.Sum();
        return ([.. plain.Zip(ones, (a, b) => a - multiplier * b)], multiplier);
    }

    private static double Longest(double[] y, double[] wanted, List<int> free, out int blocking)
    {
        var length = 1.0;
        blocking = -1;
        for (var k = 0; k < free.Count; k++)
            if (wanted[k] < 0 && y[free[k]] / (y[free[k]] - wanted[k]) is var reach && reach < length)
                (length, blocking) = (reach, free[k]);
        return length;
    }
}
