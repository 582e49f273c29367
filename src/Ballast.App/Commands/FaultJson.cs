using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary>Faults as the JSON of a failed command.</summary>
internal static class FaultJson
{
    public static JsonObject Of(IEnumerable<Fault> faults) => new() { ["ok"] = false, ["faults"] = List(faults) };

    public static JsonArray List(IEnumerable<Fault> faults) => Json.Array(faults.Select(f => new JsonObject
    {
        ["file"] = f.File, ["line"] = f.Line, ["column"] = f.Column, ["code"] = f.Code, ["what"] = f.What, ["expected"] = f.Expected, ["text"] = f.Text,
    }));
}
