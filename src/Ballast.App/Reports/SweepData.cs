namespace Ballast.App.Reports;

/// <summary>Everything that the report of a sweep says: many policies on one history, and which of them nothing beats.</summary>
public sealed record SweepData : PageData
{
    public required IReadOnlyList<PolicyRun> Runs { get; init; }

    /// <summary>Names of the columns of <see cref="Rows"/>; the first names the policy.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>One row of text for each run, in the order of <see cref="Runs"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }
}
