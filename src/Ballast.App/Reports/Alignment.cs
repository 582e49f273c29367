namespace Ballast.App.Reports;

/// <summary>Refuses data whose series do not belong to the same times: a picture of them would lie without looking wrong.</summary>
internal static class Alignment
{
    public static void Require(ReportData data)
    {
        if (data.Times.Count < 2)
        {
            throw new ArgumentException($"A report needs at least 2 bars; it was given {data.Times.Count}.", nameof(data));
        }

        foreach (var (name, count) in Lengths(data))
        {
            if (count != data.Times.Count)
            {
                throw new ArgumentException($"{name} has {count} values for {data.Times.Count} times.", nameof(data));
            }
        }
    }

    public static void Require(SweepData data)
    {
        if (data.Rows.Count != data.Runs.Count)
        {
            throw new ArgumentException($"There are {data.Rows.Count} rows for {data.Runs.Count} runs.", nameof(data));
        }
    }

    public static void Require(OptimiseData data)
    {
        var known = data.Assets.Count(asset => asset.Before is not null && asset.RiskBefore is not null);
        if (known != 0 && known != data.Assets.Count)
        {
            throw new ArgumentException($"The current weights of {known} of {data.Assets.Count} assets are known.", nameof(data));
        }

        if (data.Tree is { } tree)
        {
            RequireCount("The tree's leaves", tree.Leaves.Count, tree.Names.Count, "names");
            RequireCount("The tree's merges", tree.Merges.Count, tree.Names.Count - 1, "joins of its names");
        }

        if (data.Frontier is { } frontier)
        {
            Require(frontier);
        }
    }

    public static void Require(FrontierCurve frontier)
    {
        if (frontier.Points.Count < 2)
        {
            throw new ArgumentException($"A frontier needs at least 2 points; it was given {frontier.Points.Count}.", nameof(frontier));
        }

        foreach (var asset in frontier.Assets)
        {
            RequireCount($"The weights of {asset.Name}", asset.Weights.Count, frontier.Points.Count, "points");
        }

        foreach (var mark in frontier.Marks)
        {
            RequireCount($"The weights of {mark.Kind}", mark.Weights.Count, frontier.Assets.Count, "assets");
        }
    }

    private static void RequireCount(string name, int count, int wanted, string of)
    {
        if (count != wanted)
        {
            throw new ArgumentException($"{name} are {count} for {wanted} {of}.");
        }
    }

    private static IEnumerable<(string Name, int Count)> Lengths(ReportData data)
    {
        yield return (nameof(data.Equity), data.Equity.Count);
        yield return (nameof(data.Hold), data.Hold.Count);
        yield return (nameof(data.Fall), data.Fall.Count);
        yield return (nameof(data.HoldFall), data.HoldFall.Count);
        yield return (nameof(data.Cost), data.Cost.Count);
        yield return (nameof(data.Turnover), data.Turnover.Count);
        foreach (var asset in data.Assets)
        {
            yield return ($"The weights of {asset.Name}", asset.Weights.Count);
            yield return ($"The drift of {asset.Name}", asset.Drift.Count);
        }
    }
}
