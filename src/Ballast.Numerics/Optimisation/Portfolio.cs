using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;

namespace Ballast.Numerics.Optimisation;

/// <summary>Weights that are optimal for what was asked, with the evidence for it.</summary>
/// <param name="Objective">The value of the method's own objective: variance, utility, ratio, shortfall.</param>
public sealed record Portfolio(double[] Weights, double Objective)
{
    public int Iterations { get; init; }

    /// <summary>The largest violation of a limit or of a condition of optimality, relative to the size of the objective's coefficients.</summary>
    public double Residual { get; init; }

    /// <summary>What the limits cost, where the method prices them.</summary>
    public Multipliers? Multipliers { get; init; }

    /// <summary>Whether one of many equally good portfolios was singled out.</summary>
    public bool Regularised { get; init; }

    /// <summary>A solver's weights where it vouches for them, a refusal with its status otherwise.</summary>
    internal static Answer<Portfolio> Of(Solution solution, Func<double[], double> objective) => solution.Status switch
    {
        Status.Optimal => new Portfolio(solution.Weights, objective(solution.Weights))
        {
            Iterations = solution.Iterations,
            Residual = Math.Max(solution.PrimalResidual, solution.DualResidual),
            Multipliers = solution.Multipliers,
            Regularised = solution.Regularised,
        },
        Status.Infeasible => Refused("Infeasible", solution.Contradiction!.Reason),
        Status.Unbounded => Refused("Unbounded", "without more limits the objective has no end"),
        Status.MaxIterations => Refused("MaxIterations", $"no answer after {solution.Iterations} iterations; residuals {solution.PrimalResidual:E1}, {solution.DualResidual:E1}"),
        _ => Refused("Numerical", $"rounding stopped the solver after {solution.Iterations} iterations; residuals {solution.PrimalResidual:E1}, {solution.DualResidual:E1}"),
    };

    internal static Answer<Portfolio> Refused(string code, string reason) => new Answer<Portfolio>.Refused(code, reason);
}
