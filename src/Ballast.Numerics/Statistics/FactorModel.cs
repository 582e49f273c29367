using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A covariance as a few common factors and what each asset has of its own: BB' + diag(d), by principal components of the returns.</summary>
/// <param name="Exposures">B, n by k: the factors are uncorrelated and of variance one.</param>
/// <param name="OwnVariances">d, one an asset, such that each asset's variance is its sample variance.</param>
/// <remarks>
/// Connor and Korajczyk (1986): the factors are those of the T × T products of periods, so that no n × n table is needed where n exceeds T.
/// </remarks>
public sealed record FactorModel(Matrix Exposures, double[] OwnVariances)
{
    /// <param name="returns">T by n, simple returns.</param>
    /// <param name="factors">k; null for those whose correlation eigenvalue chance does not explain, λ &gt; (1 + √(n/T))² (Marchenko and Pastur 1967), at least one.</param>
    /// <returns><c>ParameterOutOfRange</c> for more factors than min(n, T − 1); <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c>.</returns>
    public static Answer<FactorModel> Of(Matrix returns, int? factors = null)
    {
        if (Fault.OfReturns(returns) is { } fault) return fault.As<FactorModel>();
        var (length, n) = (returns.Rows, returns.Columns);
        var most = Math.Min(n, length - 1);
        if (factors is { } asked && (asked < 1 || asked > most)) return new Answer<FactorModel>.Refused("ParameterOutOfRange", $"{asked} factors of {n} assets over {length} periods");
        var series = Covariance.Demeaned(returns);
        double[] deviation = [.. series.Select(x => Math.Sqrt(Algebra.Dot(x, x) / (length - 1)))];
        // Standardised, so that the factors are the same in any unit; an asset that never moves has no part in them.
        for (var i = 0; i < n; i++)
            for (var t = 0; t < length; t++) series[i][t] = deviation[i] > 0 ? series[i][t] / deviation[i] : 0;
        var eigen = SymmetricEigen.Of(n <= length ? Products(series, length) : Periods(series, length));
        var kept = factors ?? Math.Clamp(eigen.Values.Count(x => x > Math.Pow(1 + Math.Sqrt((double)n / length), 2)), 1, most);
        var exposures = new Matrix(n, kept);
        for (var k = 0; k < kept; k++)
        {
            var place = eigen.Values.Length - 1 - k;
            var direction = n <= length ? eigen.Directions.Row(place).ToArray() : Turned(series, eigen.Directions.Row(place).ToArray(), eigen.Values[place], length);
            for (var i = 0; i < n; i++) exposures[i, k] = deviation[i] * Math.Sqrt(Math.Max(0, eigen.Values[place])) * direction[i];
        }
        return new FactorModel(exposures, [.. deviation.Select((s, i) => Math.Max(0, s * s - Algebra.Dot(exposures.Row(i), exposures.Row(i))))]);
    }

    /// <summary>BB' + diag(d) as one table.</summary>
    public Matrix Covariances() => Algebra.Filled(OwnVariances.Length, OwnVariances.Length, (i, j) => Algebra.Dot(Exposures.Row(i), Exposures.Row(j)) + (i == j ? OwnVariances[i] : 0));

    private static Matrix Products(double[][] series, int length) => Algebra.Filled(series.Length, series.Length, (i, j) => Algebra.Dot(series[i], series[j]) / (length - 1));

    private static Matrix Periods(double[][] series, int length)
    {
        var sums = new Matrix(length, length);
        foreach (var x in series)
            for (var s = 0; s < length; s++) Algebra.Add(sums.Row(s), x[s] / (length - 1), x);
        return sums.Symmetrised();
    }

    /// <summary>From a direction over periods to one over assets, of length one.</summary>
    private static double[] Turned(double[][] series, double[] over, double value, int length) =>
        value > 0 ? [.. series.Select(x => Algebra.Dot(x, over) / Math.Sqrt(value * (length - 1)))] : new double[series.Length];
}
