namespace Ballast.Numerics.Smiles;

/// <summary>Marquardt's step: the normal equations with each cell of the diagonal raised in proportion to itself.</summary>
internal static class Damped
{
    /// <summary>Writes x with (N + λ diag N) x = r, by Cholesky's factors; false where N has no such factors.</summary>
    public static bool Solve(ReadOnlySpan<double> normal, ReadOnlySpan<double> right, double damping, Span<double> x)
    {
        var n = right.Length;
        Span<double> lower = stackalloc double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = normal[i * n + j] * (i == j ? 1 + damping : 1);
                for (var k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
                if (i == j && !(rest > 0)) return false;
                lower[i * n + j] = i == j ? Math.Sqrt(rest) : rest / lower[j * n + j];
            }
            x[i] = right[i];
            for (var k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
            x[i] /= lower[i * n + i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
            x[i] /= lower[i * n + i];
        }
        return true;
    }
}
