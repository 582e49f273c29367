using Ballast.Adapters.Connectors;
using Ballast.Adapters.Journal;
using Ballast.Engine.Backtests;
using Ballast.Engine.Execution;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Tests.Engine.Running;

/// <summary>A policy run through a day in three ways. Each gives a line a look: when, what was held, which rules fired, what was wanted, what was to be traded; and at last what is held.</summary>
internal sealed class Ways(OneDay day, Policy policy, InstrumentSet instruments)
{
    private readonly List<string> _lines = [];
    private readonly LookSources _sources = new(policy, instruments, day.Book(policy), at => new Trailing(day.History, day.History.Until(at)), BarsAYear.Of(day.History.Spacing, new BacktestSettings())) { Limits = GateLimits.Of(policy).ForHistory };

    public static IReadOnlyList<string> BackTest(OneDay day, Policy policy, InstrumentSet instruments)
    {
        var (decisions, settings) = (new List<Decision>(), new BacktestSettings { Holdings = day.Book(policy), Fill = FillMode.Close, LastBarTrades = true, From = day.History.Opens[day.First], Instruments = instruments, KeepDetail = true });
        var result = ExactBacktest.Run(policy, day.History, settings, decisions.Add, TestContext.Current.CancellationToken);
        var end = result.Book!.Holdings.Where(h => h.Status == HoldingStatus.Free).Select(h => (h.Asset, h.Quantity));
        return [.. decisions.Select((d, bar) => Line(day.History.CloseTime(day.First + bar), d, result.Fills.Where(f => f.Bar == bar).Select(f => (f.Side, f.Asset, f.Quantity, f.Price)))), Line(end)];
    }

    /// <param name="turnover">What the gate lets through in an hour, as a share of the value; it is 1 where nobody says otherwise.</param>
    public static async Task<IReadOnlyList<string>> PaperAsync(OneDay day, Policy policy, InstrumentSet instruments, decimal turnover = 1)
    {
        var ways = new Ways(day, policy, instruments);
        var time = new ReplayTime(day.History.CloseTime(day.First));
        var clock = new Clock(time);
        var held = PaperBooks.Opened(day.Holdings.Select(h => KeyValuePair.Create(new Asset(h.Key), h.Value)));
        var venue = new PaperVenue(OneDay.Account, PaperVenue.PlainSheet(new("binance"), new LocalDate(2026, 11, 23)) with { HasBook = false }, instruments, policy.Costs.Default, held, clock, _ => { });
        var rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add(OneDay.Account, venue.Sheet)) { Limits = GateLimits.Of(policy).ForHistory with { TurnoverHour = turnover, TurnoverDay = 2 * turnover } };
        var executor = new Executor(new Dictionary<string, Ballast.Engine.Ports.IVenue> { [OneDay.Account] = venue }, new MemoryJournal(), rules, clock, _ => { }, inOrder: true);
        var loop = new Loop(ways._sources, new LoopSettings("", Trades: true, ExecutionStyle.Of(policy) with { Validity = Duration.FromMinutes(10) }, _ => true), executor);
        await new Replay(day.History, [venue], executor, loop, time, clock, spread: 0).RunAsync(day.First, day.Last, "test", ways.Looked, TestContext.Current.CancellationToken);
        return [.. ways._lines, Line(venue.Books.Balances.Select(b => (b.Key, b.Value)))];
    }

    /// <summary>Live: the real connector at the simulated exchange, orders and answers in real time, looks at the times of the bars.</summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(OneDay day, Policy policy, ConnectedVenue venue, Connectors.SimulatedExchange exchange, string journal)
    {
        await exchange.HoldAsync(day.Holdings);
        var ways = new Ways(day, policy, venue.Instruments);
        var clock = new Clock(TimeProvider.System);
        // A day goes by in seconds: bounds by the hour would not be those of a day, and its answers lag behind nothing.
        var limits = GateLimits.Of(policy) with { Repeats = 1000, TurnoverHour = 1000, TurnoverDay = 1000, OrdersPerSecond = 1000, OrdersPerHour = 100_000, OrderShare = 1, OrderMost = 1_000_000, BlindShare = 1, PriceJump = 1000, PriceStill = Duration.FromDays(1) };
        var rules = new ExecutionRules(ImmutableSortedDictionary<string, VenueSheet>.Empty.Add(OneDay.Account, venue.Sheet with { LagMargin = Duration.Zero, RequestsPerSecond = 100_000 })) { Limits = limits };
        await using var file = new FileJournal(journal, clock.Time);
        var executor = new Executor(new Dictionary<string, Ballast.Engine.Ports.IVenue> { [OneDay.Account] = venue }, file, rules, clock, _ => { });
        var loop = new Loop(ways._sources with { Instruments = venue.Instruments }, new LoopSettings("", Trades: true, ExecutionStyle.Of(policy) with { Validity = Duration.FromDays(36500) }, _ => true), executor);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = executor.RunAsync("test", "here", stop.Token);
        for (var bar = day.First; bar <= day.Last; bar++)
        {
            await ShowAsync(day, bar, venue, exchange, executor, clock);
            await UntilAsync(executor, clock, () => loop.Waits is null, () => loop.Waits);
            ways.Looked(day.History.CloseTime(bar), loop.Look(day.History.CloseTime(bar))!);
            await UntilAsync(executor, clock, () => loop.Waits is null, () => loop.Waits);
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var balances = (await exchange.BooksAsync()).GetProperty("balances").EnumerateObject();
        return [.. ways._lines, Line(balances.Select(b => (new Asset(b.Name), decimal.Parse(b.Value.GetString()!))))];
    }

    private static async Task ShowAsync(OneDay day, int bar, ConnectedVenue venue, Connectors.SimulatedExchange exchange, Executor executor, Clock clock)
    {
        foreach (var series in day.History.Series) await exchange.TellAsync("price", new { coin = series.Base.Code, price = ((decimal)series.Close[bar]).ToString() });
        var tops = await venue.QuotesAsync([.. day.History.Series.Select(s => $"{s.Base}/{s.Quote}")], TestContext.Current.CancellationToken);
        Assert.Equal(day.History.Series.Select(s => (decimal)s.Close[bar]).Order(), tops.Select(t => t.Middle).Order());
        foreach (var top in tops) executor.Post(new ExecutionEvent.Quoted(clock.Now, OneDay.Account, top));
        await UntilAsync(executor, clock, () => tops.All(t => executor.State.Tops.GetValueOrDefault((OneDay.Account, t.Symbol)) == t), () => "prices");
    }

    /// <summary>What the connector would tell on coming back makes the books be compared at once, and not in five seconds.</summary>
    private static async Task UntilAsync(Executor executor, Clock clock, Func<bool> done, Func<string?> waits)
    {
        for (var began = clock.Now; !done(); await Task.Delay(10))
        {
            if (clock.Now - began > Duration.FromSeconds(40)) Assert.Fail($"waits: {waits()}; plan {executor.State.Status} {executor.State.Why}");
            var quiet = executor.State.LastFill.TryGetValue(OneDay.Account, out var fill) && !executor.State.AnyLive(OneDay.Account) && executor.State.Account(OneDay.Account) is { Ready: true } watch && watch.AgreedAsOf <= fill + (watch.Ahead ?? Duration.Zero);
            if (quiet) executor.Post(new ExecutionEvent.VenueChanged(clock.Now, OneDay.Account, Up: true, ""));
        }
    }

    private void Looked(Instant at, Looked looked) =>
        _lines.Add(Line(at, looked.Decision, (looked.Plan?.Trades ?? []).Select(t => (t.Side, t.Instrument.Base, t.Quantity, t.Price))));

    private static string Line(Instant at, Decision decision, IEnumerable<(Side Side, Asset Asset, decimal Quantity, decimal Price)> trades) =>
        $"{at} held {string.Join(' ', decision.Portfolio.Lines.Select(l => $"{l.Asset} {Figures.Exact(l.Quantity)}"))}"
        + $" | fired {string.Join("; ", decision.Answers.Where(a => a.Result.Fired).Select(a => a.Rule.Words))}"
        + (decision.Intent is { } intent ? $" | {intent.Mode} {string.Join(' ', intent.Wanted.Select(w => $"{w.Asset} {Figures.Exact(w.Weight)}"))} | {intent.Reason}" : " | hold")
        + $" | {string.Join(", ", trades.Select(t => $"{t.Side} {Figures.Exact(t.Quantity)} {t.Asset} at {Figures.Exact(t.Price)}"))}";

    private static string Line(IEnumerable<(Asset Asset, decimal Quantity)> end) => "end " + string.Join(' ', end.Where(e => e.Quantity != 0).OrderBy(e => e.Asset).Select(e => $"{e.Asset} {Figures.Exact(e.Quantity)}"));
}
