using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ballast.Adapters;
using Ballast.App.Output;
using Ballast.App.Running;
using Ballast.Engine.Backtests;
using Ballast.Engine.Execution;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
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
            Keeps a portfolio at its policy: looks, decides, plans, checks, acts and records, until you stop it (Ctrl-C).
            Every order is in the journal before it leaves; an order of unknown fate counts in full until it is proven; books and venue agree or nothing trades.

            Example, a month of history through the live path, against a paper account:
              ballast run core.yaml --paper --prices synthetic-prices.csv --holdings holdings.csv --from 2026-09-01 --to 2026-09-30
            """);
        asked.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(asked.Read(parsed), cancel));
        return command;
    }

    private static async Task<int> RunAsync(RunRequest request, CancellationToken cancel)
    {
        var said = new RunText(request.AsJson ? TextWriter.Null : Console.Out, dates: true);
        var (history, policy) = (request.History, request.Policy);
        var (first, last) = BacktestSpan.Of(history, new BacktestSettings { From = request.From, To = request.To });
        var time = new ReplayTime(history.CloseTime(first));
        var clock = new Clock(time);
        var costs = policy.Costs;
        PaperVenue[] venues = [.. policy.Accounts.Where(a => a.May != Permissions.None).Select(a => Paper(a, request, clock))];
        var barsAYear = BarsAYear.Of(history.Spacing, new BacktestSettings());
        var sources = new LookSources(policy, request.Instruments, request.Book, at => Past(history, at), barsAYear);
        var settings = new LoopSettings(request.ConfigHash, Trades: true, ExecutionStyle.Of(policy) with { Validity = Duration.FromMinutes(10) }, _ => true);
        var folder = request.Data.Portfolio(policy.Name).Replay;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var tally = new Tally();
        await using var session = Session.Open(new SessionParts(venues, sources, settings, clock, folder, Duration.FromDays(3650), Replays: true, step =>
        {
            tally.Count(step);
            said.Stepped(step);
        }));
        var replay = new Replay(history, venues, session.Executor, session.Loop, time, clock, costs.Default.Spread);
        await replay.RunAsync(first, last, Version, (at, looked) =>
        {
            tally.Looks++;
            said.Looked(at, looked);
        }, cancel);
        var state = session.Executor.State;
        var end = Looking.Look(sources, state, Triggers.Memory.Empty, history.CloseTime(last)).Decision.Portfolio;
        if (request.AsJson) Console.WriteLine(Json.Text(tally.ToJson(policy, end.Value, session.Head, folder)));
        else Console.WriteLine($"{Figures.Count(tally.Looks, "look")}, {Figures.Count(tally.Plans, "plan")}, {Figures.Count(tally.Fills, "fill")}; {Figures.Money(end.Value, policy.Base)} {policy.Base} at the end. The journal: {folder}");
        return Outcome.Done;
    }

    private static string Version => typeof(RunCommand).Assembly.GetName().Version!.ToString(3);

    private static Trailing? Past(PriceHistory history, Instant at)
    {
        var last = -1;
        for (var (low, high) = (0, history.Count - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            if (history.CloseTime(middle) <= at) (last, low) = (middle, middle + 1);
            else high = middle - 1;
        }
        return last < 0 ? null : new Trailing(history, last);
    }

    private static PaperVenue Paper(Account account, RunRequest request, Clock clock)
    {
        var held = request.Book.Holdings.Where(h => h.Account == account.Name && h.Status == HoldingStatus.Free).GroupBy(h => h.Asset).Select(g => KeyValuePair.Create(g.Key, g.Sum(h => h.Quantity)));
        return new PaperVenue(account.Name, PaperVenue.PlainSheet(account.Venue, new LocalDate(2026, 11, 23)), request.Instruments, request.Policy.Costs.At(account.Name), PaperBooks.Opened(held), clock, _ => { });
    }
}
