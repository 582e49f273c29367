using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Money;
using Ballast.Numerics.Evaluation;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>What choices brought where they were not made: a table and sentences for people, JSON, and a CSV with a row for each choice.</summary>
internal sealed class TrialOutput(Trial trial, OutOfSample result, Grid grid, ImmutableArray<Instant> opens, double barsAYear, double riskFree)
{
    private const string Uncharged = "each choice inherits the holdings that its policy had by then, and changing from one to the next is not charged";

    private readonly BlockBootstrap?[] _against = [.. result.Histories.Select(h => h.Held is { Returns.Length: >= MetricsStudy.Fewest } held
        ? BlockBootstrap.Compare(h.Path.Returns, held.Returns, barsAYear, new BootstrapPlan(BacktestStudy.Seed), riskFree / barsAYear) : null)];

    private double AverageRank => result.Choices.Average(c => c.Rank);

    /// <summary>The places of the policies that were chosen at least once.</summary>
    public IEnumerable<int> Chosen => result.Choices.Select(c => c.Chosen).Distinct();

    public JsonObject ToJson() => new()
    {
        ["method"] = trial.Words,
        ["by"] = By,
        ["policies"] = grid.Policies.Count,
        ["choices"] = Json.Array(result.Choices.Select(Choice)),
        ["tested"] = Json.Array(result.Histories.Select((h, k) => History(h, _against[k]))),
        ["averageRank"] = Json.Estimate(AverageRank),
        ["deflatedSharpe"] = Json.Estimate(result.Deflated),
        ["notes"] = new JsonObject { ["choices"] = Uncharged, ["averageRank"] = "the share of the other settings that the chosen one beat in its test; by luck it would be a half" },
    };

    private string By => TrialOptions.Words[(int)result.By];

    private JsonObject Choice(Choice c) => new()
    {
        ["train"] = Json.Array(c.Split.Train.Select(Between)), ["test"] = Json.Array(c.Split.Test.Select(Between)),
        ["chosen"] = Setting(c.Chosen), ["inSample"] = Json.Estimate(c.InSample), ["tested"] = Json.Estimate(c.Tested), ["median"] = Json.Estimate(c.Median),
        ["holding"] = Json.Estimate(c.Holding), ["hindsight"] = Setting(c.Hindsight), ["best"] = Json.Estimate(c.Best), ["rank"] = Json.Estimate(c.Rank),
    };

    private JsonObject History(TestedHistory h, BlockBootstrap? against)
    {
        var m = h.Path.Returns.Length < 2 ? null : SeriesMetrics.Of(h.Path.Returns, barsAYear, riskFree / barsAYear);
        return new JsonObject
        {
            ["figure"] = Json.Estimate(h.Figure), ["median"] = Json.Estimate(h.Median), ["holding"] = Json.Estimate(h.Holding), ["hindsight"] = Setting(h.Hindsight), ["best"] = Json.Estimate(h.Best),
            ["cagr"] = Json.Estimate(m?.Cagr), ["volatility"] = Json.Estimate(m?.VolAnn), ["sharpe"] = Json.Estimate(m?.SharpeAnn), ["maxDrawdown"] = Json.Estimate(m?.MaxDrawdown),
            ["costs"] = Json.Estimate(Criterion.Cost.Figure(h.Path, barsAYear, riskFree)),
            ["againstHolding"] = against is null ? null : new JsonObject { ["growth"] = MetricsJson.Interval(against.LogGrowth, "difference"), ["volatility"] = MetricsJson.Interval(against.Volatility, "difference"), ["sharpe"] = MetricsJson.Interval(against.Sharpe, "difference") },
        };
    }

    private JsonObject Between(Stretch s) => new() { ["from"] = Json.Time(From(s)), ["to"] = Json.Time(To(s)) };

    private Instant From(Stretch s) => opens[s.First + 1];

    private Instant To(Stretch s) => opens[s.End];

    private JsonObject Setting(int policy) => new(grid.Keys.Zip(grid.Policies[policy].Values, (k, v) => KeyValuePair.Create(k, (JsonNode?)JsonValue.Create(v))));

    private string Name(int policy) => string.Join(", ", grid.Policies[policy].Values);

    public string ToText()
    {
        var text = new StringBuilder().AppendLine().AppendLine($"By {Noun}, {trial.Words}:");
        var table = new Table("chosen on", "tested on", string.Join(", ", grid.Keys), $">{Noun} there", ">in the test", ">median", ">holding", ">best", ">beat");
        foreach (var c in result.Choices.Take(20))
            table.Row(Spans(c.Split.Train), Spans(c.Split.Test), Name(c.Chosen), Figure(c.InSample), Figure(c.Tested), Figure(c.Median), Figure(c.Holding), Figure(c.Best), Figures.Points(c.Rank, 0) + " %");
        text.Append(table);
        if (result.Choices.Count > 20) text.AppendLine($"  and {result.Choices.Count - 20} more; --json and --out have them all");
        foreach (var (h, k) in result.Histories.Select((h, k) => (h, k)))
            text.AppendLine($"{(result.Histories.Count == 1 ? "All tests together" : $"Path {k + 1}")}: {Figure(h.Figure)}; the median setting {Figure(h.Median)}, holding {Figure(h.Holding)}, the best in hindsight {Figure(h.Best)} ({Name(h.Hindsight)}).{Against(_against[k])}");
        text.AppendLine($"A choice beat {Figures.Points(AverageRank, 0)} % of the other settings in its test; by luck it would be 50 %.");
        if (result.Deflated is { } deflated) text.AppendLine($"The best Sharpe ratio of all history is above what the best of {grid.Policies.Count} would show by chance with probability {Figures.Points(deflated, 1)} %.");
        return text.AppendLine($"Note: {Uncharged}.").ToString();
    }

    private static string Against(BlockBootstrap? against) => against?.LogGrowth is not { Point: { } growth, Low: { } low, High: { } high } ? ""
        : $" Growth against holding {Figures.Signed(growth * 100, 1)} points a year, {(low > 0 || high < 0 ? "larger" : "not larger")} than chance ({Figures.Signed(low * 100, 1)} to {Figures.Signed(high * 100, 1)}).";

    private string Noun => result.By switch
    {
        Criterion.Growth => "growth", Criterion.MaxDrawdown => "deepest fall", Criterion.Sharpe => "Sharpe", Criterion.Sortino => "Sortino", Criterion.Calmar => "Calmar",
        Criterion.Cost => "cost", _ => "volatility",
    };

    private string Figure(double? value) => value is not { } v ? "–" : result.By switch
    {
        Criterion.Sharpe or Criterion.Sortino or Criterion.Calmar => Figures.Number(v),
        Criterion.Cost => Figures.Number(v * 1e4, 1) + " bps",
        _ => Figures.Points(v, 1) + " %",
    };

    private string Spans(IReadOnlyList<Stretch> stretches) => string.Join(", ", stretches.Select(s => $"{Words.Date(From(s))} to {Words.Date(To(s))}"));

    /// <summary>A row a choice.</summary>
    public string Csv()
    {
        var text = new StringBuilder($"train,test,{string.Join(',', grid.Keys)},inSample,tested,median,holding,best,rank\n");
        string Iso(IReadOnlyList<Stretch> stretches) => string.Join(' ', stretches.Select(s => $"{Json.Iso(From(s))}..{Json.Iso(To(s))}"));
        foreach (var c in result.Choices)
            text.Append(CultureInfo.InvariantCulture, $"{Iso(c.Split.Train)},{Iso(c.Split.Test)},{string.Join(',', grid.Policies[c.Chosen].Values)},{c.InSample:R},{c.Tested:R},{c.Median:R},{c.Holding:R},{c.Best:R},{c.Rank:R}\n");
        return text.ToString();
    }
}
