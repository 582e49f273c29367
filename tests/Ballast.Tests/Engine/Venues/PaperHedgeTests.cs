using Ballast.Adapters.Files;
using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Ledger;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;
using Ballast.Tests.Derivatives;

namespace Ballast.Tests.Engine.Venues;

/// <summary>A hedging policy on paper, from the look to the fill to the books: the same loop, gate and journal as live.</summary>
public class PaperHedgeTests
{
    private const string File = """
        version: 1
        name: delta
        base: BTC
        accounts:
          desk: { venue: deribit, margin: portfolio }
        targets:
          weights: { BTC: 100% }
        rebalance:
          when: []
        hedge:
          book: desk
          outlook: { delta: 0 BTC, gamma: free, vega: free }
          numeraire: money
          band: 0.1 BTC
          to: target
          with: [BTC-PERPETUAL]
          when: []
        costs:
          spread: 1 bps
          at:
            desk: { maker: 0 bps, taker: 5 bps, optionFee: 3 bps, optionFeeCap: 12.5% }
        run: { check: 1s, approve: never, orders: { wait: 3s } }
        """;

    private static readonly Asset Btc = new("BTC");
    private static readonly Instrument.Derivative Perpetual = Contracts.Contract("BTC-PERPETUAL"), Call = Contracts.Contract("BTC-27MAR26-90000-C");

    private readonly ReplayTime _time = new(Contracts.Now);
    private readonly List<JournalRecord> _records = [];

    [Fact]
    public async Task A_book_is_hedged_and_what_the_contracts_pay_is_in_the_ledger()
    {
        var policy = PolicyFile.Read("delta.yaml", File).Value!;
        var clock = new Clock(_time);
        var book = new PositionBook([new(Call, -3, 0.05m, "desk"), new(Perpetual, 20_000, 88_000, "desk")], [new(new Amount(2, Btc), "desk")]);
        var venue = new PaperVenue("desk", PaperVenue.PlainSheet(new("deribit"), new(2026, 11, 23)) with { HasBook = false }, new InstrumentSet("for tests", [Perpetual, Call]), policy.Costs.At("desk"),
            PaperBooks.Opened([]).With(book, _time.Now), clock, _ => { });
        var rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add("desk", venue.Sheet)) { Limits = GateLimits.Of(policy) };
        var executor = new Executor(new Dictionary<string, IVenue> { ["desk"] = venue }, new MemoryJournal(), rules, clock, step => _records.AddRange(step.Records), inOrder: true);
        var sources = new LookSources(policy, venue.Instruments, new Book(policy.Accounts, []), _ => null, 365) { Hedge = new HedgeSources(policy, Contracts.Venue.Find, _ => null), Limits = GateLimits.Of(policy) };
        var loop = new Loop(sources, new LoopSettings("", Trades: true, ExecutionStyle.Of(policy), _ => true) { HedgePreapproved = _ => true }, executor);
        loop.See([new ChainQuote(Call, _time.Now, 0.06m, 0.5, 0.0595m, 0.0605m, 89_500, 89_000)]);
        executor.Post(new ExecutionEvent.Started(clock.Now, "test", "here"));
        await Seconds(3);

        var looked = loop.Look(clock.Now)!;
        Assert.NotNull(looked.Hedge);
        Assert.True(Math.Abs(looked.Hedge.Before.Exposure.DeltaMoney) > 0.1);
        await Seconds(120);

        Assert.Equal(PlanStatus.Completed, executor.State.Status);
        var after = loop.Look(clock.Now)!;
        Assert.Null(after.Refusal);
        Assert.Empty(after.Hedge!.Trades);
        Assert.InRange(after.Hedge.Before.Exposure.DeltaMoney, -0.1, 0.1);

        // The long future was sold against a gain, and the gain is booked: books and venue agree to the last unit.
        var sold = _records.OfType<JournalRecord.Filled>().ToArray();
        Assert.All(sold, f => Assert.Equal((Perpetual.Symbol, Side.Sell), (f.Trade.Symbol, f.Trade.Side)));
        var closed = Math.Min(20_000m, sold.Sum(f => f.Trade.Quantity));
        var snapshot = await venue.SnapshotAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Reconciling.Differences(executor.State, snapshot));
        var gain = snapshot.Balances[Btc] - 2 + sold.Sum(f => f.Trade.Fee.Value);
        Assert.InRange(gain - closed * (1 / 88_000m - 1 / 89_000m), -1e-7m, 1e-7m);
        Rule.Holds(from entry in _records.SelectMany(Bookings.Of) from asset in entry.Postings.GroupBy(p => p.Amount.Asset) where asset.Sum(p => p.Amount.Value) != 0 select $"{entry.Source}: {asset.Key} does not balance");

        async Task Seconds(int count)
        {
            for (var end = _time.Now + Duration.FromSeconds(count); _time.Now < end; _time.Now += Duration.FromMilliseconds(500))
            {
                venue.Show(new TopOfBook(Perpetual.Symbol, 89_000, 0, 89_000, 0, _time.Now));
                executor.Post(new ExecutionEvent.Quoted(clock.Now, "desk", new TopOfBook(Perpetual.Symbol, 89_000, 0, 89_000, 0, _time.Now)));
                executor.Post(new ExecutionEvent.Tick(clock.Now));
                await executor.SettleAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
