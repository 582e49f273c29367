namespace Ballast.Numerics.Convex;

/// <summary>How a solver ended.</summary>
public enum Status
{
    Optimal,
    Infeasible,
    Unbounded,
    MaxIterations,
    Numerical,
}

/// <summary>Prices of the limits at the optimum: what one more unit of each would be worth to the objective.</summary>
/// <param name="Total">Of the sum of the weights.</param>
/// <param name="Bounds">Of each weight's own bounds: positive at a lower one, negative at an upper one.</param>
/// <param name="Rows">Of each linear limit; never negative.</param>
/// <param name="Turnover">Of the turnover limit; never negative.</param>
public sealed record Multipliers(double Total, double[] Bounds, double[] Rows, double Turnover);

/// <summary>Limits that cannot hold together, proved: a sum of them, each times a number of its allowed sign, has no point.</summary>
/// <param name="Limits">The names of the limits that take part.</param>
/// <param name="Reason">The sentence with both sides of the contradiction.</param>
public sealed record Contradiction(IReadOnlyList<string> Limits, string Reason);

/// <summary>What a solver found, with the status and residuals that its reader looks at first.</summary>
public sealed record Solution
{
    public required Status Status { get; init; }

    /// <summary>Empty unless optimal.</summary>
    public double[] Weights { get; init; } = [];

    public double Objective { get; init; } = double.NaN;

    /// <summary>Steps of the interior point, events of a walk, or rounds of equations after a warm start.</summary>
    public int Iterations { get; init; }

    /// <summary>The largest violation of a limit.</summary>
    public double PrimalResidual { get; init; } = double.NaN;

    /// <summary>The largest violation of a stationarity condition, relative to the size of the objective's coefficients.</summary>
    public double DualResidual { get; init; } = double.NaN;

    public Multipliers? Multipliers { get; init; }
    public Contradiction? Contradiction { get; init; }

    /// <summary>Whether a curvature of 1e-12 of its mean diagonal was added to single out one of many solutions.</summary>
    public bool Regularised { get; init; }
}
