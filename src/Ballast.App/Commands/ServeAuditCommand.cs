using System.CommandLine;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Serving;

namespace Ballast.App.Commands;

/// <summary><c>ballast serve audit</c>: proves that no line of the desk's audit was changed.</summary>
internal static class ServeAuditCommand
{
    public static Command Create()
    {
        var (data, json) = (Options.Data(), Options.AsJson());
        var command = new Command("audit",
            """
            Proves the audit of the desk: every line holds the hash of the line before. Keep the last hash elsewhere, and lines cut off at the end are seen too.

            Example:
              ballast serve audit
            """) { data, json };
        command.SetAction(parsed =>
        {
            var audit = DataFolder.Of(parsed.GetValue(data)).Audit();
            var (lines, torn, head, broken) = audit.Verify();
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(new() { ["ok"] = broken is null, ["lines"] = lines, ["cutOff"] = torn, ["head"] = head, ["broken"] = broken }));
            else if (broken is { } line) Console.WriteLine($"BROKEN at line {line} of {audit.Path}: it, or what stood before it, is not as it was written.");
            else Console.WriteLine($"{Money.Figures.Count(lines, "line")}, each as it was written{(torn > 0 ? $", but for {torn} cut off by a crash" : "")}. The last hash: {head}");
            return broken is null ? Outcome.Done : Outcome.Refused;
        });
        return command;
    }
}
