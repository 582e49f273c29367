using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Optimisation;

/// <summary>Whether the numbers of a recipe and of its estimates are such at all, before any method reckons with them.</summary>
internal static class SoundRequest
{
    /// <summary>The first of them that is not, null where all are.</summary>
    public static Fault? FaultOf(Recipe recipe, Estimates estimates) =>
        Fault.OfSymmetric(estimates.Covariance)
        ?? OfVariances(estimates)
        ?? (estimates.Mean is { } mean ? Fault.OfNumbers(mean, estimates.Names.Count, "means") : null)
        ?? (estimates.Returns is { } returns ? Fault.OfCells(returns) : null)
        ?? OfNumber("the risk aversion", "RiskAversionInvalid", recipe.RiskAversion, least: 0)
        ?? OfNumber("the risk-free rate", "RiskFreeInvalid", recipe.RiskFree, least: -Fault.Largest)
        ?? OfNumber("the least return", "ReturnInvalid", recipe.Return ?? 0, least: -Fault.Largest)
        ?? OfNumber("the most volatility", "VolatilityInvalid", recipe.Volatility ?? 0, least: 0)
        ?? OfConfidence(recipe);

    /// <summary>Zero is a variance, which some methods refuse; what vanishes when it is squared is none.</summary>
    private static Fault? OfVariances(Estimates estimates) =>
        Array.FindIndex(estimates.Covariance.Diagonal(), x => x is > 0 and < Fault.Smallest) is var at and >= 0
            ? new("VarianceTooSmall", $"asset {at} has the variance {estimates.Covariance[at, at]:R}, too small to reckon with")
            : null;

    private static Fault? OfNumber(string what, string code, double value, double least) =>
        value >= least && value <= Fault.Largest ? null : new(code, $"{what} is {value}");

    /// <summary>A drawdown's may be zero, which is the average drawdown.</summary>
    private static Fault? OfConfidence(Recipe recipe) => recipe.Method switch
    {
        Method.MinCVaR when !(recipe.Confidence is > 0 and < 1) => new("ConfidenceOutOfRange", $"a confidence of {recipe.Confidence} is not in (0, 1)"),
        Method.MinCDaR when !(recipe.Confidence is >= 0 and < 1) => new("ConfidenceOutOfRange", $"a confidence of {recipe.Confidence} is not in [0, 1)"),
        _ => null,
    };
}
