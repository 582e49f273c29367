namespace Ballast.Numerics.Linear;

/// <summary>A symmetric matrix on its way to diagonal form: A = Q T Q' with T tridiagonal.</summary>
internal sealed class Tridiagonal
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>QL needs two sweeps a value on average; this many means a defect.</summary>
    private const int MostSweeps = 100;

    private readonly double[] beside;

    private Tridiagonal(double[] diagonal, double[] beside, Matrix turned) => (Diagonal, this.beside, Turned) = (diagonal, beside, turned);

    public double[] Diagonal { get; }

    /// <summary>Q', so that the rotations of columns of Q act on rows, which lie together in memory.</summary>
    public Matrix Turned { get; }

    /// <summary>Householder reflections I − v v'·2/v'v from the first column to the last but two; the matrix is overwritten.</summary>
    public static Tridiagonal Of(Matrix a)
    {
        var n = a.Rows;
        var (diagonal, beside, reflections) = (new double[n], new double[n], new double[n][]);
        for (var k = 0; k < n; k++)
        {
            diagonal[k] = a[k, k];
            if (k + 1 < n) (beside[k], reflections[k]) = Reflection(a.Row(k)[(k + 1)..]);
            if (reflections[k] is { Length: > 0 } v) Reflect(a, v, k + 1);
        }
        var turned = Algebra.Identity(n);
        for (var k = n - 1; k >= 0; k--)
            if (reflections[k] is { Length: > 0 } v) ReflectRows(turned, v, k + 1);
        return new(diagonal, beside, turned);
    }

    /// <summary>Makes T diagonal, value by value from the top.</summary>
    public void Diagonalise()
    {
        for (var first = 0; first < Diagonal.Length; first++)
            for (var sweep = 0; BlockEnd(first) is var last && last > first; sweep++)
            {
                if (sweep == MostSweeps) throw new InvalidOperationException($"eigenvalue {first} has not converged in {MostSweeps} sweeps");
                Sweep(first, last);
            }
    }

    /// <summary>The vector v of length √2 whose reflection I − v v' sends x to (s, 0, ..., 0), and s; empty where x is that already.</summary>
    private static (double Kept, double[] Vector) Reflection(ReadOnlySpan<double> x)
    {
        var tail = 0.0;
        foreach (var cell in x[1..]) tail += cell * cell;
        if (tail == 0) return (x[0], []);
        var length = Math.Sqrt(x[0] * x[0] + tail);
        var kept = x[0] > 0 ? -length : length;
        var v = x.ToArray();
        v[0] -= kept;
        var unit = Math.Sqrt(2 / (v[0] * v[0] + tail));
        for (var i = 0; i < v.Length; i++) v[i] *= unit;
        return (kept, v);
    }

    /// <summary>The lower right block becomes H B H = B − v w' − w v' with p = B v and w = p − ½ (v'p) v.</summary>
    private static void Reflect(Matrix a, double[] v, int from)
    {
        var w = new double[v.Length];
        for (var i = 0; i < w.Length; i++) w[i] = Algebra.Dot(a.Row(from + i)[from..], v);
        Algebra.Add(w, -0.5 * Algebra.Dot(v, w), v);
        for (var i = 0; i < w.Length; i++)
        {
            var row = a.Row(from + i)[from..];
            for (var j = 0; j < w.Length; j++) row[j] -= v[i] * w[j] + w[i] * v[j];
        }
    }

    private static void ReflectRows(Matrix turned, double[] v, int from)
    {
        for (var i = from; i < turned.Rows; i++)
        {
            var row = turned.Row(i)[from..];
            Algebra.Add(row, -Algebra.Dot(row, v), v);
        }
    }

    /// <summary>The last row of the unreduced block that begins here.</summary>
    private int BlockEnd(int first)
    {
        var last = first;
        while (last + 1 < Diagonal.Length && Math.Abs(beside[last]) > Negligible(last)) last++;
        return last;
    }

    /// <summary>The cells are at most one in size, so that a cell this small changes nothing even between two zeros.</summary>
    private double Negligible(int at) => Epsilon * (Math.Abs(Diagonal[at]) + Math.Abs(Diagonal[at + 1])) + 1e-300;

    /// <summary>One implicit QL step with Wilkinson's shift; the bulge is chased from the block's end to its beginning.</summary>
    private void Sweep(int first, int last)
    {
        var half = (Diagonal[first + 1] - Diagonal[first]) / (2 * beside[first]);
        var shifted = Diagonal[last] - Diagonal[first] + beside[first] / (half + Math.CopySign(double.Hypot(half, 1), half));
        double sine = 1, cosine = 1, carried = 0;
        for (var i = last - 1; i >= first; i--)
        {
            var (bulge, kept) = (sine * beside[i], cosine * beside[i]);
            var length = double.Hypot(bulge, shifted);
            beside[i + 1] = length;
            if (length == 0)
            {
                // The block splits here by itself.
                Diagonal[i + 1] -= carried;
                beside[last] = 0;
                return;
            }
            (sine, cosine) = (bulge / length, shifted / length);
            var corner = Diagonal[i + 1] - carried;
            var moved = (Diagonal[i] - corner) * sine + 2 * cosine * kept;
            carried = sine * moved;
            Diagonal[i + 1] = corner + carried;
            shifted = cosine * moved - kept;
            Rotate(Turned.Row(i), Turned.Row(i + 1), sine, cosine);
        }
        Diagonal[first] -= carried;
        beside[first] = shifted;
        beside[last] = 0;
    }

    private static void Rotate(Span<double> upper, Span<double> lower, double sine, double cosine)
    {
        for (var k = 0; k < upper.Length; k++)
            (upper[k], lower[k]) = (cosine * upper[k] - sine * lower[k], sine * upper[k] + cosine * lower[k]);
    }
}
