using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.Adapters.Connectors;
using Ballast.Adapters.Running;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary><c>ballast doctor</c>: what is missing before a policy can run, and what each key may do.</summary>
internal static class DoctorCommand
{
    /// <summary>A clock further off than this signs nothing.</summary>
    private const double MostMilliseconds = 500;

    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "a portfolio file, to look at its accounts too", Arity = ArgumentArity.ZeroOrOne };
        var (exchange, data, json) = (new Option<string?>("--exchange") { Description = "a server of the venues' dialects instead of the venues", HelpName = "URL" }, Options.Data(), Options.AsJson());
        var command = new Command("doctor",
            """
            Says what is missing: the data folder, the vault, the connector to venues, the channels of alerts, and for each account of a portfolio whether its venue answers, what its key may do
            (one that can withdraw is refused), how far the clocks differ, and whether the venue is proven. Sends no order. Ends with 3 where something is amiss.

            Example:
              ballast doctor core.yaml
            """) { file, exchange, data, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = DataFolder.Of(parsed.GetValue(data));
            var found = new List<Finding>([OfFolder(folder), OfVault(folder), OfSwitch(folder), OfConnector()]);
            if (parsed.GetValue(file) is { } path) found.AddRange(await OfAccountsAsync(path, parsed.GetValue(exchange), folder, cancel));
            if (parsed.GetValue(json)) Console.WriteLine(Json.Text(new JsonObject { ["ok"] = found.All(f => f.Good), ["findings"] = Json.Array(found.Select(f => new JsonObject { ["what"] = f.What, ["ok"] = f.Good, ["says"] = f.Says })) }));
            else foreach (var f in found) Console.WriteLine($"{(f.Good ? "ok   " : "AMISS")}  {f.What}: {f.Says}");
            return found.All(f => f.Good) ? Outcome.Done : Outcome.Refused;
        });
        return command;
    }

    private sealed record Finding(string What, bool Good, string Says);

    private static Finding OfFolder(DataFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Root);
            WholeFile.Write(Path.Combine(folder.Root, "doctor.tmp"), "x", durable: true);
            File.Delete(Path.Combine(folder.Root, "doctor.tmp"));
            var free = new DriveInfo(folder.Root).AvailableFreeSpace >> 20;
            return new("data folder", free >= 256, $"{folder.Root} can be written, {free} MB free{(free < 256 ? "; a journal that cannot grow stops trading" : "")}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new("data folder", false, fault.Message);
        }
    }

    private static Finding OfVault(DataFolder folder) => !File.Exists(folder.Vault) ? new("vault", true, "none yet: `ballast keys add`, `ballast alerts set`")
        : OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.Vault) == (UnixFileMode.UserRead | UnixFileMode.UserWrite) ? new("vault", true, "there, and only you can read the file")
        : new("vault", false, $"others may read {folder.Vault}: chmod 600");

    private static Finding OfSwitch(DataFolder folder) =>
        new KillSwitch(folder.KillSwitch).Read() is { } kill ? new("kill switch", false, $"set by {kill.By}: {kill.Reason}; `ballast unkill`") : new("kill switch", true, "not set");

    private static Finding OfConnector()
    {
        try
        {
            ConnectorPlace.Find();
            return new("connector", true, $"ready for {string.Join(", ", VenueSheets.All.Select(s => s.Proven ? s.Venue.Value : $"{s.Venue} (not proven)"))}");
        }
        catch (VenueException fault)
        {
            return new("connector", false, fault.Message);
        }
    }

    private static async Task<IEnumerable<Finding>> OfAccountsAsync(string path, string? exchange, DataFolder folder, CancellationToken cancel)
    {
        var inputs = new Inputs(asJson: false);
        var policy = inputs.Policy(path);
        inputs.Check();
        var clock = new Clock(TimeProvider.System);
        var request = new RunRequest(policy!, "", RunMode.Live, null, false, new Book(policy!.Accounts, []), null, null, null, folder, RunAsked.Address(exchange), Yes: true, Once: true, policy.Run.Check, AsJson: false) { File = path };
        var vault = Passphrase.WhenNeeded(folder);
        await using var places = new Places(request, clock, vault);
        var found = new List<Finding>();
        var channels = AlarmChannels.Of(policy, vault, (name, why) => found.Add(new($"notify {name}", false, why)));
        found.AddRange(channels.Select(c => new Finding($"notify {c.Name}", true, "set up; `ballast alerts test` says whether it arrives")));
        foreach (var account in policy.Accounts)
            found.Add(account.May == Permissions.None ? new(account.Name, true, "only watched; it needs no key")
                : account.Venue == Account.Paper.Venue ? new(account.Name, true, "a paper account: history is run with `run --paper --prices`; to trade, name a venue") : await OfAccountAsync(account, places, cancel));
        return found;
    }

    private static async Task<Finding> OfAccountAsync(Account account, Places places, CancellationToken cancel)
    {
        try
        {
            var venue = await places.OpenAsync(account, cancel);
            var ahead = await venue.ClockAheadAsync(cancel);
            var snapshot = await venue.SnapshotAsync(cancel);
            var far = Math.Abs(ahead.TotalMilliseconds) > MostMilliseconds;
            var says = $"{venue.Sheet.Venue} answers; its clock is {ahead.TotalMilliseconds:+0;-0;0} ms ahead of ours{(far ? ", too far to sign anything: set this machine's clock" : "")}; {RightsWords(venue.Rights)}; "
                + $"{Figures.Count(snapshot.Balances.Count, "balance")}, {Figures.Count(snapshot.Open.Length, "open order")}; {venue.Sheet.RequestsPerSecond:0.#} requests a second{(venue.Sheet.Proven ? "" : "; NOT PROVEN: never run against this venue by us")}";
            return new(account.Name, !far && venue.Rights?.Trade != false, says);
        }
        catch (Exception fault) when (fault is VenueException or InvalidInputException)
        {
            return new(account.Name, false, fault.Message);
        }
    }

    private static string RightsWords(KeyRights? rights) => rights is null ? "no key"
        : $"its key may {string.Join(", ", new[] { rights.Read is true ? "read" : null, rights.Trade is true ? "trade" : null }.OfType<string>())}{(rights.Trade is false ? " but NOT trade" : "")}, not withdraw"
        + (rights.AddressBound is false ? "; it is not bound to an address: bind it" : rights.AddressBound is null ? "; whether it is bound to an address the venue does not say" : "");
}
