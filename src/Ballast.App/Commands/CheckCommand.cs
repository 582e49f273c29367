using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary><c>ballast check</c>: is the file valid, and what does it say in plain words?</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var (file, json) = (Options.File(), Options.AsJson());
        var command = new Command("check",
            """
            Validates a portfolio file and reads every rule back in plain words.

            Example:
              ballast check core.yaml
            """) { file, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool asJson)
    {
        var reading = PolicyFile.Load(path);
        if (asJson) Console.WriteLine(Json.Text(Report(path, reading)));
        else if (reading.Ok) Console.Write(Words(path, reading.Value!));
        else Console.Error.Write(FaultText.Render(reading.Faults));
        if (!asJson && !reading.Warnings.IsEmpty) Console.Error.Write(FaultText.RenderWarnings(reading.Warnings));
        return reading.Ok ? Outcome.Done : Outcome.BadInput;
    }

    internal static JsonObject Report(string path, Reading<Planning.Policy> reading) => new()
    {
        ["ok"] = reading.Ok,
        ["file"] = path,
        ["faults"] = FaultJson.List(reading.Faults),
        ["warnings"] = FaultJson.List(reading.Warnings),
        ["rules"] = reading.Ok ? Json.Texts(PolicyWords.Of(reading.Value!)) : new JsonArray(),
        ["limits"] = reading.Ok ? Json.Texts(PolicyWords.Limits(reading.Value!)) : new JsonArray(),
        ["notActive"] = reading.Ok ? Json.Texts(reading.Value!.NotActive) : new JsonArray(),
    };

    private static string Words(string path, Planning.Policy policy) =>
        $"{path} is valid.{Environment.NewLine}{string.Concat(PolicyWords.Of(policy).Select(w => $"  {w}{Environment.NewLine}"))}";
}
