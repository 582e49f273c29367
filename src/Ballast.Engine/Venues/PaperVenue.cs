using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Engine.Execution;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Money;
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
    private readonly Dictionary<string, Instrument.Derivative> _contracts = instruments.Instruments.OfType<Instrument.Derivative>().Where(i => i.Venue == sheet.Venue).DistinctBy(i => i.Symbol).ToDictionary(i => i.Symbol, StringComparer.Ordinal);
    private PaperMarket? _market;
    private bool _endangered;

    /// <summary>A venue without surprises: it knows every id for ever, and what it says is true at once.</summary>
    public static VenueSheet PlainSheet(VenueId venue, LocalDate day) => new(venue, Proven: true, day)
    {
        Deadline = Duration.FromSeconds(5), LagMargin = Duration.Zero, PlaceDeadline = DeadlineCheck.Engine, CancelDeadline = DeadlineCheck.Engine, Ids = IdRule.Forever, Duplicate = DuplicateAnswer.Reject,
    };

    public string Account => account;

    /// <summary>Whose public prices it fills against; null where it is shown them.</summary>
    public IVenue? Prices { get; init; }

    /// <summary>How margin is asked on an underlying (null: several); a null answer: not at all.</summary>
    public Func<Asset?, MarginPreset?> Preset { get; init; } = _ => null;

    public VenueSheet Sheet => sheet;

    private PaperMarket Market => _market ??= new(_contracts.GetValueOrDefault);

    private PaperTerms Terms => new(costs, _contracts.GetValueOrDefault, Market.Index);

    private PaperMargin Margin => new(account, _contracts.GetValueOrDefault, Preset);

    public InstrumentSet Instruments => instruments;

    public PaperBooks Books { get; private set; } = books;

    /// <summary>Shows it a price; what rests is filled by it.</summary>
    public void Show(TopOfBook top)
    {
        lock (_gate)
        {
            Market.Show(top);
            Change(PaperMatching.Move(Pass(), top, Terms, clock.Now));
            // Options are judged when their chain is read: an old mark beside a new price would be no account that ever was.
            if (!Books.Positions.Keys.Any(s => _contracts.GetValueOrDefault(s) is Instrument.Option)) LookAtMargin();
        }
        _news.Writer.TryWrite(new ExecutionEvent.Quoted(clock.Now, account, top));
    }

    public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel)
    {
        lock (_gate)
        {
            var (before, trades) = (Pass(), Books.Trades.Length);
            var (next, placed, refusal) = PaperMatching.Place(before, order.Order, Market.Top(order.Order.Tradable.Symbol), Terms, clock.Now);
            if ((refusal ?? Margin.Refuses(before, order.Order, Terms, Market.At(clock.Now), clock.Now)) is var (code, reason)) return Task.FromResult<SendOutcome>(new SendOutcome.Refused(code, reason, Definite: true));
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
        {
            Change(Pass());
            return Task.FromResult(new AccountSnapshot(account, clock.Now, Books.Balances, Books.Positions.ToImmutableSortedDictionary(p => p.Key, p => p.Value.Quantity, StringComparer.Ordinal),
                [.. Books.Orders.Values.Where(o => o.State == VenueState.Open).Select(o => o.Report)]) { Margin = Margin.Report(Books, Market.At(clock.Now)) });
        }
    }

    public Task<Duration> ClockAheadAsync(CancellationToken cancel) => Task.FromResult(Duration.Zero);

    public async Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel)
    {
        if (Prices is not null)
            foreach (var top in await Prices.QuotesAsync(symbols, cancel)) Show(top);
        lock (_gate) return [.. symbols.Select(Market.Top).OfType<TopOfBook>()];
    }

    public async Task<IReadOnlyList<MarketReport>> MarketsAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel)
    {
        var markets = Prices is null ? [] : await Prices.MarketsAsync(symbols, cancel);
        lock (_gate)
            foreach (var market in markets) Market.Show(market.Facts);
        return markets;
    }

    public async Task<IReadOnlyList<ChainQuote>> OptionsAsync(Asset coin, CancellationToken cancel)
    {
        var options = Prices is null ? [] : await Prices.OptionsAsync(coin, cancel);
        lock (_gate)
        {
            foreach (var option in options) Market.Show(option);
            Change(Pass());
            LookAtMargin();
        }
        return options;
    }

    public async IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancel)
    {
        var following = Prices is null ? Task.CompletedTask : FollowAsync(Prices, symbols, cancel);
        await foreach (var news in _news.Reader.ReadAllAsync(cancel))
        {
            if (following.IsFaulted) await following;
            yield return news;
        }
    }

    /// <summary>What it has to tell up to now, for who moves time by hand and reads no stream.</summary>
    public IEnumerable<ExecutionEvent> News()
    {
        while (_news.Reader.TryRead(out var news)) yield return news;
    }

    private async Task FollowAsync(IVenue prices, IReadOnlyCollection<string> symbols, CancellationToken cancel)
    {
        await foreach (var happened in prices.StreamAsync(symbols, cancel))
            if (happened is ExecutionEvent.Quoted(_, _, var top)) Show(top);
            else if (happened is ExecutionEvent.FactsSeen facts) Show(facts);
            else if (happened is ExecutionEvent.DepthSeen depth) _news.Writer.TryWrite(depth with { Account = account });
    }

    public ValueTask DisposeAsync()
    {
        _news.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void Show(ExecutionEvent.FactsSeen seen)
    {
        lock (_gate) Market.Show(seen.Facts);
        _news.Writer.TryWrite(seen with { Account = account });
    }

    /// <summary>The books at this moment.</summary>
    private PaperBooks Pass() => PaperTime.Pass(Books, Market, Terms, sheet.Funding, clock.Now);

    /// <summary>Where a venue would begin to liquidate, a paper account is stopped, and a person told: nothing of it is sold by itself.</summary>
    private void LookAtMargin()
    {
        var danger = Margin.Endangered(Books, Market.At(clock.Now));
        if (danger is not null && !_endangered) _news.Writer.TryWrite(new ExecutionEvent.KillPressed(clock.Now, account, "the paper venue", danger));
        _endangered = danger is not null;
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
        Books = next with { Untold = [] };
        store(Books);
        foreach (var payment in next.Untold) _news.Writer.TryWrite(new ExecutionEvent.PaymentSeen(clock.Now, account, payment));
    }
}
