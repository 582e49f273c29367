using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ballast.Costs;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Orders;

namespace Ballast.Engine.Venues;

/// <summary>A simulated account that is traded like a real one: paper trading, and history run through the live path.</summary>
/// <param name="sheet">What it promises; that of a real venue, to see how its rules feel.</param>
/// <param name="books">What it holds at first.</param>
/// <param name="store">Keeps the books after every change.</param>
public sealed class PaperVenue(string account, VenueSheet sheet, InstrumentSet instruments, CostRules costs, PaperBooks books, Clock clock, Action<PaperBooks> store) : IVenue
{
    private readonly Lock _gate = new();
    private readonly Channel<ExecutionEvent> _news = Channel.CreateUnbounded<ExecutionEvent>();
    private readonly Dictionary<string, TopOfBook> _tops = new(StringComparer.Ordinal);

    /// <summary>A venue without surprises: it knows every id for ever, and what it says is true at once.</summary>
    public static VenueSheet PlainSheet(VenueId venue, LocalDate day) => new(venue, Proven: true, day)
    {
        Deadline = Duration.FromSeconds(5), LagMargin = Duration.Zero, PlaceDeadline = DeadlineCheck.Engine, CancelDeadline = DeadlineCheck.Engine, Ids = IdRule.Forever, Duplicate = DuplicateAnswer.Reject,
    };

    public string Account => account;

    /// <summary>Whose public prices it fills against; null where it is shown them.</summary>
    public IVenue? Prices { get; init; }

    public VenueSheet Sheet => sheet;

    public InstrumentSet Instruments => instruments;

    public PaperBooks Books { get; private set; } = books;

    /// <summary>Shows it a price; what rests is filled by it.</summary>
    public void Show(TopOfBook top)
    {
        lock (_gate)
        {
            _tops[top.Symbol] = top;
            Change(PaperMatching.Move(Books, top, costs, clock.Now));
        }
        _news.Writer.TryWrite(new ExecutionEvent.Quoted(clock.Now, account, top));
    }

    public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel)
    {
        lock (_gate)
        {
            var trades = Books.Trades.Length;
            var (next, placed, refusal) = PaperMatching.Place(Books, order.Order, _tops.GetValueOrDefault(order.Order.Tradable.Symbol), costs, clock.Now);
            if (refusal is var (code, reason)) return Task.FromResult<SendOutcome>(new SendOutcome.Refused(code, reason, Definite: true));
            Keep(next);
            return Task.FromResult<SendOutcome>(new SendOutcome.Acknowledged(placed!.Report, next.Trades[trades..]));
        }
    }

    public Task<CancelOutcome> CancelAsync(OrderRef order, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (Books.Orders.GetValueOrDefault(order.Id) is not { State: VenueState.Open }) return Task.FromResult<CancelOutcome>(new CancelOutcome.NotOpen("there is no such open order"));
            Keep(PaperMatching.Close(Books, order.Id, VenueState.Cancelled));
            return Task.FromResult<CancelOutcome>(new CancelOutcome.Done());
        }
    }

    public Task<string> CancelAllAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            var open = Books.Orders.Values.Where(o => o.State == VenueState.Open).ToArray();
            foreach (var order in open) Keep(PaperMatching.Close(Books, order.Id, VenueState.Cancelled));
            return Task.FromResult(open.Length == 1 ? "1 order cancelled" : $"{open.Length} orders cancelled");
        }
    }

    public Task<QueryOutcome> QueryAsync(OrderRef order, CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult<QueryOutcome>(Books.Orders.GetValueOrDefault(order.Id) is { } found
                ? new QueryOutcome.Found([found.Report], [.. Books.Trades.Where(t => t.Id == order.Id)], clock.Now) : new QueryOutcome.NotFound(clock.Now));
    }

    public Task<AccountSnapshot> SnapshotAsync(CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult(new AccountSnapshot(account, clock.Now, Books.Balances, ImmutableSortedDictionary<string, decimal>.Empty,
                [.. Books.Orders.Values.Where(o => o.State == VenueState.Open).Select(o => o.Report)]));
    }

    public Task<Duration> ClockAheadAsync(CancellationToken cancel) => Task.FromResult(Duration.Zero);

    public async Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel)
    {
        if (Prices is not null)
            foreach (var top in await Prices.QuotesAsync(symbols, cancel)) Show(top);
        lock (_gate) return [.. symbols.Select(s => _tops.GetValueOrDefault(s)).OfType<TopOfBook>()];
    }

    public async Task<IReadOnlyList<MarketReport>> MarketsAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) => Prices is null ? [] : await Prices.MarketsAsync(symbols, cancel);

    public async IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancel)
    {
        var following = Prices is null ? Task.CompletedTask : FollowAsync(Prices, symbols, cancel);
        await foreach (var news in _news.Reader.ReadAllAsync(cancel))
        {
            if (following.IsFaulted) await following;
            yield return news;
        }
    }

    private async Task FollowAsync(IVenue prices, IReadOnlyCollection<string> symbols, CancellationToken cancel)
    {
        await foreach (var happened in prices.StreamAsync(symbols, cancel))
            if (happened is ExecutionEvent.Quoted(_, _, var top)) Show(top);
            else if (happened is ExecutionEvent.DepthSeen depth) _news.Writer.TryWrite(depth with { Account = account });
    }

    public ValueTask DisposeAsync()
    {
        _news.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps what changed, and tells of the trades that nobody asked for.</summary>
    private void Change(PaperBooks next)
    {
        if (ReferenceEquals(next, Books)) return;
        var before = Books.Trades.Length;
        Keep(next);
        foreach (var trade in next.Trades[before..]) _news.Writer.TryWrite(new ExecutionEvent.TradeSeen(clock.Now, account, trade));
    }

    private void Keep(PaperBooks next)
    {
        Books = next;
        store(next);
    }
}
