using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.App.Serving;
using Ballast.App.Watching;

namespace Ballast.App.Commands;

/// <summary><c>ballast serve</c>: the desk, a page and an API; on this machine, unless a certificate and enrolled people allow more.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "portfolio files (YAML); their holdings and prices lie beside them", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<string?>("--folder") { Description = "a folder of portfolio files, and where the desk writes new ones", HelpName = "DIR" };
        var port = new Option<int>("--port") { Description = "0 takes one that is free", DefaultValueFactory = _ => 7411, HelpName = "N" };
        var host = new Option<string>("--host") { Description = "an address of this machine that others reach; only with --certificate, and for people enrolled by `ballast serve users`", DefaultValueFactory = _ => "127.0.0.1", HelpName = "ADDRESS" };
        var certificate = new Option<string?>("--certificate") { Description = "PEM or PFX; the desk then speaks TLS only", HelpName = "FILE" };
        var key = new Option<string?>("--certificate-key") { Description = "the private key of a PEM certificate, where it is a file of its own", HelpName = "FILE" };
        var password = new Option<string?>("--certificate-password-file") { Description = "holds the password of the key", HelpName = "FILE" };
        var idle = new Option<string?>("--idle") { Description = "a session in which nothing is asked for so long ends; 8h here, 30m where others reach the desk", HelpName = "SPAN" };
        var longest = new Option<string?>("--longest") { Description = "every session ends after so long; 24h here, 12h where others reach the desk", HelpName = "SPAN" };
        var invite = new Option<string[]>("--invite") { Description = "who is let in by a link, as NAME:viewer, NAME:operator or NAME:admin; you, as admin, when left out", HelpName = "NAME:ROLE", AllowMultipleArgumentsPerToken = false };
        var exchange = new Option<string?>("--exchange") { Description = "a server of the venues' dialects whose prices the paper loops of the page follow, such as that of `./do exchange`", HelpName = "URL" };
        var data = Options.Data();
        var command = new Command("serve",
            """
            Opens the desk: what is held against what is wanted, what would be traded and why, approving and stopping, the journal. It answers on this machine
            only, and each link that it prints lets one browser in, once. Other machines reach it under TLS, by people with a password and a second factor.

            Example:
              ballast serve --folder my
            """) { files, folder, port, host, certificate, key, password, idle, longest, invite, exchange, data };
        command.Add(ServeUsersCommand.Create());
        command.Add(ServeTokenCommand.Create());
        command.Add(ServeAuditCommand.Create());
        command.SetAction((parsed, cancel) =>
        {
            var home = DataFolder.Of(parsed.GetValue(data));
            var word = parsed.GetValue(password) is { } secret ? File.ReadAllText(secret).TrimEnd('\r', '\n') : null;
            var tls = parsed.GetValue(certificate) is { } file ? Listening.Load(file, parsed.GetValue(key), word) : null;
            var name = parsed.GetRequiredValue(host);
            var address = Address(name);
            var listening = new Listening(address, Port(parsed.GetValue(port), address), tls);
            var invited = parsed.GetValue(invite);
            if ((listening.Refused(home.Users(), name) ?? Linked(listening, invited)) is { } refused)
            {
                Console.Error.WriteLine(refused);
                return Task.FromResult(Outcome.Refused);
            }
            var shelf = new Shelf([.. parsed.GetValue(files) ?? []], parsed.GetValue(folder) is { } named ? Path.GetFullPath(named) : null);
            if ((parsed.GetValue(files) ?? []).FirstOrDefault(f => !File.Exists(f)) is { } missing) throw new InvalidInputException($"{missing}: there is no such file");
            _ = shelf.Places();
            var usual = listening.IsPublic ? SessionLimits.Public : SessionLimits.Here;
            var limits = new SessionLimits(parsed.GetValue(idle) is { } i ? Options.Span(i, "--idle") : usual.Idle, parsed.GetValue(longest) is { } l ? Options.Span(l, "--longest") : usual.Longest);
            return RunAsync(new Serving.Desk(shelf, home, listening, limits, RunAsked.Address(parsed.GetValue(exchange)), cancel), listening.IsPublic ? [] : Invited(invited));
        });
        return command;
    }

    private static async Task<int> RunAsync(Serving.Desk desk, IReadOnlyList<(string Name, Role Role)> invited)
    {
        ThreadPool.SetMinThreads(16, 16); // Answers read files, and wait for them.
        using var exporting = Exporting.AsAsked();
        using var loops = desk.Paper;
        using var guard = new Guard(desk.Listening, desk.Entrance);
        await using var server = new DeskServer(desk, guard);
        await server.StartAsync();
        var watching = desk.Events.WatchAsync();
        Console.WriteLine($"The desk is at {desk.Listening.Url}, {(desk.Listening.IsPublic ? "for the people enrolled, with their second factor" : "on this machine only. Each link lets one browser in, once, within an hour")}. Ctrl-C ends it.");
        foreach (var (name, role) in invited) Console.WriteLine($"  {name} ({role.ToString().ToLowerInvariant()})  {desk.LinkFor(name, role)}");
        await watching;
        return Outcome.Done;
    }

    private static IPAddress Address(string host) => host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new InvalidInputException($"--host {host}: expected an address of this machine, such as 127.0.0.1 or 0.0.0.0 for all of them; the names are those of the certificate");

    private static string? Linked(Listening listening, string[]? invited) =>
        listening.IsPublic && invited is { Length: > 0 } ? "--invite: a link is one factor only; where others reach the desk, people are enrolled: ballast serve users add NAME --role ROLE" : null;

    private static int Port(int asked, IPAddress address)
    {
        if (asked is < 0 or > 65535) throw new InvalidInputException($"--port {asked}: expected 0 to 65535");
        if (asked != 0) return asked;
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    internal static Role RoleOf(string text, string option) => Roles.Find(text) ?? throw new InvalidInputException($"{option}: `{text}`; expected viewer, operator or admin");

    private static IReadOnlyList<(string, Role)> Invited(string[]? asked) => asked is not { Length: > 0 } ? [(Environment.UserName, Role.Admin)]
        : [.. asked.Select(text => text.Split(':') is [{ Length: > 0 and <= 60 } name, { Length: > 0 } role] ? (name, RoleOf(role, "--invite")) : throw new InvalidInputException($"--invite {text}: expected NAME:viewer, NAME:operator or NAME:admin"))];
}
