using System.Text.Json.Serialization;

namespace Ballast.App.Reports;

/// <summary>What every report says first and last: the verdict, and how it was computed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReportData), "backtest")]
[JsonDerivedType(typeof(SweepData), "sweep")]
[JsonDerivedType(typeof(OptimiseData), "optimize")]
[JsonDerivedType(typeof(FrontierData), "frontier")]
[JsonDerivedType(typeof(SmileData), "smile")]
public abstract record PageData
{
    /// <summary>What the page is about: <c>core: drift 5 points, to target</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Sentences; a passage between two asterisks is set strong.</summary>
    public required IReadOnlyList<string> Verdict { get; init; }

    /// <summary>Conventions that flatter or limit the result: filled at the close that decided, synthetic prices, costs off.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>What a reader should know of this result: methods that refused, limits that bind. Empty for nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What history was used, in one line.</summary>
    public required string Period { get; init; }

    /// <summary>Decided on, filled, not modelled, digests, version, seed.</summary>
    public required IReadOnlyList<Fact> Computed { get; init; }
}

/// <summary>One line of how a result was computed.</summary>
public sealed record Fact(string Label, string Text);

/// <summary>One of several policies tried on the same history.</summary>
/// <param name="Label">What sets it apart: <c>5 points</c>.</param>
/// <param name="CostBps">Cost in basis points of value a year.</param>
/// <param name="TrackingError">Tracking error against the target, as a fraction a year.</param>
/// <param name="Rebalances">How often it traded.</param>
/// <param name="Chosen">The run that the page is about.</param>
public sealed record PolicyRun(string Label, double CostBps, double TrackingError, int Rebalances, bool Chosen);
