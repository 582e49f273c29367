using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Serving;

namespace Ballast.App.Commands;

/// <summary><c>ballast serve</c>: the desk, a page and an API on this machine.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "portfolio files (YAML); their holdings and prices lie beside them", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<string?>("--folder") { Description = "a folder of portfolio files, and where the desk writes new ones", HelpName = "DIR" };
        var port = new Option<int>("--port") { Description = "0 takes one that is free", DefaultValueFactory = _ => 7411, HelpName = "N" };
        var host = new Option<string>("--host") { Description = "only addresses of this machine; others are refused", DefaultValueFactory = _ => "127.0.0.1", HelpName = "ADDRESS" };
        var invite = new Option<string[]>("--invite") { Description = "who is let in, as NAME:viewer, NAME:operator or NAME:admin; you, as admin, when left out", HelpName = "NAME:ROLE", AllowMultipleArgumentsPerToken = false };
        var data = Options.Data();
        var command = new Command("serve",
            """
            Opens the desk: what is held against what is wanted, what would be traded and why, approving and stopping, the journal. It answers on this machine
            only. Each link that it prints lets one browser in, once.

            Example:
              ballast serve --folder my
            """) { files, folder, port, host, invite, data };
        command.SetAction((parsed, cancel) =>
        {
            if (Refused(parsed.GetRequiredValue(host)) is { } refused)
            {
                Console.Error.WriteLine(refused);
                return Task.FromResult(Outcome.Refused);
            }
            var shelf = new Shelf([.. parsed.GetValue(files) ?? []], parsed.GetValue(folder) is { } named ? Path.GetFullPath(named) : null);
            if ((parsed.GetValue(files) ?? []).FirstOrDefault(f => !File.Exists(f)) is { } missing) throw new InvalidInputException($"{missing}: there is no such file");
            _ = shelf.Places();
            return RunAsync(shelf, DataFolder.Of(parsed.GetValue(data)), Port(parsed.GetValue(port)), Invited(parsed.GetValue(invite)), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(Shelf shelf, DataFolder data, int port, IReadOnlyList<(string Name, Role Role)> invited, CancellationToken cancel)
    {
        var desk = new Serving.Desk(shelf, data, port, cancel);
        using var guard = new Guard(port);
        await using var server = new DeskServer(desk, guard);
        await server.StartAsync();
        var watching = desk.Events.WatchAsync();
        Console.WriteLine($"The desk is at {desk.Address}, on this machine only. Each link lets one browser in, once, within an hour. Ctrl-C ends it.");
        foreach (var (name, role) in invited) Console.WriteLine($"  {name} ({role.ToString().ToLowerInvariant()})  {desk.LinkFor(name, role)}");
        await watching;
        return Outcome.Done;
    }

    /// <summary>Why an address is none to listen on; null for this machine's own.</summary>
    private static string? Refused(string host) => host is "localhost" or "127.0.0.1" ? null
        : $"--host {host}: the desk answers on 127.0.0.1 only, because whoever reaches it may stop or approve trades. From another machine, use a tunnel: ssh -L 7411:127.0.0.1:7411 HOST";

    private static int Port(int asked)
    {
        if (asked is < 0 or > 65535) throw new InvalidInputException($"--port {asked}: expected 0 to 65535");
        if (asked != 0) return asked;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static IReadOnlyList<(string, Role)> Invited(string[]? asked) => asked is not { Length: > 0 } ? [(Environment.UserName, Role.Admin)]
        : [.. asked.Select(text => text.Split(':') is [{ Length: > 0 and <= 60 } name, var role] && Enum.TryParse<Role>(role, ignoreCase: true, out var known) && Enum.IsDefined(known) && !char.IsDigit(role[0])
            ? (name, known) : throw new InvalidInputException($"--invite {text}: expected NAME:viewer, NAME:operator or NAME:admin"))];
}
