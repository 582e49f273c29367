using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>Weights in closed form: equal, by inverse volatility or variance, by size, and the exposure that meets a volatility.</summary>
public static class ClosedForm
{
    public static double[] Equal(int assets) => [.. Enumerable.Repeat(1.0 / assets, assets)];

    /// <summary>w_i ∝ 1/σ_i.</summary>
    public static Answer<double[]> InverseVolatility(Matrix covariance) => Inverse(covariance, Math.Sqrt);

    /// <summary>w_i ∝ 1/σ_i².</summary>
    public static Answer<double[]> InverseVariance(Matrix covariance) => Inverse(covariance, variance => variance);

    /// <summary>w_i ∝ capitalisation.</summary>
    public static Answer<double[]> Capitalisation(double[] values) =>
        Array.FindIndex(values, x => !(x >= 0 && double.IsFinite(x))) is var at and >= 0 ? new Answer<double[]>.Refused("NegativeCapitalisation", $"asset {at} has {values[at]:R}")
        : values.Sum() is var sum && sum > 0 ? values.Select(x => x / sum).ToArray()
        : new Answer<double[]>.Refused("NegativeCapitalisation", "nothing has a value");

    /// <summary>L = min(σ*/σ̂, most): the share of the risky portfolio that meets a volatility; the rest is cash.</summary>
    public static Answer<double> VolatilityTarget(double wanted, double estimated, double most = 1)
    {
        if (!(wanted >= 0) || !(most >= 0)) throw new ArgumentOutOfRangeException(nameof(wanted), $"{wanted:R} and {most:R} must not be negative");
        return estimated > 0 && double.IsFinite(estimated) ? Math.Min(wanted / estimated, most) : new Answer<double>.Refused("ZeroVolatility", $"the estimated volatility is {estimated:R}");
    }

    private static Answer<double[]> Inverse(Matrix covariance, Func<double, double> measure)
    {
        var weights = new double[covariance.RequireFinite().Rows];
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(covariance[i, i] > 0)) return new Answer<double[]>.Refused("ZeroVolatility", $"asset {i} has the variance {covariance[i, i]:R}");
            weights[i] = 1 / measure(covariance[i, i]);
        }
        var sum = weights.Sum();
        return weights.Select(w => w / sum).ToArray();
    }
}
