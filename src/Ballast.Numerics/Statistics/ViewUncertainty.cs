using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>Ways to say how far views are trusted, as the views that follow from them.</summary>
public static class ViewUncertainty
{
    /// <summary>Ω = diag(P τΣ P'): each view is as uncertain as the equilibrium is about it (He and Litterman 1999).</summary>
    public static Views Proportional(Matrix covariance, double tau, Matrix portfolios, double[] returns) =>
        new(portfolios, returns, Diagonal([.. Variances(covariance, portfolios).Select(x => tau * x)]));

    /// <summary>Ω_k = ((1 − c)/c) p_k τΣ p_k' (Idzorek 2005): c = 1 is certainty, and a view of c = 0 is dropped.</summary>
    /// <param name="confidence">c_k in [0, 1], one a view.</param>
    /// <returns><c>ConfidenceOutOfRange</c>, or <c>DimensionMismatch</c>.</returns>
    public static Answer<Views> Idzorek(Matrix covariance, double tau, Matrix portfolios, double[] returns, double[] confidence)
    {
        if (confidence.Length != returns.Length || portfolios.Rows != returns.Length || portfolios.Columns != covariance.Rows)
            return new Answer<Views>.Refused("DimensionMismatch", $"{portfolios.Rows} portfolios, {returns.Length} returns and {confidence.Length} confidences are not the same views");
        if (Array.FindIndex(confidence, c => !(c is >= 0 and <= 1)) is var at and >= 0)
            return new Answer<Views>.Refused("ConfidenceOutOfRange", $"the confidence in view {at} is {confidence[at]}, not in [0, 1]");
        int[] held = [.. Enumerable.Range(0, confidence.Length).Where(k => confidence[k] > 0)];
        var variances = Variances(covariance, portfolios);
        return new Views(
            held.Length == 0 ? new Matrix(0, covariance.Rows) : Matrix.FromRows([.. held.Select(k => portfolios.Row(k).ToArray())]),
            [.. held.Select(k => returns[k])],
            Diagonal([.. held.Select(k => (1 - confidence[k]) / confidence[k] * tau * variances[k])]));
    }

    private static double[] Variances(Matrix covariance, Matrix portfolios) =>
        [.. Enumerable.Range(0, portfolios.Rows).Select(k => Algebra.Dot(portfolios.Row(k), covariance.Times(portfolios.Row(k))))];

    private static Matrix Diagonal(double[] values) => Algebra.Filled(values.Length, values.Length, (i, j) => i == j ? values[i] : 0);
}
