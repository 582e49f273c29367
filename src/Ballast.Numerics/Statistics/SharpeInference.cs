namespace Ballast.Numerics.Statistics;

/// <summary>Whether a Sharpe ratio is more than chance: its standard error, the probability that it beats a benchmark, and the track record that would show it.</summary>
/// <remarks>Sharpe ratios are per period; kurtosis is raw (3 for a normal distribution).</remarks>
public static class SharpeInference
{
    private const double EulerGamma = 0.57721566490153286061;

    /// <summary>√[(1 − γ₃ŜR + (γ₄−1)/4·ŜR²)/(n−1)] (Bailey and López de Prado 2012, J. Risk 15).</summary>
    public static double StandardError(double sharpe, int observations, double skew, double kurtosis)
    {
        if (observations < 2) throw new ArgumentOutOfRangeException(nameof(observations), observations, "needs at least 2 observations");
        return Math.Sqrt(Radicand(sharpe, skew, kurtosis) / (observations - 1));
    }

    /// <summary>PSR: the probability that the true Sharpe ratio exceeds the benchmark, Φ((ŜR − SR*)/σ(ŜR)).</summary>
    public static double Probabilistic(double sharpe, double benchmark, int observations, double skew, double kurtosis) =>
        Normal.Cdf((sharpe - benchmark) / StandardError(sharpe, observations, skew, kurtosis));

    /// <summary>MinTRL: how many observations show at a confidence that the Sharpe ratio exceeds the benchmark; +∞ where it does not exceed it.</summary>
    public static double MinimumTrackRecord(double sharpe, double benchmark, double skew, double kurtosis, double confidence = 0.95) =>
        sharpe <= benchmark
            ? double.PositiveInfinity
            : 1 + Radicand(sharpe, skew, kurtosis) * Math.Pow(Normal.InverseCdf(confidence) / (sharpe - benchmark), 2);

    /// <summary>SR₀: the best Sharpe ratio to expect among trials without skill, √V·[(1−γ_E)Φ⁻¹(1−1/N) + γ_EΦ⁻¹(1−1/(Ne))] (Bailey and López de Prado 2014, JPM 40).</summary>
    public static double ExpectedMaximum(double varianceAcrossTrials, double trials)
    {
        if (!(varianceAcrossTrials >= 0)) throw new ArgumentOutOfRangeException(nameof(varianceAcrossTrials), varianceAcrossTrials, "a variance is not negative");
        if (!(trials >= 1)) throw new ArgumentOutOfRangeException(nameof(trials), trials, "needs at least one trial");
        return trials == 1
            ? 0
            : Math.Sqrt(varianceAcrossTrials) * ((1 - EulerGamma) * Normal.InverseCdf(1 - 1 / trials) + EulerGamma * Normal.InverseCdf(1 - 1 / (trials * Math.E)));
    }

    /// <summary>DSR: the probabilistic Sharpe ratio against what the best of so many trials would show by chance.</summary>
    public static double Deflated(double sharpe, int observations, double skew, double kurtosis, double varianceAcrossTrials, double trials) =>
        Probabilistic(sharpe, ExpectedMaximum(varianceAcrossTrials, trials), observations, skew, kurtosis);

    private static double Radicand(double sharpe, double skew, double kurtosis) =>
        1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe is var value and > 0
            ? value
            : throw new ArgumentException($"kurtosis {kurtosis:R} is too small for skewness {skew:R}: it is at least skewness² + 1");
}
