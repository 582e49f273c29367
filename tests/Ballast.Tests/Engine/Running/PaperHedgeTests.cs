using System.Diagnostics;
using Ballast.Adapters.Files;
using Ballast.Adapters.Journal;
using Ballast.Derivatives;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Tests.Engine.Venues;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Running;

/// <summary>A hedging policy run on paper through three hours, a delivery of options in the middle: the loop, the core, the journal and the paper venue as the program wires them, with time moved by hand.</summary>
public sealed class PaperHedgeTests : IDisposable
{
    private const string Perpetual = "BTC-PERPETUAL", Call = "BTC-25DEC26-100000-C", Expiring = "BTC-23NOV26-95000-C";

    private static readonly Policy Policy = PolicyFile.Read("hedge.yaml", """
        version: 1
        name: box
        base: BTC
        accounts:
          desk: { venue: deribit, margin: portfolio }
        targets: { weights: { BTC: 100% } }
        rebalance: { when: [] }
        hedge:
          book: desk
          outlook: { delta: 0 BTC, gamma: free, vega: free }
          numeraire: money
          band: 0.1 BTC
          to: target
          with: [BTC-PERPETUAL]
          when: []
        margin: { rules: deribit-pm, use: { aim: 40%, act: 60%, stop: 80% } }
        costs: { spread: 1 bps, at: { desk: { maker: 0 bps, taker: 5 bps, optionFee: 3 bps, optionFeeCap: 12.5% } } }
        """).Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("ballast-paper-").FullName;
    private readonly ReplayTime _time = new(Instant.FromUtc(2026, 11, 23, 6, 30));
    private readonly List<string> _looks = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_book_is_hedged_paid_and_delivered_and_its_journal_says_every_unit_of_it()
    {
        await using var tape = new Tape(_time, Perpetual, Call, Expiring);
        var books = PaperBooks.Opened([]).With(new PositionBook([Position(Perpetual, -50_000, 97_000), Position(Call, -10), Position(Expiring, 4)], [Balance("BTC", 12)]), _time.Now);
        // Half of the way, then the program starts again with what it kept: the text of the account and the journal.
        books = await RunAsync(tape, books, new Random(7), Duration.FromMinutes(80));
        books = await RunAsync(tape, PaperBooks.Read(books.Text()), new Random(8), Duration.FromMinutes(80));

        Assert.Contains(_looks, l => l.Contains("is outside of", StringComparison.Ordinal));
        Assert.Contains("is inside", _looks[^1], StringComparison.Ordinal);
        Assert.Equal(new[] { Call, Perpetual }, books.Positions.Keys);
        await using var journal = new FileJournal(_folder, TimeProvider.System);
        var held = books.Balances.Select(b => (b.Key, b.Value)).Concat(books.Positions.Select(p => (new Asset(p.Key), p.Value.Quantity))).OrderBy(h => h.Item1);
        Assert.Equal(held, journal.Recall().Balances.Of("desk").Select(h => (h.Key, h.Value)));
        var proof = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tools/verify-journal.py"), _folder]) { RedirectStandardOutput = true })!;
        Assert.StartsWith("ok ", await proof.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<PaperBooks> RunAsync(Tape tape, PaperBooks books, Random chance, Duration span)
    {
        var (clock, records, cancel) = (new Clock(_time), new List<JournalRecord>(), TestContext.Current.CancellationToken);
        await using var venue = new PaperVenue("desk", PaperVenue.PlainSheet(new("deribit"), new(2026, 11, 23)) with { Funding = new Ballast.Numerics.Futures.FundingRule.Damped(0.00025, -0.005, 0.005) }, tape.Instruments, Policy.Costs.At("desk"), books, clock, _ => { })
        {
            Prices = tape, Preset = Preset,
        };
        // Two hours of a market that leaps by the minute would be stopped for the leaps; what is looked at here is what follows from fills.
        var limits = GateLimits.Of(Policy) with { TurnoverHour = 1000, TurnoverDay = 1000, PriceJump = 1000, PriceStill = Duration.FromDays(1), OrdersPerHour = 100_000, Repeats = 1000 };
        var rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add("desk", venue.Sheet)) { Limits = limits };
        await using var journal = new FileJournal(_folder, TimeProvider.System);
        var executor = new Executor(new Dictionary<string, IVenue> { ["desk"] = venue }, journal, rules, clock, step => records.AddRange(step.Records), inOrder: true);
        var sources = new LookSources(Policy, tape.Instruments, new Book(Policy.Accounts, []), _ => null, 365) { Limits = limits, Hedge = new HedgeSources(Policy, Venue.Find, Preset) };
        var loop = new Loop(sources, new LoopSettings("", Trades: true, ExecutionStyle.Of(Policy), _ => true) { HedgePreapproved = _ => true }, executor);
        executor.Post(new ExecutionEvent.Started(clock.Now, "test", "here"));
        for (var (second, end) = (0, _time.Now + span); _time.Now < end; second++, _time.Now += Duration.FromSeconds(1))
        {
            if (second % 60 == 0) tape.Index = Math.Round(tape.Index * (1 + 0.001m * (chance.Next(9) - 4)), 2);
            if (second % 15 == 0) await MarketsAsync();
            if (second % 3 == 0) await venue.QuotesAsync([Perpetual], cancel);
            if (second % 10 == 0) loop.See(await venue.OptionsAsync(new("BTC"), cancel));
            foreach (var news in venue.News()) executor.Post(news);
            await executor.SettleAsync(cancel);
            if (second % 20 == 19 && loop.Look(clock.Now) is { } looked) _looks.Add(looked.Reason);
        }
        foreach (var news in venue.News()) executor.Post(news);
        await executor.SettleAsync(cancel);
        Assert.DoesNotContain(records, r => r is JournalRecord.Mismatched or JournalRecord.KillSet || r is JournalRecord.External { Why: not Reconciling.Opening });
        Assert.Contains(records, r => r is JournalRecord.Filled);
        var kinds = records.OfType<JournalRecord.Paid>().Select(p => p.Payment.Kind).ToHashSet();
        Assert.True(kinds.IsSupersetOf([PaymentKind.Funding, PaymentKind.Gain]));
        Assert.Equal(_time.Now > Instant.FromUtc(2026, 11, 23, 8, 0) && books.Positions.ContainsKey(Expiring), kinds.Contains(PaymentKind.Delivery));
        return venue.Books;

        async Task MarketsAsync()
        {
            foreach (var market in await venue.MarketsAsync([Perpetual], cancel))
            {
                executor.Post(new ExecutionEvent.DepthSeen(clock.Now, "desk", market.Depth));
                executor.Post(new ExecutionEvent.FactsSeen(clock.Now, "desk", market.Facts));
            }
        }
    }

    private static Ballast.Margin.MarginPreset? Preset(Asset? underlying) => MarginPresetFile.BuiltIn.Find("deribit-pm", underlying);
}
