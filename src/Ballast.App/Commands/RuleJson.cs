using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>What every rule said, as JSON: <c>distance</c> is the share of the way to firing, 1 at the edge.</summary>
internal static class RuleJson
{
    public static JsonArray Of(IEnumerable<RuleAnswer> answers) => Json.Array(answers.Select(a => new JsonObject
    {
        ["rule"] = a.Rule.Words,
        ["fired"] = a.Result.State == TriggerState.Unknown ? null : a.Result.Fired,
        ["distance"] = Json.Estimate(a.Result.Way),
        ["reason"] = a.Result.Reason,
        ["toGo"] = a.Result.ToGo,
    }));
}
