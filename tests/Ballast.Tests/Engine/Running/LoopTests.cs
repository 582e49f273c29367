using System.Runtime.CompilerServices;
using Ballast.Adapters.Files;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Engine.Running;

/// <summary>What a loop makes of money that comes.</summary>
public class LoopTests
{
    private static readonly Asset Usdt = new("USDT");

    [Fact]
    public async Task Money_that_came_is_counted_once_however_often_is_looked()
    {
        var policy = PolicyFile.Read("flow.yaml", "version: 1\nname: flow\nbase: USDT\naccounts: { purse: { venue: paper } }\ntargets:\n  weights: { BTC: 50%, USDT: 50% }\nrebalance:\n  when: [ flow: 100 USDT ]\n").Value!;
        var time = new ReplayTime(Instant.FromUtc(2026, 11, 23, 12, 0));
        var (clock, purse) = (new Clock(time), new Purse(time) { Usdt = 1000 });
        var rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add("purse", purse.Sheet)) { Limits = GateLimits.Of(policy) };
        var executor = new Executor(new Dictionary<string, IVenue> { ["purse"] = purse }, new MemoryJournal(), rules, clock, _ => { }, inOrder: true);
        var loop = new Loop(new LookSources(policy, InstrumentSet.Paper, new Book(policy.Accounts, []), _ => null, 365), new LoopSettings("", Trades: false, ExecutionStyle.Of(policy), _ => true), executor);
        executor.Post(new ExecutionEvent.Started(clock.Now, "test", "here"));
        executor.Post(new ExecutionEvent.Quoted(clock.Now, "purse", new TopOfBook("BTC/USDT", 100, 0, 100, 0, clock.Now)));
        await Minutes(2);
        Assert.Null((await Look())!.Decision.Intent);

        purse.Usdt += 60;
        await Minutes(3);
        for (var look = 0; look < 5; look++) Assert.Equal(60, (await Look())!.Decision.Memory.Uninvested);

        purse.Usdt += 50;
        await Minutes(3);
        var looked = (await Look())!;
        Assert.Equal(110, looked.Decision.Memory.Uninvested);
        Assert.Equal("110.00 USDT has arrived", looked.Decision.Intent!.Reason);

        async Task<Looked?> Look()
        {
            var looked = loop.Look(clock.Now);
            await Minutes(1);
            return looked;
        }

        async Task Minutes(int count)
        {
            for (var end = time.Now + Duration.FromMinutes(count); time.Now < end; time.Now += Duration.FromSeconds(1)) await executor.SettleAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An account that somebody else pays into.</summary>
    private sealed class Purse(ReplayTime time) : IVenue
    {
        public decimal Usdt { get; set; }

        public string Account => "purse";

        public VenueSheet Sheet { get; } = PaperVenue.PlainSheet(new("paper"), new(2026, 11, 23));

        public InstrumentSet Instruments => InstrumentSet.Paper;

        public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel) => throw new NotSupportedException();

        public Task<CancelOutcome> CancelAsync(OrderRef order, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string> CancelAllAsync(CancellationToken cancel) => Task.FromResult("");

        public Task<QueryOutcome> QueryAsync(OrderRef order, CancellationToken cancel) => throw new NotSupportedException();

        public Task<AccountSnapshot> SnapshotAsync(CancellationToken cancel) =>
            Task.FromResult(new AccountSnapshot("purse", time.Now, ImmutableSortedDictionary<Asset, decimal>.Empty.Add(LoopTests.Usdt, Usdt), ImmutableSortedDictionary<string, decimal>.Empty, []));

        public Task<Duration> ClockAheadAsync(CancellationToken cancel) => Task.FromResult(Duration.Zero);

        public Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) => Task.FromResult<IReadOnlyList<TopOfBook>>([]);

        public async IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancel)
        {
            await Task.CompletedTask;
            yield break;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
