using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A least-squares regression with errors that allow for residuals of changing size that hang together over some lags.</summary>
/// <param name="Coefficients">One a regressor.</param>
/// <param name="Errors">Their standard errors.</param>
/// <param name="RSquared">The part of the variance about the mean that is explained; null where y does not vary.</param>
public sealed record NeweyWest(double[] Coefficients, double[] Errors, double? RSquared, int Observations)
{
    /// <summary>Coefficient over error.</summary>
    public double T(int regressor) => Coefficients[regressor] / Errors[regressor];

    /// <summary>Regresses y on the columns of x, which are used as they are: a constant is a column of ones.</summary>
    /// <remarks>Newey and West (1987): the weight of lag l is 1 − l/(L + 1); no small-sample factor.</remarks>
    /// <returns><c>InsufficientData</c> with no more rows than columns; <c>SingularRegressors</c> where a column is a mixture of others.</returns>
    public static Answer<NeweyWest> Of(Matrix x, ReadOnlySpan<double> y, int lags = 4)
    {
        if (y.Length != x.Rows) throw new ArgumentException($"{y.Length} values for {x.Rows} rows");
        if (x.Rows <= x.Columns) return new Answer<NeweyWest>.Refused("InsufficientData", $"{x.Rows} observations for {x.Columns} coefficients");
        var values = y.ToArray();
        return Cholesky.Of(Outer(x, 0, null)) is Answer<Cholesky>.Found { Value: var factor }
            ? Solved(x, values, factor, lags)
            : new Answer<NeweyWest>.Refused("SingularRegressors", "one regressor is a mixture of the others, or does not vary");
    }

    private static NeweyWest Solved(Matrix x, double[] y, Cholesky factor, int lags)
    {
        var cross = new double[x.Columns];
        for (var t = 0; t < y.Length; t++)
            for (var j = 0; j < cross.Length; j++) cross[j] += x[t, j] * y[t];
        var coefficients = factor.Solve(cross);
        var fitted = x.Times(coefficients);
        double[] left = [.. y.Select((value, t) => value - fitted[t])];
        var middle = Outer(x, 0, left);
        for (var lag = 1; lag <= Math.Min(lags, y.Length - 1); lag++)
        {
            var (lagged, weight) = (Outer(x, lag, left), 1 - lag / (lags + 1.0));
            for (var i = 0; i < middle.Rows; i++)
                for (var j = 0; j < middle.Rows; j++) middle[i, j] += weight * (lagged[i, j] + lagged[j, i]);
        }
        var inverse = factor.Inverse();
        double[] errors = [.. Enumerable.Range(0, cross.Length).Select(j => Math.Sqrt(Math.Max(0, Algebra.Dot(inverse.Row(j), middle.Times(inverse.Row(j))))))];
        var total = Moments.Of(y).SumSquares;
        return new(coefficients, errors, total > 0 ? 1 - left.Sum(e => e * e) / total : null, y.Length);
    }

    /// <summary>Σ xₜ x'ₜ₋ₗ, each times its residual where there are any.</summary>
    private static Matrix Outer(Matrix x, int lag, double[]? left)
    {
        var sum = new Matrix(x.Columns, x.Columns);
        for (var t = lag; t < x.Rows; t++)
        {
            var factor = left is null ? 1 : left[t] * left[t - lag];
            for (var i = 0; i < sum.Rows; i++)
                for (var j = 0; j < sum.Rows; j++) sum[i, j] += factor * x[t, i] * x[t - lag, j];
        }
        return sum;
    }
}
