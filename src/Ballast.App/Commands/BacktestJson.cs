using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Numerics.Statistics;

namespace Ballast.App.Commands;

/// <summary>A back-test as the JSON of the contract.</summary>
internal static class BacktestJson
{
    public static JsonObject Of(BacktestStudy study, double loadMs)
    {
        var json = Figures(study.Figures);
        json["name"] = study.Policy.Name;
        json["base"] = study.Policy.Base.Code;
        json["from"] = Json.Time(study.Run.Opens[0]);
        json["to"] = Json.Time(study.Run.Opens[^1]);
        json["turnover"] = Json.Estimate(study.Run.Turnover);
        json["turnoverOneWay"] = Json.Estimate(study.Run.Turnover / 2);
        json["costs"] = Json.Money(study.Run.Costs);
        json["rebalances"] = study.Run.Rebalances.Length;
        json["trades"] = study.Run.TradeCount;
        json["timeOutside"] = Json.Estimate(study.Run.TimeOutside);
        json["trackingError"] = Json.Estimate(study.TrackingError);
        json["barsAYear"] = Json.Estimate(study.BarsAYear);
        json["fill"] = FillWords(study.Settings.Fill);
        json["engine"] = study.Run.Engine;
        json["enginesDiffer"] = Json.Estimate(study.EnginesDiffer);
        json["holdComparison"] = study.Hold is { } hold ? Held(hold) : null;
        json["againstHolding"] = study.Against is { } against ? Against(against) : null;
        json["targetsFrom"] = Json.Texts(study.Run.Targets?.From ?? []);
        json["attribution"] = BacktestAttribution.Of(study) is { } attribution ? ExplainedDifference.ToJson(attribution, study.BarsAYear) : null;
        json["risk"] = BacktestRisk.Of(study) is { } risk ? ExplainedDifference.ToJson(risk) : null;
        json["notes"] = Notes(study);
        json["timing"] = new JsonObject { ["loadMs"] = Json.Estimate(Math.Round(loadMs, 3)), ["runMs"] = Json.Estimate(Math.Round(study.Milliseconds, 6)) };
        return json;
    }

    /// <summary>Holding has the same keys; it never trades.</summary>
    private static JsonObject Held(BacktestFigures hold)
    {
        var json = Figures(hold);
        json["turnover"] = 0;
        json["turnoverOneWay"] = 0;
        json["costs"] = "0";
        json["rebalances"] = 0;
        json["trades"] = 0;
        return json;
    }

    public static string FillWords(FillMode fill) => fill switch { FillMode.Close => "close", FillMode.NextOpen => "next-open", _ => "next-close" };

    private static JsonObject Figures(BacktestFigures f) => new()
    {
        ["bars"] = f.Bars,
        ["startValue"] = Json.Money(f.StartValue),
        ["endValue"] = Json.Money(f.EndValue),
        ["multiple"] = Json.Estimate(f.Multiple),
        ["cagr"] = Json.Estimate(f.Cagr),
        ["volatility"] = Json.Estimate(f.Volatility),
        ["sharpe"] = Json.Estimate(f.Sharpe),
        ["sortino"] = Json.Estimate(f.Sortino),
        ["calmar"] = Json.Estimate(f.Calmar),
        ["maxDrawdown"] = Json.Estimate(f.MaxDrawdown),
        ["ulcerIndex"] = Json.Estimate(f.Ulcer),
        ["moneyWeighted"] = Json.Estimate(f.MoneyWeighted),
    };

    private static JsonObject Against(BlockBootstrap b) => new()
    {
        ["growth"] = Interval(b.LogGrowth),
        ["volatility"] = Interval(b.Volatility),
        ["sharpe"] = Interval(b.Sharpe),
        ["level"] = b.Plan.Level,
        ["resamples"] = b.Plan.Resamples,
        ["blockLength"] = Json.Estimate(b.BlockLength),
        ["seed"] = b.Plan.Seed,
    };

    private static JsonObject Interval(BootstrapInterval i) => new()
    {
        ["difference"] = Json.Estimate(i.Point), ["low"] = Json.Estimate(i.Low), ["high"] = Json.Estimate(i.High), ["pValue"] = Json.Estimate(i.PValue),
    };

    private const string NoDetail = "only with --attribute or --out: else the weights of each bar are not kept";

    private static JsonObject Notes(BacktestStudy study)
    {
        var notes = new JsonObject();
        foreach (var (metric, reason) in study.Figures.Notes) notes[char.ToLowerInvariant(metric[0]) + metric[1..]] = reason;
        if (study.WhyExact is { } why) notes["engine"] = $"the exact engine ran: {why}";
        if (study.Run.Weights.IsEmpty) (notes["attribution"], notes["risk"]) = (NoDetail, NoDetail);
        if (study.Run.Notes.Length > 0) notes["history"] = Json.Texts(study.Run.Notes);
        return notes;
    }
}
