namespace Ballast.Numerics.Smiles;

/// <summary>Least squares in three unknowns, each between 0 and a most: every way to hold some at a bound is tried.</summary>
internal static class BoxedSquares
{
    /// <summary>Writes the x in the box that minimises x'Nx/2 − r'x, for a positive semidefinite N.</summary>
    public static void Solve(ReadOnlySpan<double> normal, ReadOnlySpan<double> right, ReadOnlySpan<double> most, Span<double> best)
    {
        Span<double> x = stackalloc double[3];
        var least = double.PositiveInfinity;
        for (var face = 0; face < 27; face++)
        {
            if (!OnFace(face, normal, right, most, x)) continue;
            var value = Value(normal, right, x);
            if (value >= least) continue;
            least = value;
            x.CopyTo(best);
            if (face == 0) return; // The whole space's minimum lies in the box.
        }
    }

    /// <summary>The minimum where each unknown is free, at 0 or at its most, by the digits of <paramref name="face"/> in base 3; false where there is none in the box.</summary>
    private static bool OnFace(int face, ReadOnlySpan<double> normal, ReadOnlySpan<double> right, ReadOnlySpan<double> most, Span<double> x)
    {
        Span<double> system = stackalloc double[12];
        for (var (r, digits) = (0, face); r < 3; r++, digits /= 3)
        {
            var free = digits % 3 == 0;
            for (var c = 0; c < 3; c++) system[4 * r + c] = free ? normal[3 * r + c] : r == c ? 1 : 0;
            system[4 * r + 3] = free ? right[r] : digits % 3 == 1 ? 0 : most[r];
        }
        if (!Eliminate(system, x)) return false;
        for (var i = 0; i < 3; i++)
            if (!(x[i] >= 0 && x[i] <= most[i])) return false;
        return true;
    }

    /// <summary>Gauss with the largest pivot of each column.</summary>
    private static bool Eliminate(Span<double> system, Span<double> x)
    {
        for (var c = 0; c < 3; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < 3; r++)
                if (Math.Abs(system[4 * r + c]) > Math.Abs(system[4 * pivot + c])) pivot = r;
            if (Math.Abs(system[4 * pivot + c]) < 1e-300) return false;
            for (var j = c; j < 4; j++) (system[4 * c + j], system[4 * pivot + j]) = (system[4 * pivot + j], system[4 * c + j]);
            for (var r = 0; r < 3; r++)
            {
                if (r == c) continue;
                var factor = system[4 * r + c] / system[4 * c + c];
                for (var j = c; j < 4; j++) system[4 * r + j] -= factor * system[4 * c + j];
            }
        }
        for (var i = 0; i < 3; i++) x[i] = system[4 * i + 3] / system[4 * i + i];
        return true;
    }

    private static double Value(ReadOnlySpan<double> normal, ReadOnlySpan<double> right, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var r = 0; r < 3; r++) sum += x[r] * ((normal[3 * r] * x[0] + normal[3 * r + 1] * x[1] + normal[3 * r + 2] * x[2]) / 2 - right[r]);
        return sum;
    }
}
