using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Running;
using Ballast.App.Output;

namespace Ballast.App.Commands;

/// <summary><c>ballast kill</c> and <c>ballast unkill</c>: the switch that needs no portfolio, no web page and no venue.</summary>
internal static class KillCommand
{
    public static Command Kill()
    {
        var (scope, reason, data) = (Scope(), new Option<string>("--reason") { Description = "why; kept in the journal", HelpName = "TEXT", Required = true }, Options.Data());
        var command = new Command("kill",
            """
            Stops trading, everything or one account: on the disk at once, and every running loop cancels what works and sends nothing more. It works without a
            running loop too: none will trade until `ballast unkill`.

            Example:
              ballast kill --reason "something is wrong"
            """) { scope, reason, data };
        command.SetAction(parsed =>
        {
            var folder = DataFolder.Of(parsed.GetValue(data));
            var set = new KillSwitch(folder.KillSwitch).Set(new Kill(parsed.GetValue(scope) ?? "*", Environment.UserName, parsed.GetRequiredValue(reason)));
            Console.WriteLine($"Stopped, and on the disk: {(set.Scope == "*" ? "everything" : set.Scope)}. {folder.KillSwitch}");
            foreach (var line in Heard(folder)) Console.WriteLine(line);
            return Outcome.Done;
        });
        return command;
    }

    public static Command Unkill()
    {
        var (scope, reason, yes, data) = (Scope(), new Option<string>("--reason") { Description = "why; kept in the journal", HelpName = "TEXT", Required = true }, new Option<bool>("--yes") { Description = "do not ask" }, Options.Data());
        var command = new Command("unkill",
            """
            Lets trading go on after `ballast kill`, or after Ballast stopped an account itself: the books are compared with the venue first.

            Example:
              ballast unkill --reason "looked at it" --yes
            """) { scope, reason, yes, data };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(yes) && !Asked()) return Outcome.Refused;
            var folder = DataFolder.Of(parsed.GetValue(data));
            var cleared = Release(folder, parsed.GetValue(scope), Environment.UserName, parsed.GetRequiredValue(reason), SystemClock.Instance.GetCurrentInstant);
            Console.WriteLine(cleared ? "The switch is cleared; every loop compares its books before it trades." : "The switch was not set; loops that stopped themselves are told to go on.");
            return Outcome.Done;
        });
        return command;
    }

    /// <summary>Clears the switch, and tells the loops that stand still to go on.</summary>
    /// <param name="scope">One account; null for everything.</param>
    /// <param name="clock">A later time at each call, by which words are named.</param>
    /// <returns>Whether the switch was set.</returns>
    internal static bool Release(DataFolder folder, string? scope, string by, string reason, Func<Instant> clock)
    {
        var cleared = new KillSwitch(folder.KillSwitch).Clear();
        foreach (var (portfolio, status) in Loops(folder))
            foreach (var kill in status["kills"]?.AsObject() ?? [])
                if (scope is null || kill.Key == scope) new Inbox(portfolio.Inbox).Put(new Word("unkill", kill.Key, by, reason), clock());
        return cleared;
    }

    private static Argument<string?> Scope() => new("account") { Description = "one account; everything, when left out", Arity = ArgumentArity.ZeroOrOne };

    private static bool Asked()
    {
        if (Console.IsInputRedirected) throw new InvalidInputException("`unkill` asks first; from a script, say --yes as well");
        Console.Error.Write("Trading goes on after the books are compared. Type yes: ");
        return Console.ReadLine()?.Trim() == "yes";
    }

    /// <summary>What running loops say they did, each within a few seconds.</summary>
    private static IEnumerable<string> Heard(DataFolder folder)
    {
        for (var (i, waiting) = (0, Loops(folder).Select(l => (string)l.Status["name"]!).ToHashSet()); i < 40 && waiting.Count > 0; i++, Thread.Sleep(100))
            foreach (var (_, status) in Loops(folder))
                if (status["kills"]?.AsObject().Count > 0 && waiting.Remove((string)status["name"]!))
                    yield return $"{status["name"]}: stopped; {((JsonArray)status["orders"]!).Count} orders still being cancelled.";
    }

    private static IEnumerable<(PortfolioFolder Folder, JsonNode Status)> Loops(DataFolder folder)
    {
        var root = Path.Combine(folder.Root, "portfolios");
        if (!Directory.Exists(root)) yield break;
        foreach (var path in Directory.GetDirectories(root))
            if (new PortfolioFolder(path) is var portfolio && File.Exists(portfolio.Status) && JsonNode.Parse(File.ReadAllText(portfolio.Status)) is { } status && (string?)status["state"] != "stopped")
                yield return (portfolio, status);
    }
}
