namespace Ballast.Adapters.Files;

/// <summary>Simple returns of one or more series over the same periods.</summary>
/// <param name="Names">A name a series; A0, A1, ... where the file has no header.</param>
/// <param name="Times">A time a period, as the file stamps it; empty where the file has no column of times.</param>
/// <param name="Series">A series a name: a simple return a period (0.01 is 1 %), never below −1; NaN where the cell is empty.</param>
public sealed record ReturnsTable(ImmutableArray<string> Names, ImmutableArray<Instant> Times, ImmutableArray<double[]> Series)
{
    public int Periods => Series[0].Length;

    /// <summary>The most frequent step between times, the shortest among equals; a day where there are no two times.</summary>
    public Duration Spacing => Times.Length < 2 ? Duration.FromDays(1)
        : Enumerable.Range(1, Times.Length - 1).GroupBy(t => Times[t] - Times[t - 1]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
}
