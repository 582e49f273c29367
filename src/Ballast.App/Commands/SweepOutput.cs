using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>What a sweep shows: a table for people, JSON, a CSV with a row for each run, and the picture.</summary>
internal sealed class SweepOutput(Policy policy, PriceHistory history, BacktestSettings settings, Grid grid, SweepResult result, TrialOutput? trial)
{
    private readonly ImmutableArray<SweepRun> _front = result.Pareto();
    private readonly ImmutableArray<Instant> _opens = BacktestSpan.OpensOf(history, settings);

    public JsonObject ToJson(double loadMs) => new()
    {
        ["name"] = policy.Name,
        ["base"] = policy.Base.Code,
        ["keys"] = Json.Texts(grid.Keys),
        ["runs"] = result.Runs.Length,
        ["best"] = Run(result.Best),
        ["pareto"] = Json.Array(_front.Select(Run)),
        ["sumEndValues"] = Json.Money(result.Runs.Sum(r => r.EndValue)),
        ["rebalances"] = result.Runs.Sum(r => (long)r.Rebalances),
        ["outOfSample"] = trial?.ToJson(),
        ["notes"] = new JsonObject { ["best"] = BestOfMany },
        ["timing"] = new JsonObject { ["loadMs"] = Json.Estimate(Math.Round(loadMs, 3)), ["runMs"] = Json.Estimate(Math.Round(result.Milliseconds, 6)) },
    };

    private string BestOfMany => $"the highest end value of {result.Runs.Length} tried on the same history; what was best there need not be best again";

    /// <summary>One run with the values that set it apart.</summary>
    public JsonObject Run(SweepRun run)
    {
        var json = new JsonObject();
        for (var k = 0; k < grid.Keys.Length; k++) json[grid.Keys[k]] = run.Values[k];
        json["endValue"] = Json.Money(run.EndValue);
        json["volatility"] = Json.Estimate(run.Volatility);
        json["maxDrawdown"] = Json.Estimate(run.MaxDrawdown);
        json["turnover"] = Json.Estimate(run.Turnover);
        json["rebalances"] = run.Rebalances;
        json["costs"] = Json.Money(run.Costs);
        json["costBpsAYear"] = Json.Estimate(run.CostAYear * 1e4);
        json["trackingError"] = Json.Estimate(run.TrackingError);
        json["engine"] = run.Engine;
        return json;
    }

    public string ToText(string? file)
    {
        var text = new StringBuilder();
        text.AppendLine($"{policy.Name}: {result.Runs.Length} policies over {Words.Date(_opens[0])} to {Words.Date(_opens[^1])}, {Conventions.FillWords(settings.Fill)}");
        if (_front.IsEmpty)
        {
            text.AppendLine("The targets are not fixed, so that there is no tracking error to weigh against cost; by end value:").Append(TableOf(result.Runs.OrderByDescending(r => r.EndValue).Take(20)));
        }
        else
        {
            text.AppendLine($"{_front.Length} of them nothing beats in both cost and nearness to the targets:").Append(TableOf(_front));
        }
        text.AppendLine($"Highest end value: {string.Join(", ", grid.Keys.Zip(result.Best.Values, (k, v) => $"{k} {v}"))} with {Figures.Number(result.Best.EndValue)} {policy.Base}: {BestOfMany}.");
        if (trial is not null) text.Append(trial.ToText());
        if (file is not null) text.AppendLine($"All runs: {file}; the picture: {Picture(file)}");
        return text.ToString();
    }

    private string TableOf(IEnumerable<SweepRun> runs)
    {
        var table = new Table([.. grid.Keys, ">cost, bps a year", ">tracking error", ">end value", ">volatility", ">deepest fall", ">rebalances"]);
        foreach (var run in runs) table.Row([.. run.Values, .. Cells(run)]);
        return table.ToString();
    }

    private static string[] Cells(SweepRun run) =>
    [
        Figures.Number(run.CostAYear * 1e4, 1), run.TrackingError is { } te ? Figures.Points(te) + " %" : "–", Figures.Number(run.EndValue, 0),
        BacktestText.Percent(run.Volatility), BacktestText.Percent(run.MaxDrawdown), run.Rebalances.ToString(CultureInfo.InvariantCulture),
    ];

    public void Write(string file)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(file, Csv());
        if (trial is not null) File.WriteAllText(Path.ChangeExtension(file, ".tests.csv"), trial.Csv());
        if (Html() is { } page) File.WriteAllText(Picture(file), page);
    }

    /// <summary>The picture as a page; null where no run has a tracking error to show.</summary>
    public string? Html() => result.Runs.Any(r => r.TrackingError is not null) ? ReportPage.Render(Page()) : null;

    private static string Picture(string file) => Path.ChangeExtension(file, ".html");

    private string Csv()
    {
        var text = new StringBuilder(string.Join(',', grid.Keys) + ",endValue,volatility,maxDrawdown,turnover,rebalances,costs,costBpsAYear,trackingError,engine\n");
        foreach (var r in result.Runs)
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(',', r.Values)},{r.EndValue:R},{r.Volatility:R},{r.MaxDrawdown:R},{r.Turnover:R},{r.Rebalances},{r.Costs:R},{r.CostAYear * 1e4:R},{r.TrackingError:R},{r.Engine}\n");
        return text.ToString();
    }

    private SweepData Page()
    {
        var known = result.Runs.Where(r => r.TrackingError is not null).ToArray();
        var chosen = trial?.Chosen.Select(k => result.Runs[k]).ToHashSet(ReferenceEqualityComparer.Instance);
        return new SweepData
        {
            Name = $"{policy.Name}: {string.Join(" and ", grid.Keys)} varied",
            Verdict = [$"Of *{result.Runs.Length} policies* on the same history, *{_front.Length}* are beaten by none in both cost and nearness to the targets.", $"The highest end value was *{Figures.Number(result.Best.EndValue, 0)} {policy.Base}*: {BestOfMany}."],
            Flags = [.. settings.Fill == FillMode.Close ? (string[])["filled at the same close that decided, which nobody can do: optimistic"] : []],
            Period = $"{Words.Date(_opens[0])} to {Words.Date(_opens[^1])}, {Figures.Number(_opens.Length, 0)} {Conventions.BarName(history.Spacing)} bars",
            Runs = [.. known.Select(r => new PolicyRun(string.Join(", ", r.Values), r.CostAYear * 1e4, r.TrackingError!.Value, r.Rebalances, chosen?.Contains(r) ?? false))],
            Columns = [string.Join(", ", grid.Keys), "cost, bps a year", "tracking error", "end value", "volatility", "deepest fall", "rebalances"],
            Rows = [.. known.Select(r => (IReadOnlyList<string>)[string.Join(", ", r.Values), .. Cells(r)])],
            Computed = [new Fact("Filled", Conventions.FillWords(settings.Fill)), new Fact("Tracking error", "against always being at the targets, costs apart"), new Fact("Cost", "a year, of the average value")],
        };
    }
}
