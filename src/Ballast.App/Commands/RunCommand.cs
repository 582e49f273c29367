using System.CommandLine;
using System.Text.Json.Nodes;
using Ballast.Adapters.Alerts;
using Ballast.Adapters.Connectors;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.App.Watching;
using Ballast.Engine.Backtests;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary><c>ballast run</c>: the loop that observes, decides, plans, checks, acts and records.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var asked = new RunAsked();
        var command = new Command("run",
            """
            Keeps a portfolio at its policy: looks, decides, plans, checks, acts and records, until you stop it (Ctrl-C). Without --paper or --live it only says
            what it would do. Every order is in the journal before it leaves; one of unknown fate counts in full until it is proven; books and venue agree, or
            nothing trades. A file that is changed meanwhile is read again: its limits hold at once, its rules from the next look on; new accounts and new assets
            wait for the next start, and a file with a fault changes nothing. With --paper alone a paper account trades at the venue's public prices, spot and contracts; --book is what a hedged one begins with.

            Examples:
              ballast run core.yaml --paper --prices synthetic-prices.csv --holdings holdings.csv --from 2026-08-01     history through the live path
              ballast run core.yaml --live --venue binance --exchange http://127.0.0.1:7070     at the simulated exchange of `./do exchange`
            """);
        asked.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var request = asked.Read(parsed);
            try
            {
                return await (request.Replay ? ReplayAsync(request, cancel) : LiveAsync(request, cancel));
            }
            catch (VenueException fault)
            {
                Console.Error.WriteLine(Words.Sentence(fault.Message));
                return Outcome.WorldFailed;
            }
            catch (InvalidDataException fault)
            {
                Console.Error.WriteLine(fault.Message);
                return Outcome.Refused;
            }
        });
        return command;
    }

    private static string Version => typeof(RunCommand).Assembly.GetName().Version!.ToString(3);

    private static async Task<int> ReplayAsync(RunRequest request, CancellationToken cancel)
    {
        var (history, policy, tally) = (request.History!, request.Policy, new Tally());
        var said = new RunText(request.AsJson ? TextWriter.Null : Console.Out, dates: true);
        var (first, last) = BacktestSpan.Of(history, new BacktestSettings { From = request.From, To = request.To });
        var time = new ReplayTime(history.CloseTime(first));
        var clock = new Clock(time);
        var venues = policy.Accounts.Where(a => a.May != Permissions.None).Select(a => Paper(a, request, clock)).ToArray();
        var sources = Sources(request, request.Instruments!);
        var style = ExecutionStyle.Of(policy) with { Validity = Duration.FromMinutes(10) };
        var folder = request.Folder.Replay;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        await using var session = new Session(new SessionParts(venues, sources, new LoopSettings(request.ConfigHash, Trades: true, style, _ => true), clock, folder, Replays: true, step =>
        {
            tally.Count(step);
            said.Stepped(step);
        }));
        await new Replay(history, venues, session.Executor, session.Loop, time, clock, policy.Costs.Default.Spread).RunAsync(first, last, Version, (at, looked) =>
        {
            tally.Looks++;
            said.Looked(at, looked);
        }, cancel);
        var end = Looking.Look(sources, session.Executor.State, Triggers.Memory.Empty, history.CloseTime(last)).Decision.Portfolio;
        if (request.AsJson) Console.WriteLine(Json.Text(tally.ToJson(policy, end.Value, session.Journal.Head, folder)));
        else Console.WriteLine($"{Figures.Count(tally.Looks, "look")}, {Figures.Count(tally.Plans, "plan")}, {Figures.Count(tally.Fills, "fill")}; {Figures.Money(end.Value, policy.Base)} {policy.Base} at the end. The journal: {folder}");
        return Outcome.Done;
    }

    private static async Task<int> LiveAsync(RunRequest request, CancellationToken cancel)
    {
        if (request.Mode == RunMode.Live && !Agreed(request)) return Outcome.Refused;
        var said = new RunText(request.AsJson ? TextWriter.Null : Console.Out, dates: false);
        var (clock, tally) = (new Clock(TimeProvider.System), new Tally());
        var vault = Passphrase.WhenNeeded(request.Data);
        using var exporting = Exporting.AsAsked();
        await using var places = new Places(request, clock, vault);
        var venues = await places.OpenAsync(cancel);
        var (instruments, symbols) = places.Listed;
        var settings = Settings(request);
        var journal = request.Mode == RunMode.Dry ? null : request.Folder.Journal(paper: request.Mode == RunMode.Paper);
        await using var alarm = new Alarm(request.Policy, AlarmChannels.Of(request.Policy, vault, (_, why) => said.Line(clock.Now, why)), new AlertFile(request.Folder.Alerts), settings.Trades, Outbox.Usual, why => said.Line(clock.Now, Words.Sentence(why)));
        var status = new LoopStatus(request.Folder.Status, request.Policy.Name, request.Mode.ToString().ToLowerInvariant(), clock.Now, venues);
        await using var session = new Session(new SessionParts(venues, Sources(request, instruments), settings, clock, journal, Replays: false, step =>
        {
            tally.Count(step);
            said.Stepped(step);
            alarm.Stepped(step);
            status.Stepped(step);
        }));
        if (session.Repaired is { } repaired) said.Line(clock.Now, Words.Sentence(repaired));
        said.Line(clock.Now, Beginning(request, instruments));
        await new LiveRun(session, request, symbols, (of, limits) => (Sources(of, instruments) with { Limits = GateLimits.Of(limits) }, Settings(of)), said, status, alarm).RunAsync(Version, cancel);
        if (request.AsJson) Console.WriteLine(Json.Text(tally.ToJson(request.Policy, 0, session.Journal.Head, journal ?? "")));
        else said.Line(clock.Now, $"Stopped. {Figures.Count(tally.Plans, "plan")}, {Figures.Count(tally.Orders, "order")}, {Figures.Count(tally.Fills, "fill")}.{(journal is null ? " Nothing was sent." : $" The journal: {journal}")}");
        return Outcome.Done;
    }

    private static LoopSettings Settings(RunRequest request) => new(request.ConfigHash, request.Mode != RunMode.Dry, ExecutionStyle.Of(request.Policy), plan => Preapproved(request, plan.Base, plan.Traded))
    {
        SkipMissed = !request.Policy.Run.CatchUp, HedgePreapproved = plan => Preapproved(request, plan.Base, plan.Parents.Sum(p => p.Value)),
    };

    private static string Beginning(RunRequest request, InstrumentSet instruments)
    {
        var places = request.Policy.Accounts.Where(a => a.May != Permissions.None).Select(a => $"{a.Name} at {a.Venue}{(VenueSheets.Find(a.Venue) is { Proven: false } ? ", not proven" : "")}");
        var what = request.Mode switch { RunMode.Live => "live", RunMode.Paper => "on paper", _ => "a dry run: nothing is sent" };
        return $"{request.Policy.Name}, {what}: {string.Join(", ", places)}{(request.Exchange is { } at ? $" (simulated, {at.Authority})" : "")}. A look every {Spans.Words(request.Check)}.{Unfunded(request)} Instruments: {instruments.Source}. Ctrl-C stops.";
    }

    private static string Unfunded(RunRequest request) =>
        request.Mode == RunMode.Paper && request.Policy.Hedge is { } hedge && VenueSheets.Find(request.Policy.Accounts.First(a => a.Name == hedge.Book).Venue) is { Funding: null } sheet ? $" How {sheet.Venue} makes funding is not known: none is paid." : "";

    private static bool Agreed(RunRequest request)
    {
        if (request.Yes || request.Exchange is { IsLoopback: true }) return true;
        if (Console.IsInputRedirected) throw new InvalidInputException("--live trades real money and asks first; from a script, say --yes as well");
        Console.Error.Write($"{request.Policy.Name} will trade real money at {string.Join(", ", request.Policy.Accounts.Where(a => a.May != Permissions.None).Select(a => a.Venue))}. Type yes to go on: ");
        return Console.ReadLine()?.Trim() == "yes";
    }

    /// <summary>As the policy says; where it says nothing, a person is asked before real money moves.</summary>
    private static bool Preapproved(RunRequest request, Asset asset, decimal traded) => request.Policy.Run.Approve switch
    {
        Approval.Never => true,
        Approval.Always => false,
        Approval.Above(var amount) => amount.Asset == asset && traded <= amount.Value,
        _ => request.Mode != RunMode.Live || request.Yes,
    };

    private static LookSources Sources(RunRequest request, InstrumentSet instruments)
    {
        var history = request.History;
        return new LookSources(request.Policy, instruments, request.Book, at => history is null ? null : history.Until(at) is >= 0 and var last ? new Trailing(history, last) : null,
            history is null ? 365 : BarsAYear.Of(history.Spacing, new BacktestSettings()))
        {
            Limits = request.Replay ? GateLimits.Of(request.Policy).ForHistory : GateLimits.Of(request.Policy),
            Hedge = request.Policy.Hedge is null || request.Replay ? null : new HedgeSources(request.Policy, ContractsOf(instruments).GetValueOrDefault, underlying => Hedged.PresetOf(request.Policy, underlying)),
        };
    }

    private static Dictionary<string, Instrument.Derivative> ContractsOf(InstrumentSet instruments) => instruments.Instruments.OfType<Instrument.Derivative>().DistinctBy(i => i.Symbol).ToDictionary(i => i.Symbol);

    private static PaperVenue Paper(Account account, RunRequest request, Clock clock) => new(account.Name, PaperVenue.PlainSheet(account.Venue, new LocalDate(2026, 11, 23)) with { HasBook = false }, request.Instruments!,
        request.Policy.Costs.At(account.Name), Places.Opened(request.Book, account), clock, _ => { });
}
