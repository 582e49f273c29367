using System.Globalization;
using System.Text.RegularExpressions;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;

namespace Ballast.Numerics.Optimisation;

/// <summary>How weights are chosen. The same names stand in a portfolio file's <c>compute</c> and after <c>--method</c>, in camelCase.</summary>
public enum Method
{
    EqualWeight, InverseVolatility, InverseVariance,
    MinVariance, MaxSharpe, MaxUtility, TargetReturn, TargetVolatility, MaxDiversification, MaxDecorrelation,
    RiskBudget, Hrp, Herc,
    MinCVaR, MinCDaR, MinSemivariance, MinMad, Minimax,
    Kelly,
    ExponentiatedGradient, OnlineNewtonStep, PassiveAggressive, MovingAverageReversion, RobustMedianReversion, ConfidenceWeighted,
}

/// <summary>A method with everything it has to be told, apart from data and limits.</summary>
public sealed record Recipe(Method Method)
{
    /// <summary>γ of <see cref="Method.MaxUtility"/>, and of <see cref="Method.MinVariance"/> where costs count: relative risk aversion.</summary>
    public double RiskAversion { get; init; } = 5;

    /// <summary>Annual.</summary>
    public double RiskFree { get; init; }

    /// <summary>Least expected return of <see cref="Method.TargetReturn"/>, annual.</summary>
    public double? Return { get; init; }

    /// <summary>Most volatility of <see cref="Method.TargetVolatility"/>, annual.</summary>
    public double? Volatility { get; init; }

    /// <summary>Shares of risk of <see cref="Method.RiskBudget"/>, in the order of the assets; null for equal ones.</summary>
    public double[]? Budgets { get; init; }

    /// <summary>β of the tail methods.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The part of full Kelly to take, the rest in cash.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Clusters of <see cref="Method.Herc"/>.</summary>
    public int? Clusters { get; init; }

    /// <summary>How clusters are joined; null for what the papers use, single in <see cref="Method.Hrp"/> and Ward in <see cref="Method.Herc"/>.</summary>
    public LinkageMethod? Linkage { get; init; }

    /// <summary>What <see cref="Method.Hrp"/> takes as distance.</summary>
    public LinkageInput Distance { get; init; } = LinkageInput.CondensedDistance;

    /// <summary>κ_i of trading away from the limits' current weights, one way, already spread over the time that the new weights are held; empty for none.</summary>
    public double[] Costs { get; init; } = [];
}

/// <summary>What is known of the assets. Means, covariance and returns are per period.</summary>
/// <param name="Names">Of the assets, for sentences.</param>
/// <param name="Covariance">n × n.</param>
/// <param name="Mean">Expected simple returns; null where nobody said and no method may need them.</param>
/// <param name="Returns">T × n simple returns, oldest first; null where only a covariance was given.</param>
/// <param name="PeriodsAYear">1 where the estimates are annual.</param>
public sealed partial record Estimates(IReadOnlyList<string> Names, Matrix Covariance, double[]? Mean, Matrix? Returns, double PeriodsAYear)
{
    /// <summary>What they rest on, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A sentence that calls assets by their names instead of their places.</summary>
    public string Named(string sentence) =>
        Place().Replace(sentence, m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) is var i && i < Names.Count ? Names[i] : m.Value);

    [GeneratedRegex(@"\basset (\d+)\b")]
    private static partial Regex Place();
}

/// <summary>Chosen weights with the evidence for them.</summary>
/// <param name="Method">The method that gave them: the recipe's own, or the fallback that did.</param>
/// <param name="Portfolio">Weights (they sum to the limits' total, less for a fraction of Kelly), objective, iterations, residual.</param>
/// <param name="Notes">What a user should know: a tail of less than one scenario, budgets that a bound kept from being met, methods tried before.</param>
public sealed record Chosen(Method Method, Portfolio Portfolio, IReadOnlyList<string> Notes);
