using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>What is held against what is wanted, as the JSON of the contract.</summary>
internal static class StatusJson
{
    public static JsonObject Of(Present now, Decision decision, IReadOnlyList<HoldingLine> lines) => new()
    {
        ["name"] = now.Policy.Name,
        ["base"] = now.Policy.Base.Code,
        ["at"] = Json.Time(now.Sight.At),
        ["value"] = Json.Exact(decision.Portfolio.Value),
        ["assets"] = Json.Array(lines.Select(l => l.ToJson())),
        ["targetsFrom"] = Json.Texts(decision.Targets?.From ?? []),
        ["triggers"] = RuleJson.Of(decision.Answers),
        ["region"] = RegionLines.Of(now.Policy, decision)?.ToJson(),
        ["due"] = decision.Intent is not null,
        ["reason"] = decision.Reason,
    };
}
