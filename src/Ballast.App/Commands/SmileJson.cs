using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Smiles;

namespace Ballast.App.Commands;

/// <summary>Smiles as JSON: volatilities and their errors as fractions.</summary>
internal static class SmileJson
{
    public static JsonObject Of(SmileReport report) => new()
    {
        ["at"] = Json.Time(report.Chain.At), ["smiles"] = Json.Array(report.Smiles.Select(s => One(s, report.Before(s)))),
        ["timing"] = new JsonObject { ["runMs"] = report.RunMs },
    };

    private static JsonObject One(ChainSmile s, ChainSmile? before)
    {
        var json = new JsonObject
        {
            ["underlying"] = s.Underlying.Code, ["settlement"] = s.Settlement.Code, ["expiry"] = Json.Time(s.Expiry), ["years"] = Json.Estimate(s.Years),
            ["forward"] = Json.Exact(s.Forward), ["strikes"] = s.Strikes.Length, ["leftOut"] = s.LeftOut,
        };
        if (s.Found is { } fit) Add(json, fit);
        json["calendar"] = before is not null && s.After(before) is { } check
            ? new JsonObject { ["after"] = Json.Time(before.Expiry), ["holds"] = check.Holds, ["least"] = Json.Estimate(check.Least), ["k"] = Json.Estimate(check.At), ["shareBelow"] = Json.Estimate(check.Share) }
            : null;
        json["refused"] = s.Fit is Answer<SmileFit>.Refused r ? new JsonObject { ["code"] = Words.Code(r.Code), ["reason"] = r.Reason } : null;
        return json;
    }

    private static void Add(JsonObject json, SmileFit fit)
    {
        json["method"] = fit.Method == SmileMethod.Svi ? "svi" : "delta";
        json["svi"] = fit.Smile is SviSmile { Slice: var x }
            ? new JsonObject { ["a"] = x.A, ["b"] = x.B, ["rho"] = x.Rho, ["m"] = x.M, ["s"] = x.S }
            : null;
        json["nodes"] = fit.Smile is DeltaSmile { Nodes: var nodes }
            ? Json.Array(nodes.Select(n => new JsonObject { ["callDelta"] = n.CallDelta, ["totalVariance"] = n.Variance }))
            : null;
        json["rms"] = Json.Estimate(fit.Rms);
        json["worst"] = Json.Estimate(fit.Worst);
        json["butterfly"] = new JsonObject { ["holds"] = fit.Butterfly.Holds, ["least"] = Json.Estimate(fit.Butterfly.Least), ["k"] = Json.Estimate(fit.Butterfly.At) };
        json["atTheMoney"] = Json.Estimate(fit.Smile.Volatility(0));
        json["slope"] = Json.Estimate(fit.Smile.Skew(0));
        json["riskReversal25"] = Json.Estimate(fit.Smile.RiskReversal());
        json["butterfly25"] = Json.Estimate(fit.Smile.Butterfly());
        json["flags"] = Json.Texts(fit.Repaired ? [Words.Code(SmileFit.ArbitrageRepaired)] : []);
        json["note"] = fit.Note;
    }
}
