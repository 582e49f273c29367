using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.Secrets;
using Ballast.App.Output;
using Ballast.App.Running;

namespace Ballast.App.Commands;

/// <summary><c>ballast keys</c>: the keys of venues, in an encrypted vault.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys",
        """
        Keeps the keys of venues in an encrypted vault. Secrets are typed without being shown, or piped in; they are never on a command line, in a log or in a file.

        Example:
          ballast keys add binance --venue binance
        """)
    {
        Add(), List(), Remove(), Change(),
    };

    private static Command Add()
    {
        var (account, venue, data) = (Account(), new Option<string>("--venue") { Description = "the venue that the key is of", HelpName = "NAME", Required = true }, Options.Data());
        var command = new Command("add", "Adds a key, or replaces it: asks for the key, its secret and, where the venue has one, its passphrase.") { account, venue, data };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(venue);
            var sheet = VenueSheets.All.FirstOrDefault(s => s.Venue.Value == name) ?? throw new InvalidInputException($"--venue: `{name}` is none; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}");
            var vault = Passphrase.Open(DataFolder.Of(parsed.GetValue(data)));
            const string How = "nothing came in: the key and its secret are piped in as two lines";
            var (key, secret) = (Passphrase.Ask("Key: ", How), Passphrase.Ask("Secret: ", How));
            var third = sheet.Venue.Value is "okx" ? Passphrase.Ask("Passphrase of the key: ", How) : null;
            vault.Put(parsed.GetRequiredValue(account), name, new JsonObject { ["key"] = key, ["secret"] = secret, ["passphrase"] = third }.ToJsonString(), SystemClock.Instance.GetCurrentInstant());
            Console.WriteLine($"The key of {parsed.GetRequiredValue(account)} at {name} is in the vault{(sheet.Proven ? "" : $" ({VenueSheets.Remark(sheet)})")}. `ballast doctor` says what it may do.");
            return Outcome.Done;
        });
        return command;
    }

    private static Command List()
    {
        var (data, json) = (Options.Data(), Options.AsJson());
        var command = new Command("list", "Lists the accounts that have a key, and how old it is; never a secret.") { data, json };
        command.SetAction(parsed =>
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            var entries = Passphrase.Open(DataFolder.Of(parsed.GetValue(data))).Entries.ToArray();
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(new JsonObject { ["keys"] = Json.Array(entries.Select(e => new JsonObject { ["account"] = e.Name, ["venue"] = e.Venue, ["added"] = e.Added })) }));
            else if (entries.Length == 0) Console.WriteLine("The vault is empty: `ballast keys add ACCOUNT --venue NAME`.");
            else foreach (var e in entries) Console.WriteLine($"{e.Name}  {e.Venue}  added {(NodaTime.Text.InstantPattern.General.Parse(e.Added) is { Success: true } at ? Money.Spans.Words(now - at.Value) + " ago" : "")}");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var (account, data) = (Account(), Options.Data());
        var command = new Command("remove", "Removes a key.") { account, data };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(account);
            if (!Passphrase.Open(DataFolder.Of(parsed.GetValue(data))).Remove(name)) throw new InvalidInputException($"there is no key of `{name}`");
            Console.WriteLine($"The key of {name} is gone. It still works at its venue: delete it there too.");
            return Outcome.Done;
        });
        return command;
    }

    private static Command Change()
    {
        var data = Options.Data();
        var command = new Command("passphrase", "Changes the vault's passphrase.") { data };
        command.SetAction(parsed =>
        {
            var vault = Passphrase.Open(DataFolder.Of(parsed.GetValue(data)));
            var next = Passphrase.Ask("New passphrase: ", "the new passphrase is typed on a terminal, or piped in");
            if (next.Length < 12) throw new InvalidInputException("the new passphrase has fewer than 12 characters; nothing was changed");
            vault.Rekey(next);
            Console.WriteLine("The passphrase is changed.");
            return Outcome.Done;
        });
        return command;
    }

    private static Argument<string> Account() => new("account") { Description = "the account, as the portfolio file names it" };
}
