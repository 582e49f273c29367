using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Which form of the shrinkage is meant; the two differ by terms of 2/n.</summary>
public enum OasVariant
{
    /// <summary>Equation 23 as printed.</summary>
    Paper,

    /// <summary>As scikit-learn computes it, without the 2/n terms.</summary>
    ScikitLearn,
}

/// <summary>Covariance shrunk to a multiple of the identity, for returns that are near normal (Chen, Wiesel, Eldar and Hero 2010, IEEE TSP 58).</summary>
public static class OracleApproximating
{
    /// <summary>ρ = min{1, [(1−2/n) tr S² + tr²S] / [(T+1−2/n)(tr S² − tr²S/n)]} in the paper; S has the divisor T.</summary>
    /// <param name="returns">T by n, simple returns, oldest first.</param>
    /// <returns><c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c> where the table has none.</returns>
    public static Answer<Shrunk> Of(Matrix returns, OasVariant variant = OasVariant.Paper)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<Shrunk>();
        var sample = Covariance.Sample(returns, ddof: 0);
        var trace = sample.Diagonal().Sum();
        var shrinkage = Shrinkage(sample.Cells.Sum(x => x * x), trace, returns.Columns, returns.Rows, variant);
        return new Shrunk(LedoitWolf.Blend(sample, shrinkage, (i, j) => i == j ? trace / returns.Columns : 0), shrinkage, null, LedoitWolf.Still(sample));
    }

    private static double Shrinkage(double squares, double trace, double n, double length, OasVariant variant)
    {
        var lost = variant == OasVariant.Paper ? 2 / n : 0;
        var (above, spread) = variant == OasVariant.Paper
            ? ((1 - lost) * squares + trace * trace, squares - trace * trace / n)
            : (squares / n / n + trace * trace / n / n, (squares - trace * trace / n) / n / n);
        // Where S is a multiple of the identity already there is nothing to shrink.
        return spread <= 0 ? 0 : Math.Min(1, above / ((length + 1 - lost) * spread));
    }
}
