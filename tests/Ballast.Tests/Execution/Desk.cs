using Ballast.Execution;
using Ballast.Gates;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.Tests.Execution;

/// <summary>The core with a venue that a test plays by hand: events go in, records and effects come out, and every record is folded anew to see that nothing else changed.</summary>
internal sealed class Desk
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);

    public static readonly Tradable Btc = new("BTC/USDT", TradableKind.Spot, new("BTC"), new("USDT"), new("USDT"), 0.00001m, 0.01m, 0.00001m, 5m);
    public static readonly Tradable Eth = new("ETH/USDT", TradableKind.Spot, new("ETH"), new("USDT"), new("USDT"), 0.0001m, 0.01m, 0.0001m, 5m);

    private ExecutionRules _rules;

    public Desk(VenueSheet? sheet = null, GateLimits? limits = null) =>
        _rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add("venue", sheet ?? new VenueSheet(new("test"), true, new(2026, 11, 23))
        {
            Deadline = Duration.FromSeconds(5), LagMargin = Duration.FromSeconds(10), PlaceDeadline = DeadlineCheck.Engine,
        })) { Limits = limits ?? new GateLimits { OrderShare = 1m, OrderMost = 1_000_000m, BlindShare = 1m } };

    /// <summary>Another portfolio file, from the next start on.</summary>
    public Desk With(GateLimits limits)
    {
        _rules = _rules with { Limits = limits };
        return this;
    }

    public ExecutionState State { get; private set; } = ExecutionState.Empty;
    public Instant Now { get; private set; } = Start;
    public List<JournalRecord> Journal { get; } = [];
    public List<Effect> Effects { get; } = [];

    public IEnumerable<OrderRequest> Sent => Effects.OfType<Effect.Send>().Select(s => s.Order.Order);

    public ChildOrder Last => State.Orders[Sent.Last().Id];

    public Desk Tell(ExecutionEvent happened)
    {
        var step = ExecutionCore.On(State, happened, _rules);
        State = step.State;
        Journal.AddRange(step.Records);
        Effects.AddRange(step.Effects.Where(e => e is not Effect.Wake));
        return this;
    }

    public Desk Wait(double seconds)
    {
        var end = Now + Duration.FromSeconds(seconds);
        while (Now < end)
        {
            Now += Duration.FromMilliseconds(500);
            Tell(new ExecutionEvent.Tick(Now));
        }
        return this;
    }

    /// <summary>Our own clock is set forward; nothing happens meanwhile.</summary>
    public Desk Jump(int seconds)
    {
        Now += Duration.FromSeconds(seconds);
        return this;
    }

    /// <summary>Started, clock measured, prices known, and the books equal to the venue's.</summary>
    public Desk Open(decimal btc = 1, decimal eth = 0, decimal usdt = 0) => Tell(new ExecutionEvent.Started(Now, "test", "here"))
        .Tell(new ExecutionEvent.ClockMeasured(Now, "venue", Duration.Zero)).Quote("BTC/USDT", 40000, 40001).Quote("ETH/USDT", 2000, 2001).Snapshot(btc, eth, usdt);

    public Desk Quote(string symbol, decimal bid, decimal ask) => Tell(new ExecutionEvent.Quoted(Now, "venue", new TopOfBook(symbol, bid, 10, ask, 10, Now)));

    /// <summary>A book of these bids, and as much one tick above each for sale.</summary>
    public Desk Depth(string symbol, params (decimal Price, decimal Size)[] bids) => Tell(new ExecutionEvent.DepthSeen(Now, "venue",
        new BookDepth(symbol, [.. bids.Select(b => new BookLevel(b.Price, b.Size))], [.. bids.Select(b => new BookLevel(2 * bids[0].Price - b.Price + 0.01m, b.Size))], Now)));

    public Desk Snapshot(decimal btc, decimal eth, decimal usdt, params OrderReport[] open) => Tell(new ExecutionEvent.SnapshotTaken(Now, new AccountSnapshot("venue", Now,
        new Dictionary<Asset, decimal> { [new("BTC")] = btc, [new("ETH")] = eth, [new("USDT")] = usdt }.Where(b => b.Value != 0).ToImmutableSortedDictionary(),
        ImmutableSortedDictionary<string, decimal>.Empty, [.. open])));

    public Desk Plan(params ParentOrder[] parents) => Tell(new ExecutionEvent.PlanOffered(Now, new ExecutionPlan("p1", "core", "drift", "test", Now, Now + Duration.FromMinutes(30), new("USDT"), 50000m, "in", "cfg",
        new ExecutionStyle { Slippage = 0.05m }, [.. parents]), Approved: true));

    public static ParentOrder Sell(int number, Tradable what, decimal quantity, decimal price) => new(number, "venue", what, Side.Sell, quantity, price, quantity * price, "over");

    public static ParentOrder Buy(int number, Tradable what, decimal quantity, decimal price) => new(number, "venue", what, Side.Buy, quantity, price, quantity * price, "short");

    /// <summary>The venue takes the last order and fills it in full, in one trade, without a fee.</summary>
    public Desk FillLast()
    {
        var order = Sent.Last();
        return Tell(new ExecutionEvent.Sent(Now, order.Id, new SendOutcome.Acknowledged(Report(order, order.Quantity, VenueState.Filled), [Trade(order, "t" + Journal.Count, order.Quantity)])));
    }

    public static OrderReport Report(OrderRequest order, decimal filled, VenueState state) =>
        new("v" + order.Attempt, order.Id, order.Tradable.Symbol, order.Side, order.Quantity, order.Price, filled, state);

    public TradeReport Trade(OrderRequest order, string id, decimal quantity) =>
        new(id, "v" + order.Attempt, order.Id, order.Tradable.Symbol, order.Side, quantity, order.Price, Amount.Zero(order.Tradable.Quote), Now);

    /// <summary>What a process finds that starts with this journal.</summary>
    /// <param name="first">What it is told before its start.</param>
    public Desk Restart(ExecutionEvent? first = null)
    {
        State = ExecutionState.Of(Journal);
        if (first is not null) Tell(first);
        return Tell(new ExecutionEvent.Started(Now, "test", "here")).Tell(new ExecutionEvent.ClockMeasured(Now, "venue", Duration.Zero));
    }
}
