using System.Reflection;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>The figures of series as JSON: the keys are the metrics' own names, the same in every version.</summary>
internal static class MetricsJson
{
    public static JsonObject Of(MetricsStudy study, double loadMs, double runMs) => new()
    {
        ["periodsAYear"] = Json.Estimate(study.Input.PeriodsAYear),
        ["riskFree"] = Json.Estimate(study.Input.RiskFree),
        ["benchmark"] = study.Input.BenchmarkName,
        ["against"] = study.Input.Rival,
        ["series"] = Json.Array(study.Series.Select(Series)),
        ["differences"] = Json.Array(study.Bouts.Select(b => Difference(b.Series, b.Bout, study.Input.Rival!))),
        ["realityCheck"] = study.Contest?.Check is { } check ? Check(check, study) : null,
        ["bootstrap"] = study.Series.Select(s => s.Chance).Concat(study.Bouts.Select(b => b.Bout.Difference)).FirstOrDefault(c => c is not null) is { } chance ? Plan(chance.Plan) : null,
        ["verdict"] = MetricsVerdict.Of(study),
        ["notes"] = Notes(study.Notes),
        ["timing"] = new JsonObject { ["loadMs"] = Json.Estimate(Math.Round(loadMs, 3)), ["runMs"] = Json.Estimate(Math.Round(runMs, 3)) },
    };

    private static JsonObject Series(MeasuredSeries series)
    {
        var json = new JsonObject { ["name"] = series.Name };
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Put(json, notes, series.Metrics, series.Metrics?.Notes, series.WhyNot);
        Put(json, notes, series.Relative, series.Relative?.Notes, series.WhyNot is null ? series.WhyNotRelative : null);
        json["probabilisticSharpe"] = Json.Estimate(series.Evidence.Probabilistic);
        json["deflatedSharpe"] = Json.Estimate(series.Evidence.Deflated);
        json["trials"] = series.Trials;
        json["minTrackRecordPeriods"] = Json.Estimate(series.Evidence.MinimumTrackRecord);
        if (series.Metrics is not null && series.Trials == 0) notes["deflatedSharpe"] = "the others are compared with this series; it was not tried itself";
        if (series is { Metrics: not null, Evidence.MinimumTrackRecord: null }) notes["minTrackRecordPeriods"] = "its Sharpe ratio is not above zero, or not known";
        json["interval"] = series.Chance is { } chance ? Intervals(chance, "value") : null;
        if (series is { Metrics: not null, Chance: null }) notes["interval"] = $"fewer than {MetricsStudy.Fewest} returns";
        json["notes"] = Notes(notes);
        return json;
    }

    /// <summary>Every property of the metrics under its own name; all null, with one reason, where there are none.</summary>
    private static void Put<T>(JsonObject json, SortedDictionary<string, string> notes, T? metrics, IReadOnlyDictionary<string, string>? reasons, string? whyNot) where T : class
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.Name != nameof(SeriesMetrics.Notes)) json[Key(property.Name)] = metrics is null ? null : Value(property.GetValue(metrics));
        if (metrics is null && whyNot is not null) notes[Key(typeof(T).Name)] = whyNot;
        foreach (var (metric, reason) in reasons ?? new Dictionary<string, string>()) notes[Key(metric)] = reason;
    }

    private static JsonNode? Value(object? value) => value is int count ? JsonValue.Create(count) : Json.Estimate((double?)value);

    private static string Key(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static JsonObject Difference(MeasuredSeries series, Bout bout, string rival)
    {
        var json = Intervals(bout.Difference, "difference");
        json.Insert(0, "name", series.Name);
        json.Insert(1, "against", rival);
        json["ledoitWolf"] = bout.Sharpe is { } test
            ? new JsonObject { ["difference"] = Json.Estimate(test.Difference), ["standardError"] = Json.Estimate(test.StandardError), ["pValue"] = Json.Estimate(test.PValue) } : null;
        json["holm"] = new JsonObject { ["growth"] = Json.Estimate(bout.GrowthHolm), ["volatility"] = Json.Estimate(bout.VolatilityHolm), ["sharpe"] = Json.Estimate(bout.SharpeHolm) };
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, interval) in new[] { ("growth", bout.Difference.LogGrowth), ("volatility", bout.Difference.Volatility), ("sharpe", bout.Difference.Sharpe) })
            if (interval.Reason is { } reason) notes[key] = reason;
        if (bout.Sharpe is null) notes["ledoitWolf"] = "one of the two does not vary, or they are the same";
        json["notes"] = Notes(notes);
        return json;
    }

    private static JsonObject Intervals(BlockBootstrap chance, string point) => new()
    {
        ["growth"] = Interval(chance.LogGrowth, point), ["volatility"] = Interval(chance.Volatility, point), ["sharpe"] = Interval(chance.Sharpe, point),
        ["blockLength"] = Json.Estimate(chance.BlockLength),
    };

    private static JsonObject Interval(BootstrapInterval i, string point) => new()
    {
        [point] = Json.Estimate(i.Point), ["low"] = Json.Estimate(i.Low), ["high"] = Json.Estimate(i.High), ["pValue"] = Json.Estimate(i.PValue),
    };

    private static JsonObject Check(RealityCheck check, MetricsStudy study) => new()
    {
        ["against"] = study.Input.Rival, ["series"] = study.Bouts.Count(), ["v"] = Json.Estimate(check.V), ["pWhite"] = Json.Estimate(check.PWhite),
        ["tSpa"] = Json.Estimate(check.TSpa), ["pSpaConsistent"] = Json.Estimate(check.PSpaConsistent), ["pSpaLower"] = Json.Estimate(check.PSpaLower),
        ["pSpaUpper"] = Json.Estimate(check.PSpaUpper), ["blockLength"] = Json.Estimate(study.Contest!.CheckBlock),
    };

    private static JsonObject Plan(BootstrapPlan plan) => new() { ["blocks"] = "circular", ["resamples"] = plan.Resamples, ["level"] = plan.Level, ["seed"] = plan.Seed };

    private static JsonObject Notes(IEnumerable<KeyValuePair<string, string>> notes) =>
        new(notes.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)JsonValue.Create(n.Value))));
}
