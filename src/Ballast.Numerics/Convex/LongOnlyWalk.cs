using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>min ½ y'Hy − f'y with y ≥ 0: the form that long-only minimum variance, maximum Sharpe, diversification and decorrelation share, w = y/Σy.</summary>
/// <remarks>The walk of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23): one asset at a time enters; those that would turn negative leave.</remarks>
public static class LongOnlyWalk
{
    // Of the largest element of f: below this, no asset's entry helps.
    private const double Tolerance = 1e-13;

    /// <param name="start">The assets of an earlier solution: its support is tried first.</param>
    /// <returns>y and the assets in it; null where rounding or a combination of others without risk stops the walk.</returns>
    public static (double[] Y, int[] Support)? Solve(Matrix h, double[] f, ReadOnlySpan<int> start = default) => new Walk(h, f).Run(start);

    /// <summary>Whether an asset outside could enter without loss, so that y is one of many.</summary>
    internal static bool Indifferent(Matrix h, double[] f, double[] y)
    {
        var near = 1e-9 * Vectors.MaxAbs(f);
        for (var i = 0; i < f.Length; i++)
            if (y[i] == 0 && Math.Abs(f[i] - Vectors.Dot(h.Row(i), y)) <= near) return true;
        return false;
    }

    /// <summary>The largest violation of Hy ≥ f, and of equality where y > 0, relative to the largest element of f.</summary>
    internal static double Residual(Matrix h, double[] f, double[] y)
    {
        var worst = 0.0;
        for (var i = 0; i < f.Length; i++)
        {
            var rest = f[i] - Vectors.Dot(h.Row(i), y);
            worst = Math.Max(worst, y[i] > 0 ? Math.Abs(rest) : rest);
        }
        return worst / Math.Max(Vectors.MaxAbs(f), double.Epsilon);
    }

    private sealed class Walk(Matrix h, double[] f)
    {
        private readonly GrowingCholesky factor = new(h);
        private readonly double[] y = new double[f.Length];
        private readonly double[] gradient = [.. f];
        private readonly bool[] inside = new bool[f.Length];
        private readonly double tolerance = Tolerance * Vectors.MaxAbs(f);
        private double[] halfway = new double[Math.Min(32, f.Length)];
        private double[] next = new double[Math.Min(32, f.Length)];

        public (double[] Y, int[] Support)? Run(ReadOnlySpan<int> start)
        {
            foreach (var i in start)
                if (!Enter(i)) return null;
            if (factor.Count > 0 && !Settle()) return null;
            for (var rounds = 0; rounds < 10 * f.Length + 10; rounds++)
            {
                Gradient();
                var best = Best(first: factor.Count == 0);
                if (best < 0) return (y, [.. factor.Members]);
                if (!Enter(best) || !Settle()) return null;
            }
            return null;
        }

        /// <summary>The steepest asset outside; the first to enter is the one that alone gives most.</summary>
        private int Best(bool first)
        {
            var (best, most) = (-1, first ? 0 : tolerance);
            for (var i = 0; i < f.Length; i++)
            {
                if (inside[i] || gradient[i] <= tolerance) continue;
                var gain = first ? gradient[i] * gradient[i] / h[i, i] : gradient[i];
                if (gain > most) (best, most) = (i, gain);
            }
            return best;
        }

        private bool Enter(int asset)
        {
            if (inside[asset] || !factor.Append(asset)) return false;
            var k = factor.Count;
            if (k > next.Length)
            {
                Array.Resize(ref next, Math.Min(f.Length, 2 * k));
                Array.Resize(ref halfway, Math.Min(f.Length, 2 * k));
            }
            halfway[k - 1] = factor.ForwardLast(f[asset], halfway.AsSpan(0, k - 1));
            return inside[asset] = true;
        }

        /// <summary>The optimum on the support, walking towards it until it is positive.</summary>
        private bool Settle()
        {
            while (true)
            {
                var k = factor.Count;
                if (k == 0) return true;
                halfway.AsSpan(0, k).CopyTo(next);
                factor.SolveUpper(next.AsSpan(0, k));
                if (!next.AsSpan(0, k).ContainsAnyExceptInRange(double.Epsilon, double.MaxValue))
                {
                    for (var a = 0; a < k; a++) y[factor.Members[a]] = next[a];
                    return true;
                }
                if (!Leave(k)) return false;
            }
        }

        /// <summary>False where rounding has left no number to compare.</summary>
        private bool Leave(int k)
        {
            var (length, leaving) = (1.0, -1);
            for (var a = 0; a < k; a++)
            {
                var from = y[factor.Members[a]];
                if (next[a] > 0) continue;
                var ratio = from / (from - next[a]);
                if (leaving < 0 || ratio < length) (length, leaving) = (ratio, factor.Members[a]);
            }
            if (leaving < 0) return false;
            for (var a = 0; a < k; a++) y[factor.Members[a]] += length * (next[a] - y[factor.Members[a]]);
            y[leaving] = 0;
            inside[leaving] = false;
            factor.Remove(leaving);
            for (var a = 0; a < k - 1; a++) halfway[a] = f[factor.Members[a]];
            factor.SolveLower(halfway.AsSpan(0, k - 1));
            return true;
        }

        private void Gradient()
        {
            f.CopyTo(gradient, 0);
            Vectors.SubtractRows(h, factor.Members, y, gradient);
        }
    }
}
