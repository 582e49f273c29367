using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Statistics;

/// <summary>A covariance without the part that chance explains.</summary>
/// <param name="LambdaPlus">λ₊, the largest eigenvalue that independent assets would have by chance.</param>
/// <param name="FactorsKept">How many eigenvalues of the correlation exceed it.</param>
public sealed record Denoised(Matrix Covariance, double LambdaPlus, int FactorsKept);

/// <summary>How a correlation is cleaned.</summary>
/// <param name="NoiseVariance">σ² of the Marchenko–Pastur law: 1 where all variance is taken as noise.</param>
/// <param name="TargetShrinkage">α in [0, 1]: the noise keeps this share of its correlations; null replaces its eigenvalues by their mean.</param>
/// <param name="Detone">Takes the largest factor, the market, out; what is left is singular, for clustering and not for inversion.</param>
public sealed record Denoising(double NoiseVariance = 1, double? TargetShrinkage = null, bool Detone = false);

/// <summary>Separates a covariance's signal from its noise by random matrix theory (López de Prado 2020, Machine Learning for Asset Managers, chapter 2).</summary>
public static class RandomMatrix
{
    /// <summary>Keeps the correlation's eigenvalues above λ₊ = σ²(1 + √(n/T))², smooths the rest, and restores the unit diagonal and the variances.</summary>
    /// <param name="returns">T by n, simple returns.</param>
    /// <returns><c>ParameterOutOfRange</c>; <c>NothingLeft</c> where an asset is the market alone and that is taken out; <c>TooFewObservations</c>, <c>TooFewAssets</c> or <c>NotFinite</c>.</returns>
    public static Answer<Denoised> Of(Matrix returns, Denoising how)
    {
        if ((Fault.OfReturns(returns) ?? OfChoices(how)) is { } fault) return fault.As<Denoised>();
        var sample = Covariance.Sample(returns);
        double[] deviation = [.. sample.Diagonal().Select(Math.Sqrt)];
        var eigen = SymmetricEigen.Of(Correlations.OfCovariance(sample));
        var edge = how.NoiseVariance * Math.Pow(1 + Math.Sqrt((double)returns.Columns / returns.Rows), 2);
        var noise = eigen.Values.Count(x => x <= edge);
        var clean = how.TargetShrinkage is { } alpha ? Shrunken(eigen, noise, alpha) : Levelled(eigen, noise);
        return Rescaled(clean).Then(c => how.Detone ? Rescaled(WithoutMarket(c)) : c)
            .Then<Denoised>(c => new Denoised(c.Scaled(deviation, deviation), edge, eigen.Values.Length - noise));
    }

    private static Fault? OfChoices(Denoising how) =>
        !(how.NoiseVariance > 0 && double.IsFinite(how.NoiseVariance)) ? new("ParameterOutOfRange", $"a noise variance of {how.NoiseVariance} is not positive")
        : how.TargetShrinkage is { } alpha && !(alpha is >= 0 and <= 1) ? new("ParameterOutOfRange", $"a target shrinkage of {alpha} is not in [0, 1]")
        : null;

    /// <summary>Every noise eigenvalue becomes their mean, so that the trace stays.</summary>
    private static Matrix Levelled(SymmetricEigen eigen, int noise)
    {
        var mean = noise == 0 ? 0 : eigen.Values.Take(noise).Average();
        return new SymmetricEigen([.. eigen.Values.Select((x, k) => k < noise ? mean : x)], eigen.Directions).Rebuilt(x => x);
    }

    /// <summary>Signal + α noise + (1 − α) diag(noise).</summary>
    private static Matrix Shrunken(SymmetricEigen eigen, int noise, double alpha)
    {
        var signal = new SymmetricEigen([.. eigen.Values.Select((x, k) => k < noise ? 0 : x)], eigen.Directions).Rebuilt(x => x);
        var rest = new SymmetricEigen([.. eigen.Values.Select((x, k) => k < noise ? x : 0)], eigen.Directions).Rebuilt(x => x);
        return Algebra.Filled(signal.Rows, signal.Rows, (i, j) => signal[i, j] + (i == j ? 1 : alpha) * rest[i, j]);
    }

    private static Matrix WithoutMarket(Matrix correlation)
    {
        var eigen = SymmetricEigen.Of(correlation);
        return new SymmetricEigen([.. eigen.Values.SkipLast(1), 0], eigen.Directions).Rebuilt(x => x);
    }

    private static Answer<Matrix> Rescaled(Matrix a)
    {
        var diagonal = a.Diagonal();
        if (Array.FindIndex(diagonal, x => !(x > 1e-12)) is var at and >= 0)
            return new Answer<Matrix>.Refused("NothingLeft", $"nothing of asset {at} is left");
        return Algebra.Filled(a.Rows, a.Rows, (i, j) => i == j ? 1 : a[i, j] / Math.Sqrt(diagonal[i] * diagonal[j]));
    }
}
