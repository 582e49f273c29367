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
