namespace Ballast.App.Reports;

/// <summary>Everything that the report of a sweep says: many policies on one history, and which of them nothing beats.</summary>
public sealed record SweepData : PageData
{
    public required IReadOnlyList<PolicyRun> Runs { get; init; }

    /// <summary>What the picture calls its parts; null for those of portfolios, a year.</summary>
    public RunCaptions? Captions { get; init; }

    /// <summary>Names of the columns of <see cref="Rows"/>; the first names the policy.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>One row of text for each run, in the order of <see cref="Runs"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }
}

/// <summary>What the picture of many runs calls its parts, where they are not policies of a portfolio.</summary>
/// <param name="Cost">Beside the numbers along the foot, which <see cref="PolicyRun.CostBps"/> are.</param>
/// <param name="Risk">Beside those that <see cref="PolicyRun.TrackingError"/> are.</param>
/// <param name="Run">One of them.</param>
/// <param name="Trades">What <see cref="PolicyRun.Rebalances"/> counts.</param>
public sealed record RunCaptions(string Title, string Cost, string Risk, string Run, string Trades);
