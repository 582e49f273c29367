using System.Runtime.CompilerServices;
using Ballast.Derivatives;
using Ballast.Engine.Ports;
using Ballast.Engine.Running;
using Ballast.Engine.Venues;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Options;
using Ballast.Orders;
using static Ballast.Tests.Derivatives.Contracts;

namespace Ballast.Tests.Engine.Venues;

/// <summary>A venue of public prices that a test sets: perpetual and future around the index, options at one volatility, settled in coin.</summary>
internal sealed class Tape(ReplayTime time, params string[] names) : IVenue
{
    public const double Volatility = 0.5;

    public decimal Index { get; set; } = 96_000;

    /// <summary>Of the perpetual over the index.</summary>
    public decimal Premium { get; set; } = 0.001m;

    public string Account => "prices";

    public VenueSheet Sheet { get; } = PaperVenue.PlainSheet(new("deribit"), new(2026, 11, 23));

    public InstrumentSet Instruments { get; } = new("for tests", [.. names.Select(Contract)]);

    public Task OpenAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public Task<CancelOutcome> CancelAsync(OrderRef order, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string> CancelAllAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<QueryOutcome> QueryAsync(OrderRef order, CancellationToken cancel) => throw new NotSupportedException();

    public Task<AccountSnapshot> SnapshotAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<Duration> ClockAheadAsync(CancellationToken cancel) => Task.FromResult(Duration.Zero);

    public Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TopOfBook>>([.. from s in symbols let at = Mark(s) let half = Contract(s) is Instrument.Option ? 0.0005m : 0.5m select new TopOfBook(s, at - half, 0, at + half, 0, time.Now)]);

    public Task<IReadOnlyList<MarketReport>> MarketsAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<MarketReport>>([.. symbols.Select(s => new MarketReport(new BookDepth(s, [new(Mark(s) - 0.5m, 1e7m)], [new(Mark(s) + 0.5m, 1e7m)], time.Now), new MarketFacts(s, null, Mark(s), Index, null, time.Now)))]);

    public Task<IReadOnlyList<ChainQuote>> OptionsAsync(Asset coin, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ChainQuote>>([
        .. from name in names
           let contract = Contract(name)
           where contract is Instrument.Option && contract.Expires > time.Now
           select new ChainQuote(contract, time.Now, Mark(name), Volatility, Mark(name) - 0.0005m, Mark(name) + 0.0005m, Index, Index)]);

    public async IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        yield break;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public decimal Mark(string name) => Contract(name) switch
    {
        Instrument.Option o => (decimal)(BlackScholes.OnForward(o.Right, (double)Index, (double)o.Strike, Math.Max(0, PositionPricer.Years(time.Now, o.Expiry)), 0, Volatility).Price / (double)Index),
        Instrument.Perpetual => decimal.Round(Index * (1 + Premium) * 2) / 2,
        _ => decimal.Round(Index * 2) / 2,
    };
}
