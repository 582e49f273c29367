namespace Ballast.Numerics.Statistics;

/// <summary>Whether two Sharpe ratios differ, by the delta method with a standard error that allows for autocorrelation.</summary>
/// <param name="Difference">SR_a − SR_b per period, with moments of divisor T.</param>
/// <param name="StandardError">√(∇'Ψ̂∇/T).</param>
/// <param name="PValue">Two-sided, 2Φ(−|Δ|/se).</param>
public readonly record struct SharpeDifference(double Difference, double StandardError, double PValue)
{
    /// <summary>Ledoit and Wolf (2008), J. Empirical Finance 15, with Bartlett weights up to a lag and the factor T/(T − 4).</summary>
    /// <param name="first">Returns of the first series.</param>
    /// <param name="second">Returns of the second series over the same periods.</param>
    /// <param name="lag">L; null for ⌊4(T/100)^(2/9)⌋, and 0 for independent returns.</param>
    /// <param name="smallSample">Whether the factor T/(T − 4) is applied.</param>
    public static SharpeDifference Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int? lag = null, bool smallSample = true)
    {
        ReturnSeries.Require(first, nameof(first));
        ReturnSeries.Require(second, nameof(second));
        var length = first.Length;
        if (length != second.Length) throw new ArgumentException($"{length} returns against {second.Length}: align them first");
        if (length < 5) throw new ArgumentException($"{length} returns are too few: four moments leave no freedom", nameof(first));
        var lags = lag ?? (int)Math.Floor(4 * Math.Pow(length / 100.0, 2.0 / 9));
        var (a, b) = (Moments.Of(first), Moments.Of(second));
        if (a.SumSquares == 0 || b.SumSquares == 0) throw new ArgumentException("a series that does not vary has no Sharpe ratio");
        var influence = Influence(first, second, a, b);
        var variance = LongRun(influence, lags) * (smallSample ? length / (length - 4.0) : 1);
        var difference = a.Mean / a.PopulationDeviation - b.Mean / b.PopulationDeviation;
        var error = Math.Sqrt(Math.Max(0, variance) / length);
        return new(difference, error, 2 * Normal.Cdf(-Math.Abs(difference) / error));
    }

    /// <summary>∇'y_t: the gradient (γ/s³, −μ/2s³) of each Sharpe ratio along the deviations of first and raw second moments, s² = γ − μ².</summary>
    private static double[] Influence(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Moments a, Moments b)
    {
        var influence = new double[first.Length];
        for (var t = 0; t < influence.Length; t++) influence[t] = Of(first[t], a) - Of(second[t], b);
        return influence;

        static double Of(double value, Moments moments)
        {
            var variance = moments.SumSquares / moments.Count;
            var second = variance + moments.Mean * moments.Mean;
            return (second * (value - moments.Mean) - 0.5 * moments.Mean * (value * value - second)) / Math.Pow(variance, 1.5);
        }
    }

    /// <summary>Γ₀ + 2 Σ_{j≤L} (1 − j/(L+1)) Γ_j.</summary>
    private static double LongRun(double[] values, int lags)
    {
        var sum = 0.0;
        for (var j = 0; j <= Math.Min(lags, values.Length - 1); j++)
        {
            var product = 0.0;
            for (var t = j; t < values.Length; t++) product += values[t] * values[t - j];
            sum += (j == 0 ? 1 : 2 * (1 - j / (lags + 1.0))) * product / values.Length;
        }
        return sum;
    }
}
