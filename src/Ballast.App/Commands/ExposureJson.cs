using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Derivatives;

namespace Ballast.App.Commands;

/// <summary>Exposures as JSON.</summary>
internal static class ExposureJson
{
    private static readonly double[] Moves = [0.05, 0.1, 0.2];

    public static JsonObject Of(Desk desk, ExposureReport report, Explained? explained)
    {
        var json = new JsonObject
        {
            ["at"] = Json.Time(report.At), ["complete"] = report.Complete, ["units"] = desk.Units,
            ["underlyings"] = Json.Array(report.Underlyings.Select(One)),
            ["missing"] = Json.Array(report.Missing.Select(m => new JsonObject { ["instrument"] = m.Position.Contract.Symbol, ["code"] = m.Code, ["reason"] = m.Reason })),
            ["notes"] = Json.Texts(report.Notes),
        };
        if (explained is { } e)
            json["profit"] = new JsonObject
            {
                ["from"] = Json.Time(e.From), ["to"] = Json.Time(e.To), ["all"] = Profit(e.All), ["leftOut"] = Json.Texts(e.LeftOut),
                ["positions"] = Json.Array(e.Positions.Select(p => { var part = Profit(p.Profit); part.Insert(0, "instrument", p.Contract.Symbol); return part; })),
            };
        return json;
    }

    /// <summary>One underlying: deltas and Greeks in coins and money as the names say.</summary>
    public static JsonObject One(Exposure x) => new()
    {
        ["underlying"] = x.Underlying.Code, ["index"] = Json.Exact(x.Index), ["equityCoins"] = Json.Exact(x.EquityCoins), ["equityMoney"] = Json.Exact(x.EquityMoney), ["equity"] = Json.Estimate(x.Equity),
        ["delta"] = new JsonObject
        {
            ["coin"] = Json.Estimate(x.DeltaCoin), ["money"] = Json.Estimate(x.DeltaMoney), ["blackScholes"] = Json.Estimate(x.DeltaBlack), ["total"] = Json.Estimate(x.DeltaTotal),
            ["futures"] = Json.Estimate(x.Futures), ["optionsNet"] = Json.Estimate(x.OptionsNet), ["optionsBlackScholes"] = Json.Estimate(x.OptionsBlack), ["gross"] = Json.Estimate(x.GrossDelta),
        },
        ["greeks"] = Greeks(x.Greeks), ["convexity"] = Json.Array(Moves.Select(h => Convexity(x, h))),
        ["byExpiry"] = Json.Array(Ladder.ByExpiry(x).Select(Step)), ["byStrike"] = Json.Array(Ladder.ByStrike(x).Select(Step)),
        ["positions"] = Json.Array(x.Positions.Select(p => new JsonObject
        {
            ["instrument"] = p.Contract.Symbol, ["quantity"] = Json.Exact(p.Position.Quantity), ["coins"] = Json.Estimate(p.Coins), ["mark"] = Json.Exact(p.Mark), ["value"] = Json.Exact(p.Value),
            ["settlement"] = p.Contract.Settlement.Code, ["deltaBlackScholes"] = Json.Estimate(p.BlackDelta), ["deltaNet"] = Json.Estimate(p.NetDelta), ["greeks"] = Greeks(Sensitivities.Of([p], (double)x.Index)),
        })),
    };

    private static JsonObject Greeks(Sensitivities g) => new()
    {
        ["gammaCoinsPer1Pct"] = Json.Estimate(g.GammaCoins), ["gammaUsdPer1Pct"] = Json.Estimate(g.GammaMoney), ["vegaUsdPerPoint"] = Json.Estimate(g.VegaPoint),
        ["weightedVegaUsdPerPoint"] = Json.Estimate(g.WeightedVegaPoint), ["thetaUsdPerDay"] = Json.Estimate(g.ThetaDay), ["vannaUsdPer1PctPoint"] = Json.Estimate(g.VannaPoint),
        ["volgaUsdPerPoint2"] = Json.Estimate(g.VolgaPoint), ["charmCoinsPerDay"] = Json.Estimate(g.CharmDay),
    };

    private static JsonObject Convexity(Exposure x, double move) => Revaluation.Convexity(x, move) is var c
        ? new JsonObject { ["move"] = move, ["gainBothWaysUsd"] = Json.Estimate(c.Symmetric), ["skewUsd"] = Json.Estimate(c.Skew), ["gammaUsdPer1Pct"] = Json.Estimate(c.GammaOfOnePercent) } : new();

    private static JsonObject Step(Rung r) => new()
    {
        ["expiry"] = r.Expiry is { } expiry ? Json.Time(expiry) : null, ["strike"] = Json.Exact(r.Strike), ["positions"] = r.Positions, ["delta"] = Json.Estimate(r.Greeks.Delta), ["greeks"] = Greeks(r.Greeks),
    };

    private static JsonObject Profit(ProfitExplained p)
    {
        var json = new JsonObject { ["actual"] = Json.Estimate(p.Actual) };
        foreach (var (name, value) in ExposureText.Parts(p)) json[name] = Json.Estimate(value);
        json["unreliable"] = p.Unreliable;
        return json;
    }
}
