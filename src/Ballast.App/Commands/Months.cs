using Ballast.App.Reports;
using Ballast.Engine.Backtests;

namespace Ballast.App.Commands;

/// <summary>Returns by calendar month in the policy's time zone, flows left out.</summary>
internal static class Months
{
    public static IReadOnlyList<YearOfMonths> Of(BacktestStudy study)
    {
        var (returns, zone) = (study.Run.Returns(), study.Policy.Zone);
        var growth = new SortedDictionary<(int Year, int Month), double>();
        for (var t = 0; t < returns.Length; t++)
        {
            var day = study.Run.Opens[t + 1].InZone(zone);
            growth[(day.Year, day.Month)] = growth.GetValueOrDefault((day.Year, day.Month), 1) * (1 + returns[t]);
        }
        return [.. growth.GroupBy(g => g.Key.Year).Select(year => new YearOfMonths(
            year.Key,
            [.. Enumerable.Range(1, 12).Select(m => growth.TryGetValue((year.Key, m), out var g) ? g - 1 : (double?)null)],
            year.Aggregate(1.0, (product, m) => product * m.Value) - 1))];
    }
}
