using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Adapters.Journal;
using Ballast.App.Output;
using Ballast.Records;

namespace Ballast.App.Commands;

/// <summary><c>ballast journal show</c>: what was decided and done, in words.</summary>
internal static class JournalShow
{
    private sealed record Line(Frame Frame, JournalRecord Record, string Text, string? Plan, string? Account);

    public static Command Create()
    {
        var place = new JournalPlace();
        var json = Options.AsJson();
        var (plan, account) = (new Option<string?>("--plan") { Description = "only what belongs to a plan", HelpName = "ID" }, new Option<string?>("--account") { Description = "only what happened in an account", HelpName = "NAME" });
        var since = new Option<string?>("--since") { Description = "only what happened at this time or later", HelpName = "TIME" };
        var last = new Option<int?>("--last") { Description = "only the last N of them", HelpName = "N" };
        var command = new Command("show",
            """
            Tells what was decided and done, a line a record: looks and their reasons, plans, orders with every move, fills, stops.

            Example:
              ballast journal show core.yaml --last 20
            """) { plan, since, account, last, json };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            var (folder, from) = (place.Read(parsed), Options.Time(parsed.GetValue(since), "--since"));
            if (parsed.GetValue(last) is < 0) throw new InvalidInputException("--last: expected zero or more");
            var reader = new JournalReader(folder);
            var lines = Lines(reader).Where(l => (parsed.GetValue(plan) is not { } p || l.Plan == p) && (parsed.GetValue(account) is not { } a || l.Account == a) && (from is not { } f || l.Record.At >= f));
            Line[] shown = [.. parsed.GetValue(last) is { } count ? lines.TakeLast(count) : lines];
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(Report(shown, reader)));
            else Write(shown, reader);
            return reader.Fault is { Repairable: false } ? Outcome.Refused : Outcome.Done;
        });
        return command;
    }

    private static IEnumerable<Line> Lines(JournalReader reader)
    {
        var story = new JournalStory();
        foreach (var frame in reader.Frames())
        {
            var record = frame.Record;
            var (text, plan, account) = story.Next(record);
            yield return new Line(frame, record, text, plan, account);
        }
    }

    private static void Write(Line[] lines, JournalReader reader)
    {
        foreach (var line in lines) Console.WriteLine($"{line.Frame.Sequence,8}  {line.Record.At.ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}  {line.Text}");
        if (lines.Length == 0) Console.WriteLine("The journal has no such record.");
        if (reader.Fault is { } fault) Console.WriteLine($"Here the journal breaks: {fault}. `ballast journal verify` says what to do.");
    }

    private static JsonObject Report(Line[] lines, JournalReader reader) => new()
    {
        ["ok"] = reader.Fault is null,
        ["head"] = reader.Head,
        ["records"] = Json.Array(lines.Select(l => new JsonObject
        {
            ["sequence"] = l.Frame.Sequence,
            ["at"] = Json.Time(l.Record.At),
            ["epoch"] = l.Frame.Epoch,
            ["type"] = RecordCodec.NameOf(l.Frame.Type),
            ["plan"] = l.Plan,
            ["account"] = l.Account,
            ["text"] = l.Text.Trim(),
            ["hash"] = Convert.ToHexStringLower(l.Frame.Hash),
            ["record"] = JsonNode.Parse(l.Frame.Payload),
        })),
    };
}
