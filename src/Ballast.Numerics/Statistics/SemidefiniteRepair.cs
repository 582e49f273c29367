using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A covariance made positive semidefinite, its variances unchanged.</summary>
/// <param name="Covariance">n by n, in the units of the input.</param>
/// <param name="Iterations">Steps that an iterative repair took; 0 where nothing was to be repaired or the repair is direct.</param>
/// <param name="Converged">False where the steps ran out: the result is semidefinite, but a nearer one may exist.</param>
/// <param name="WithoutVariance">The assets of variance zero: their correlations are taken as zero.</param>
public sealed record Repaired(Matrix Covariance, int Iterations, bool Converged, IReadOnlyList<int> WithoutVariance);

/// <summary>Makes covariances of pairwise data, of views or of stress tests usable, by changing their correlations and never their variances.</summary>
/// <remarks>All refuse with <c>NotSquare</c>, <c>NotFinite</c>, <c>NotSymmetric</c> or <c>NegativeVariance</c>.</remarks>
public static class SemidefiniteRepair
{
    /// <summary>Eigenvalues below a floor become the floor, then the diagonal is scaled back (Rebonato and Jäckel 1999).</summary>
    /// <param name="floor">ε ≥ 0, in units of the matrix.</param>
    public static Answer<Repaired> Spectral(Matrix covariance, double floor = 0)
    {
        if (Fault.OfSymmetric(covariance) is { } fault) return fault.As<Repaired>();
        if (!(floor >= 0 && double.IsFinite(floor))) return new Answer<Repaired>.Refused("ParameterOutOfRange", $"a floor of {floor} is not a size");
        var clipped = SymmetricEigen.Of(WithoutStill(covariance)).Rebuilt(x => Math.Max(x, floor));
        double[] back = [.. covariance.Diagonal().Zip(clipped.Diagonal(), (wanted, has) => wanted < Fault.Smallest ? 0 : Math.Sqrt(wanted / has))];
        return new Repaired(clipped.Scaled(back, back), 0, true, Still(covariance));
    }

    /// <summary>The nearest correlation in the Frobenius norm: projections on the semidefinite cone and on the unit diagonal in turn, with Dykstra's correction (Higham 2002, IMA J. Numerical Analysis 22, algorithm 3.3).</summary>
    /// <remarks>Ends where no cell changes by 1e-12; what is left of a negative eigenvalue is taken off by a blend with the identity.</remarks>
    public static Answer<Repaired> Higham(Matrix covariance, int mostIterations = 10_000)
    {
        if (Fault.OfSymmetric(covariance) is { } fault) return fault.As<Repaired>();
        var (deviation, still) = (covariance.Diagonal().Select(Math.Sqrt).ToArray(), Still(covariance));
        var nearest = Scaled(covariance, deviation, still);
        var correction = new Matrix(nearest.Rows, nearest.Rows);
        var (steps, change) = (0, SymmetricEigen.Of(nearest).Least < 0 ? double.PositiveInfinity : 0);
        for (; steps < mostIterations && change >= 1e-12; steps++)
        {
            var shifted = Cells((i, j) => nearest[i, j] - correction[i, j]);
            var inCone = SymmetricEigen.Of(shifted).Rebuilt(x => Math.Max(0, x));
            correction = Cells((i, j) => inCone[i, j] - shifted[i, j]);
            var next = Cells((i, j) => i == j ? 1 : inCone[i, j]);
            change = next.Cells.Zip(nearest.Cells, (a, b) => Math.Abs(a - b)).Max();
            nearest = next;
        }
        return new Repaired(BlendedWithIdentity(nearest).Scaled(deviation, deviation), steps, change < 1e-12, still);

        Matrix Cells(Func<int, int, double> cell) => Algebra.Filled(deviation.Length, deviation.Length, cell);
    }

    /// <summary>The least blend (1 − a) A + a F with a semidefinite target F that is semidefinite, to 1e-12 in a, by bisection.</summary>
    /// <param name="target">F: n by n and positive definite, such as the diagonal of A; its diagonal should be A's.</param>
    /// <returns>Also <c>NotPositiveSemidefinite</c> where the target is not, or <c>DimensionMismatch</c>.</returns>
    public static Answer<Repaired> TowardsTarget(Matrix covariance, Matrix target)
    {
        if ((Fault.OfSymmetric(covariance) ?? Fault.OfCovariance(target)) is { } fault) return fault.As<Repaired>();
        if (target.Rows != covariance.Rows) return new Answer<Repaired>.Refused("DimensionMismatch", $"a target of {target.Rows} assets for {covariance.Rows}");
        var (steps, low, high) = (0, 0.0, IsFine(covariance) ? 0.0 : 1.0);
        for (; high - low > 1e-12; steps++)
        {
            var middle = low + (high - low) / 2;
            if (IsFine(At(middle))) high = middle;
            else low = middle;
        }
        return new Repaired(At(high), steps, true, Still(covariance));

        Matrix At(double share) => Algebra.Filled(target.Rows, target.Rows, (i, j) => (1 - share) * covariance[i, j] + share * target[i, j]);
        static bool IsFine(Matrix a) => SymmetricEigen.Of(a).Least >= 0;
    }

    private static Matrix WithoutStill(Matrix a) =>
        Algebra.Filled(a.Rows, a.Rows, (i, j) => a[i, i] < Fault.Smallest || a[j, j] < Fault.Smallest ? 0 : a[i, j]);

    private static int[] Still(Matrix a) => [.. Enumerable.Range(0, a.Rows).Where(i => a[i, i] < Fault.Smallest)];

    /// <summary>Correlations that may exceed one, as an inconsistent table has them.</summary>
    private static Matrix Scaled(Matrix a, double[] deviation, int[] still) =>
        Algebra.Filled(a.Rows, a.Rows, (i, j) => i == j ? 1 : still.Contains(i) || still.Contains(j) ? 0 : a[i, j] / deviation[i] / deviation[j]);

    private static Matrix BlendedWithIdentity(Matrix correlation)
    {
        var least = SymmetricEigen.Of(correlation).Least;
        if (least >= 0) return correlation;
        var share = -least / (1 - least);
        return Algebra.Filled(correlation.Rows, correlation.Rows, (i, j) => i == j ? 1 : (1 - share) * correlation[i, j]);
    }
}
