using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics;

/// <summary>Tables of returns and covariances for properties that hold for any.</summary>
internal static class Tables
{
    /// <summary>Normal returns of 2 % a period with a common part, so that the assets are correlated.</summary>
    public static Matrix Returns(this Xoshiro256 chance, int rows, int columns)
    {
        var market = Enumerable.Range(0, rows).Select(_ => 0.015 * chance.NextNormal()).ToArray();
        return Algebra.Filled(rows, columns, (t, _) => 0.001 + market[t] + 0.02 * chance.NextNormal());
    }

    /// <summary>B B' of a normal B, with a ridge: positive definite.</summary>
    public static Matrix Covariance(this Xoshiro256 chance, int n)
    {
        var b = Algebra.Filled(n, n, (_, _) => 0.1 * chance.NextNormal());
        var product = b.Times(b.Transposed());
        return Algebra.Filled(n, n, (i, j) => product[Math.Max(i, j), Math.Min(i, j)] + (i == j ? 0.001 : 0));
    }

    public static Matrix Shuffled(this Matrix table, int[] order) => Algebra.Filled(table.Rows, table.Columns, (t, i) => table[t, order[i]]);

    public static double Distance(Matrix a, Matrix b) => a.Cells.Zip(b.Cells, (x, y) => Math.Abs(x - y)).DefaultIfEmpty().Max();

    public static string Code<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Refused>(answer).Code;

    public static bool OnSimplex(double[] weights) => weights.All(w => w >= 0) && Draws.Near(1, weights.Sum(), 1e-12);
}
