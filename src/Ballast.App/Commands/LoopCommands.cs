using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary>Words to a running loop: <c>approve</c>, <c>decline</c>, <c>accept</c>, <c>stop</c>.</summary>
internal static class LoopCommands
{
    public static Command Approve() => Of("approve", "Approves the plan that a running loop has shown and that waits for you.", "ballast approve core.yaml", new Argument<string?>("plan") { Description = "the plan's name; the one that waits, when left out", Arity = ArgumentArity.ZeroOrOne }, Waiting);

    public static Command Decline() => Of("decline", "Declines the plan that waits for you; the loop goes on looking.", "ballast decline core.yaml --note \"not before the news\"", new Argument<string?>("plan") { Description = "the plan's name; the one that waits, when left out", Arity = ArgumentArity.ZeroOrOne }, Waiting);

    public static Command Accept() => Of("accept", "Lets a venue's figures stand where they differ from the books, after you have looked at both.", "ballast accept core.yaml binance --note \"moved to cold storage\"",
        new Argument<string?>("account") { Description = "the account that waits", Arity = ArgumentArity.ExactlyOne }, (_, said) => said!);

    public static Command Stop() => Of("stop", "Ends the plan at hand: working orders are cancelled, nothing more is sent; the loop goes on looking.", "ballast stop core.yaml", null, (_, _) => "");

    private static Command Of(string verb, string what, string example, Argument<string?>? subject, Func<JsonNode, string?, string> about)
    {
        var (file, note, data) = (Options.File(), new Option<string?>("--note") { Description = "why; kept in the journal", HelpName = "TEXT" }, Options.Data());
        var command = new Command(verb, $"{what}\n\nExample:\n  {example}") { file };
        if (subject is not null) command.Add(subject);
        command.Add(note);
        command.Add(data);
        command.SetAction(parsed =>
        {
            var inputs = new Inputs(asJson: false);
            var policy = inputs.Policy(parsed.GetRequiredValue(file));
            inputs.Check();
            var folder = DataFolder.Of(parsed.GetValue(data)).Portfolio(policy!.Name);
            var status = Running(folder, policy.Name);
            var named = about(status, subject is null ? null : parsed.GetValue(subject));
            new Inbox(folder.Inbox).Put(new Word(verb, named, Environment.UserName, parsed.GetValue(note)), SystemClock.Instance.GetCurrentInstant());
            Console.WriteLine($"The loop of {policy.Name} is told: {verb}{(named.Length > 0 ? " " + named : "")}.");
            return Outcome.Done;
        });
        return command;
    }

    /// <summary>What the loop last said of itself; a fault where none runs.</summary>
    internal static JsonNode Running(PortfolioFolder folder, string name)
    {
        var status = File.Exists(folder.Status) ? JsonNode.Parse(File.ReadAllText(folder.Status)) : null;
        return status is not null && (string?)status["state"] != "stopped" ? status : throw new InvalidInputException($"no loop of {name} is running: `ballast run`");
    }

    private static string Waiting(JsonNode status, string? said) => said ?? ((string?)status["plan"]?["status"] == "DRAFT" ? (string)status["plan"]!["id"]!
        : throw new InvalidInputException("no plan waits for approval"));
}
