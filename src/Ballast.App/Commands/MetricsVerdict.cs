using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>One sentence that says which differences are larger than chance, all comparisons counted, and which are not.</summary>
internal static class MetricsVerdict
{
    private const double Level = 0.05;

    public static string Of(MetricsStudy study)
    {
        var claims = study.Bouts.SelectMany(b => Claims(b.Series.Name, b.Bout)).ToArray();
        if (claims.Length == 0) return study.Bouts.Any() || study.Input.Rival is not null ? "There is no difference to judge." : Alone(study.Series[0]);
        var (larger, rest) = (claims.Where(c => c.P < Level).ToArray(), claims.Where(c => c.P >= Level).ToArray());
        var counted = study.Contest!.Bouts.Count > 1 ? $", counting {study.Contest.Bouts.Count} comparisons" : "";
        var found = larger.Length == 0 ? $"no difference from {study.Input.Rival}" : string.Join(", ", larger.Select(c => c.Words));
        return $"Larger than chance{counted}: {found}; not larger than chance: {(rest.Length == 0 ? "nothing" : Least(rest, all: larger.Length == 0))}.";
    }

    private static IEnumerable<(string Kind, string Name, string Words, double P)> Claims(string name, Numerics.Statistics.Bout bout)
    {
        if (bout is { GrowthHolm: { } g, Difference.LogGrowth.Point: { } growth })
            yield return ("growth", name, $"{(growth > 0 ? "the higher" : "the lower")} growth of {name} ({Figures.Signed(growth * 100, 1)} points a year, {P(g)})", g);
        if (bout is { VolatilityHolm: { } v, Difference.Volatility.Point: { } volatility })
            yield return ("volatility", name, $"{(volatility > 0 ? "the higher" : "the lower")} volatility of {name} ({Figures.Signed(volatility * 100, 1)} points a year, {P(v)})", v);
        if (bout is { SharpeHolm: { } s, Sharpe: { } sharpe })
            yield return ("Sharpe ratio", name, $"{(sharpe.Difference > 0 ? "the higher" : "the lower")} Sharpe ratio of {name} ({P(s)})", s);
    }

    /// <summary>What was not found, a kind at a time: the smallest p-value says how near it came.</summary>
    private static string Least((string Kind, string Name, string Words, double P)[] claims, bool all) =>
        string.Join(", ", claims.GroupBy(c => c.Kind).Select(g => $"the {(all ? "" : "other ")}{(g.Count() == 1 ? "difference" : $"{g.Count()} differences")} in {g.Key} ({(g.Count() == 1 ? "" : "smallest ")}{P(g.Min(c => c.P))})"));

    private static string Alone(MeasuredSeries series) => series.Chance?.Sharpe is not { Low: { } low, High: { } high }
        ? "There are too few returns to tell anything from chance."
        : $"The Sharpe ratio of {series.Name} is {(low > 0 || high < 0 ? "larger than chance" : "not larger than chance")} (95 % interval {Figures.Signed(low)} to {Figures.Signed(high)}).";

    private static string P(double p) => p < 0.001 ? "p < 0.001" : $"p {p.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)}";
}
