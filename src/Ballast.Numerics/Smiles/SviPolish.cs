namespace Ballast.Numerics.Smiles;

/// <summary>Levenberg and Marquardt's steps over all five parameters of an SVI slice, with what arbitrage there is as errors of their own.</summary>
/// <remarks>The unknowns are the least variance, the slopes of both wings, m and ln s: what is possible is then a box.</remarks>
internal sealed class SviPolish
{
    private const int Unknowns = 5, Places = 60, MostSteps = 60;
    private const double NearestToLee = 1e-6;

    private readonly WeightedQuotes quotes;
    private readonly double[] rootWeight;
    private double margin;
    private double[] places, residuals = [], shifted = [], jacobian = [];

    /// <param name="reach">How far to both sides arbitrage is looked for: at 60 places, closer together near the forward.</param>
    public SviPolish(WeightedQuotes quotes, double reach)
    {
        this.quotes = quotes;
        rootWeight = [.. quotes.Weight.Select(Math.Sqrt)];
        places = [.. Enumerable.Range(0, Places).Select(i => 2.0 * i / (Places - 1) - 1).Select(u => reach * u * Math.Abs(u))];
        MakeRoom();
    }

    /// <summary>Looks for arbitrage here too from now on.</summary>
    public void Watch(double k)
    {
        places = [.. places, k];
        MakeRoom();
    }

    /// <summary>The slice near <paramref name="start"/> with the least Σ u (σ − σᵢ)² + <paramref name="penalty"/> Σ max(0, −g)².</summary>
    /// <param name="margin">Over how much of g the corner at 0 is rounded off: it would hold up the steps.</param>
    public RawSvi From(in RawSvi start, double penalty = 0, double margin = 0)
    {
        this.margin = margin;
        Span<double> x = stackalloc double[Unknowns], next = stackalloc double[Unknowns], normal = stackalloc double[Unknowns * Unknowns], right = stackalloc double[Unknowns];
        ToUnknowns(start, x);
        var rows = penalty > 0 ? residuals.Length : quotes.K.Length;
        var (now, damping) = (Errors(x, penalty, residuals.AsSpan(0, rows)), 1e-3);
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            Linearise(x, penalty, rows, normal, right);
            var before = now;
            for (; damping < 1e12; damping *= 4)
            {
                if (!Damped.Solve(normal, right, damping, next)) continue;
                for (var i = 0; i < Unknowns; i++) next[i] += x[i];
                Clamp(next);
                var then = Errors(next, penalty, shifted.AsSpan(0, rows));
                if (!(then < now)) continue;
                (now, damping) = (then, Math.Max(damping / 8, 1e-15));
                next.CopyTo(x);
                shifted.AsSpan(0, rows).CopyTo(residuals);
                break;
            }
            if (before - now <= 1e-10 * before) break;
        }
        return ToSlice(x);
    }

    private void MakeRoom()
    {
        (residuals, shifted) = (new double[quotes.K.Length + places.Length], new double[quotes.K.Length + places.Length]);
        jacobian = new double[Unknowns * residuals.Length];
    }

    private static void ToUnknowns(in RawSvi slice, Span<double> x)
    {
        (x[0], x[1], x[2], x[3], x[4]) = (slice.Least, slice.LeftWing, slice.RightWing, slice.M, Math.Log(slice.S));
        Clamp(x);
    }

    private static RawSvi ToSlice(ReadOnlySpan<double> x)
    {
        var (b, s) = ((x[1] + x[2]) / 2, Math.Exp(x[4]));
        return new(x[0] - s * Math.Sqrt(x[1] * x[2]), b, (x[2] - x[1]) / (x[1] + x[2]), x[3], s);
    }

    private static void Clamp(Span<double> x)
    {
        x[0] = Math.Max(x[0], 1e-10);
        for (var i = 1; i < 3; i++) x[i] = Math.Clamp(x[i], 1e-8, RawSvi.SteepestWing - NearestToLee);
        x[4] = Math.Clamp(x[4], -10, 3);
    }

    private double Errors(ReadOnlySpan<double> x, double penalty, Span<double> errors)
    {
        var (slice, n, root, sum) = (ToSlice(x), quotes.K.Length, Math.Sqrt(penalty), 0.0);
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = i < n
                ? rootWeight[i] * (Math.Sqrt(slice.At(quotes.K[i]).Value / quotes.Years) - quotes.Volatility[i])
                : root * Hinge(slice.At(places[i - n]).Butterfly(places[i - n]));
            sum += errors[i] * errors[i];
        }
        return sum;
    }

    /// <summary>max(0, −g), rounded off.</summary>
    private double Hinge(double g) => (Math.Sqrt(g * g + margin * margin) - g) / 2;

    /// <summary>J'J and −J'r, J by differences.</summary>
    private void Linearise(Span<double> x, double penalty, int rows, Span<double> normal, Span<double> right)
    {
        for (var j = 0; j < Unknowns; j++)
        {
            var column = jacobian.AsSpan(j * rows, rows);
            var at = x[j];
            var h = 1e-7 * Math.Max(Math.Abs(at), 1e-3);
            x[j] = at + h;
            Errors(x, penalty, column);
            x[j] = at;
            for (var i = 0; i < rows; i++) column[i] = (column[i] - residuals[i]) / h;
        }
        for (var j = 0; j < Unknowns; j++)
        {
            right[j] = -Linear.Algebra.Dot(jacobian.AsSpan(j * rows, rows), residuals.AsSpan(0, rows));
            for (var i = 0; i <= j; i++) normal[i * Unknowns + j] = normal[j * Unknowns + i] = Linear.Algebra.Dot(jacobian.AsSpan(i * rows, rows), jacobian.AsSpan(j * rows, rows));
        }
    }
}
