using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Alerts;
using Ballast.Alerts;
using Ballast.App.Output;
using Ballast.App.Running;

namespace Ballast.App.Commands;

/// <summary><c>ballast alerts</c>: how people are reached, and whether they are.</summary>
internal static class AlertsCommand
{
    public static Command Create() => new("alerts",
        """
        Tells people what the `notify` section of a portfolio file asks for, by Telegram, a webhook or ntfy. Addresses and tokens are kept in the vault.
        What lasts is told once when it begins and once when it is over; never more than 12 messages an hour, the rest in one.

        Examples:
          ballast alerts set telegram
          ballast alerts test core.yaml
        """)
    {
        Set(), Test(),
    };

    private static Command Set()
    {
        var (channel, data) = (new Argument<string>("channel") { Description = string.Join(", ", AlertChannels.Names) }, Options.Data());
        var command = new Command("set", "Keeps a channel's address and token in the vault: asks for each, or reads one a line from a pipe (telegram: token, chat; webhook and ntfy: address, then a secret or `-`).") { channel, data };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(channel);
            if (!AlertChannels.Names.Contains(name)) throw new InvalidInputException($"`{name}` is no channel; there are {string.Join(", ", AlertChannels.Names)}");
            var vault = Passphrase.Open(DataFolder.Of(parsed.GetValue(data)));
            try
            {
                var now = SystemClock.Instance.GetCurrentInstant();
                if (name == "telegram") AlertChannels.Put(vault, name, null, Asked("Token of the bot: "), Asked("Number of the chat: "), now);
                else AlertChannels.Put(vault, name, Asked(name == "ntfy" ? "Address of the topic (https://ntfy.sh/NAME): " : "Address: "), Optional(Asked("Token or secret, or - for none: ")), null, now);
            }
            catch (FormatException fault)
            {
                throw new InvalidInputException($"{fault.Message}; nothing was changed");
            }
            Console.WriteLine($"{name} is in the vault. `ballast alerts test FILE` sends a message by it.");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Test()
    {
        var (file, data, json) = (Options.File(), Options.Data(), Options.AsJson());
        var command = new Command("test", "Sends one message by every channel that the file's `notify` names, and says which were taken.") { file, data, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var inputs = new Inputs(parsed.GetValue(json));
            var policy = inputs.Policy(parsed.GetRequiredValue(file));
            inputs.Check();
            if (policy!.Notify.IsEmpty) throw new InvalidInputException($"{policy.Name} notifies nobody; expected a section such as `notify: [{{ about: [due, refused], by: telegram }}]`");
            var results = new List<(string Channel, string? Fault)>();
            var channels = AlarmChannels.Of(policy, Passphrase.WhenNeeded(DataFolder.Of(parsed.GetValue(data))), (name, why) => results.Add((name, why)));
            var missing = results.Count;
            foreach (var channel in channels) results.Add((channel.Name, await SendAsync(channel, policy.Name, cancel)));
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(new JsonObject { ["ok"] = results.All(r => r.Fault is null), ["channels"] = Json.Array(results.Select(r => new JsonObject { ["channel"] = r.Channel, ["ok"] = r.Fault is null, ["says"] = r.Fault })) }));
            else foreach (var (name, fault) in results) Console.WriteLine(fault is null ? $"{name} took the message: look whether it arrived." : Words.Sentence(fault));
            return missing > 0 ? Outcome.Refused : results.All(r => r.Fault is null) ? Outcome.Done : Outcome.WorldFailed;
        });
        return command;
    }

    private static async Task<string?> SendAsync(IAlertChannel channel, string portfolio, CancellationToken cancel)
    {
        try
        {
            await channel.SendAsync(portfolio, new Alert(SystemClock.Instance.GetCurrentInstant(), "", AlertKind.Once, "TEST", "", "a test: nothing has happened"), cancel);
            return null;
        }
        catch (AlertException fault)
        {
            return fault.Message;
        }
    }

    private static string Asked(string question) => Passphrase.Ask(question, "nothing came in: address and secrets are typed on a terminal, or piped in, one a line");

    private static string? Optional(string typed) => typed == "-" ? null : typed;
}
