using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Why an input is refused, before it is known what would have been the answer; the codes are stable.</summary>
internal sealed record Fault(string Code, string Reason)
{
    /// <summary>A number whose fourth power a double still holds; no return or variance comes near.</summary>
    public const double Largest = 1e50;

    /// <summary>A variance whose square a double still tells from zero.</summary>
    public const double Smallest = 1e-100;

    public Answer<T> As<T>() => new Answer<T>.Refused(Code, Reason);

    /// <summary>A table of simple returns: one row a period, one column an asset.</summary>
    public static Fault? OfReturns(Matrix returns, int leastRows = 2, int leastColumns = 1) =>
        returns.Columns < leastColumns ? new("TooFewAssets", $"{returns.Columns} assets where at least {leastColumns} are needed")
        : returns.Rows < leastRows ? new("TooFewObservations", $"{returns.Rows} observations where at least {leastRows} are needed")
        : OfCells(returns);

    /// <summary>A covariance or correlation: square, finite and symmetric to 1e-8 of its largest cell, no variance negative.</summary>
    public static Fault? OfSymmetric(Matrix covariance)
    {
        if (covariance.Rows != covariance.Columns || covariance.Rows == 0) return new("NotSquare", $"{covariance.Rows} rows by {covariance.Columns} columns");
        if (Symmetry.Holds(covariance, Largest) && !covariance.Diagonal().Any(x => x < 0)) return null;
        if (OfCells(covariance) is { } infinite) return infinite;
        var slack = 1e-8 * covariance.Cells.Max(Math.Abs);
        for (var i = 0; i < covariance.Rows; i++)
        {
            if (covariance[i, i] < 0) return new("NegativeVariance", $"asset {i} has a variance of {covariance[i, i]:R}");
            for (var j = 0; j < i; j++)
                if (Math.Abs(covariance[i, j] - covariance[j, i]) > slack)
                    return new("NotSymmetric", $"[{i},{j}] is {covariance[i, j]:R} and [{j},{i}] is {covariance[j, i]:R}");
        }
        return null;
    }

    /// <summary>The same, and no eigenvalue below −1e-10 of the largest.</summary>
    public static Fault? OfCovariance(Matrix covariance) =>
        OfSymmetric(covariance) ?? (!IsDefinite(covariance) && SymmetricEigen.Of(covariance) is { IsSemidefinite: false } eigen
            ? new("NotPositiveSemidefinite", $"the least eigenvalue is {eigen.Least:R}, the largest {eigen.Largest:R}")
            : null);

    /// <summary>A factorisation with the slack of the eigenvalues on the diagonal is a hundredth of their cost; only what fails it needs them.</summary>
    private static bool IsDefinite(Matrix covariance)
    {
        var (n, factor) = (covariance.Rows, new BlockedCholesky(covariance.Rows));
        var slack = SymmetricEigen.SemidefiniteSlack * covariance.Diagonal().Max();
        for (var i = 0; i < n; i++)
        {
            covariance.Row(i)[..(i + 1)].CopyTo(factor.Row(i));
            factor.Row(i)[i] += slack;
        }
        return factor.Factor();
    }

    /// <summary>One finite number an asset.</summary>
    public static Fault? OfNumbers(ReadOnlySpan<double> values, int assets, string name)
    {
        if (values.Length != assets) return new("DimensionMismatch", $"{values.Length} {name} for {assets} assets");
        for (var i = 0; i < values.Length; i++)
            if (!(Math.Abs(values[i]) <= Largest)) return new("NotFinite", $"{name}[{i}] is {values[i]}");
        return null;
    }

    /// <summary>A method that divides by every asset's risk.</summary>
    public static Fault? OfStillAssets(Matrix covariance) =>
        Array.FindIndex(covariance.Diagonal(), x => x < Smallest) is var at and >= 0 ? new("NoVariance", $"asset {at} never moves") : null;

    public static Fault? OfCells(Matrix table) =>
        Array.FindIndex(table.Cells, x => !(Math.Abs(x) <= Largest)) is var at and >= 0
            ? new("NotFinite", $"[{at / table.Columns},{at % table.Columns}] is {table.Cells[at]}, no number to reckon with")
            : null;
}
