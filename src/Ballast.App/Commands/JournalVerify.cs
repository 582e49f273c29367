using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters.Journal;
using Ballast.App.Output;
using Ballast.Orders;

namespace Ballast.App.Commands;

/// <summary><c>ballast journal verify</c>: is every record there, unchanged, in order, and possible?</summary>
internal static class JournalVerify
{
    public static Command Create()
    {
        var place = new JournalPlace();
        var json = Options.AsJson();
        var command = new Command("verify",
            """
            Proves the journal whole: every byte, the chain of hashes, no gap, no cut, only moves that an order can make, entries that balance.
            It only reads, and may be called while a loop runs. Ends with 3 where the journal is broken. `tools/verify-journal.py` proves the same
            without any code of this program.

            Example:
              ballast journal verify core.yaml
            """) { json };
        place.AddTo(command);
        command.SetAction(parsed => Run(place.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string folder, bool asJson)
    {
        var proof = JournalProof.Of(folder);
        if (asJson) Console.WriteLine(Json.Text(Report(folder, proof)));
        else Console.WriteLine(Text(folder, proof));
        return proof.Fault is null ? Outcome.Done : Outcome.Refused;
    }

    internal static JsonObject Report(string folder, JournalProof proof) => new()
    {
        ["ok"] = proof.Fault is null,
        ["entries"] = proof.Entries,
        ["head"] = proof.Head,
        ["journal"] = folder,
        ["liveOrders"] = proof.State.Orders.Count(o => o.Value.State.IsLive()),
        ["fault"] = proof.Fault is not { } fault ? null : new JsonObject
        {
            ["file"] = fault.File, ["offset"] = fault.Offset, ["record"] = fault.Record, ["reason"] = fault.Reason, ["repairable"] = fault.Repairable, ["advice"] = Advice(fault),
        },
    };

    private static string Text(string folder, JournalProof proof) => proof.Fault is { } fault
        ? $"The journal is BROKEN at {fault}.\n{proof.Entries} records before it are whole; the last of them has the hash {proof.Head}.\n{Advice(fault)}\n{folder}"
        : $"The journal is whole: {proof.Entries} records.\nHead {proof.Head}\n{folder}";

    private static string Advice(JournalFault fault) => fault.File == "CHECKPOINT" ? "Delete that file and verify again before the next start."
        : fault.Repairable ? "It is what a crash can leave, and nothing acknowledged is lost with it: the next start puts it in order by itself."
        : "Nothing starts on it. Restore a backup (`ballast restore`), and let the loop compare everything with the venues.";
}
