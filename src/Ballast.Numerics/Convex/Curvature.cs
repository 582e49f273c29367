using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Convex;

/// <summary>The quadratic part of a programme, H in ½ x'Hx, dense or by factors, and how to solve with it plus a diagonal.</summary>
public abstract class Curvature
{
    public abstract int Size { get; }

    /// <summary>A matrix that is symmetric and positive semidefinite.</summary>
    public static Curvature Dense(Matrix matrix, double scale = 1) => new DenseCurvature(Symmetry.Require(matrix), scale);

    /// <summary>B F B' + diag(D), with exposures B (n × k), factor covariance F (k × k), own variances D (n): five thousand assets take no n × n matrix.</summary>
    public static Curvature OfFactors(Matrix exposures, Matrix factorCovariance, double[] ownVariances, double scale = 1) =>
        FactorCurvature.Of(exposures.RequireFinite(), factorCovariance.RequireFinite().RequireSymmetric(), ownVariances, scale);

    /// <summary>No curvature: a linear programme.</summary>
    public static Curvature None(int size) => new FactorCurvature(new Matrix(size, 0), new double[size]);

    public abstract double Diagonal(int asset);

    /// <summary>result = H x.</summary>
    public abstract void Multiply(ReadOnlySpan<double> x, Span<double> result);

    /// <summary>factor · H.</summary>
    public abstract Curvature Times(double factor);

    /// <summary>The rows and columns of some assets.</summary>
    internal abstract Curvature Of(int[] assets);

    /// <summary>Prepares to solve with H + diag(added); false where that is not positive definite.</summary>
    internal abstract bool Factor(ReadOnlySpan<double> added);

    /// <summary>x := (H + diag(added))⁻¹ x.</summary>
    internal abstract void Solve(Span<double> x);

    public double MeanDiagonal()
    {
        var sum = 0.0;
        for (var i = 0; i < Size; i++) sum += Diagonal(i);
        return Size == 0 ? 0 : sum / Size;
    }

    /// <summary>x'Mx, skipping the rows of zeros.</summary>
    internal static double Form(Matrix matrix, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            if (x[i] != 0) sum += x[i] * Vectors.Dot(matrix.Row(i), x);
        return sum;
    }

    /// <summary>x'Hx.</summary>
    public double Form(ReadOnlySpan<double> x)
    {
        var product = new double[Size];
        Multiply(x, product);
        return Vectors.Dot(x, product);
    }
}

internal sealed class DenseCurvature(Matrix matrix, double scale) : Curvature
{
    private BlockedCholesky? factor;

    /// <summary>The matrix before its scale.</summary>
    public Matrix Matrix => matrix;

    public double Scale => scale;

    public override int Size => matrix.Rows;

    public override double Diagonal(int asset) => scale * matrix[asset, asset];

    public override void Multiply(ReadOnlySpan<double> x, Span<double> result)
    {
        for (var i = 0; i < Size; i++) result[i] = scale * Vectors.Dot(matrix.Row(i), x);
    }

    public override Curvature Times(double by) => new DenseCurvature(matrix, scale * by);

    internal override Curvature Of(int[] assets)
    {
        var part = new Matrix(assets.Length, assets.Length);
        for (var i = 0; i < assets.Length; i++)
        {
            var from = matrix.Row(assets[i]);
            var to = part.Row(i);
            for (var j = 0; j < assets.Length; j++) to[j] = from[assets[j]];
        }
        return new DenseCurvature(part, scale);
    }

    internal override bool Factor(ReadOnlySpan<double> added)
    {
        factor ??= new BlockedCholesky(Size);
        for (var i = 0; i < Size; i++)
        {
            var from = matrix.Row(i);
            var to = factor.Row(i);
            for (var j = 0; j <= i; j++) to[j] = scale * from[j];
            to[i] += added[i];
        }
        return factor.Factor();
    }

    internal override void Solve(Span<double> x) => factor!.Solve(x);
}

/// <summary>C C' + diag(own): C = B √F, so that the small matrix of Woodbury's identity, I + C'Δ⁻¹C, is positive definite by itself.</summary>
internal sealed class FactorCurvature(Matrix loadings, double[] own) : Curvature
{
    private readonly double[] inverse = new double[own.Length];
    private readonly double[] small = new double[loadings.Columns];
    private BlockedCholesky? factor;

    public static FactorCurvature Of(Matrix exposures, Matrix factorCovariance, double[] ownVariances, double scale)
    {
        var (n, k) = (exposures.Rows, exposures.Columns);
        if (factorCovariance.Rows != k) throw new ArgumentException($"{k} factors have a covariance of {factorCovariance.Rows}", nameof(factorCovariance));
        if (ownVariances.Length != n) throw new ArgumentException($"{n} assets have {ownVariances.Length} own variances", nameof(ownVariances));
        if (Array.FindIndex(ownVariances, x => !(x >= 0 && double.IsFinite(x))) is var at and >= 0) throw new ArgumentException($"own variance {at} is {ownVariances[at]}", nameof(ownVariances));
        var root = new BlockedCholesky(k);
        for (var i = 0; i < k; i++) factorCovariance.Row(i)[..(i + 1)].CopyTo(root.Row(i));
        if (!root.Factor()) throw new ArgumentException("the factor covariance is not positive definite", nameof(factorCovariance));
        var loadings = new Matrix(n, k);
        var size = Math.Sqrt(scale);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < k; j++)
                for (var m = j; m < k; m++) loadings[i, j] += size * exposures[i, m] * root.Row(m)[j];
        return new FactorCurvature(loadings, [.. ownVariances.Select(x => scale * x)]);
    }

    public override int Size => own.Length;

    public override double Diagonal(int asset) => own[asset] + Vectors.Dot(loadings.Row(asset), loadings.Row(asset));

    public override void Multiply(ReadOnlySpan<double> x, Span<double> result)
    {
        Array.Clear(small);
        for (var i = 0; i < Size; i++) Vectors.AddScaled(x[i], loadings.Row(i), small);
        for (var i = 0; i < Size; i++) result[i] = own[i] * x[i] + Vectors.Dot(loadings.Row(i), small);
    }

    public override Curvature Times(double by)
    {
        var root = Math.Sqrt(by);
        return new FactorCurvature(new Matrix(loadings.Rows, loadings.Columns, [.. loadings.Cells.Select(x => root * x)]), [.. own.Select(x => by * x)]);
    }

    internal override Curvature Of(int[] assets)
    {
        var part = new Matrix(assets.Length, loadings.Columns);
        for (var i = 0; i < assets.Length; i++) loadings.Row(assets[i]).CopyTo(part.Row(i));
        return new FactorCurvature(part, [.. assets.Select(i => own[i])]);
    }

    internal override bool Factor(ReadOnlySpan<double> added)
    {
        var k = loadings.Columns;
        factor ??= new BlockedCholesky(k);
        for (var j = 0; j < k; j++) factor.Row(j).Clear();
        for (var j = 0; j < k; j++) factor.Row(j)[j] = 1;
        for (var i = 0; i < Size; i++)
        {
            var diagonal = own[i] + added[i];
            if (!(diagonal > 0)) return false;
            inverse[i] = 1 / diagonal;
            var row = loadings.Row(i);
            for (var j = 0; j < k; j++) Vectors.AddScaled(inverse[i] * row[j], row[..(j + 1)], factor.Row(j));
        }
        return factor.Factor();
    }

    internal override void Solve(Span<double> x)
    {
        Array.Clear(small);
        for (var i = 0; i < Size; i++)
        {
            x[i] *= inverse[i];
            Vectors.AddScaled(x[i], loadings.Row(i), small);
        }
        factor!.Solve(small);
        for (var i = 0; i < Size; i++) x[i] -= inverse[i] * Vectors.Dot(loadings.Row(i), small);
    }
}
