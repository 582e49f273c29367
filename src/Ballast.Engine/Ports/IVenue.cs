using Ballast.Derivatives;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Market;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Engine.Ports;

/// <summary>
/// One account at one venue: simulated, or real through the connector. No method throws for what a venue or a network does: that is an outcome.
/// Nothing here sends a request twice.
/// </summary>
public interface IVenue : IAsyncDisposable
{
    string Account { get; }

    VenueSheet Sheet { get; }

    /// <summary>Connects, reads the instruments, and begins to stream.</summary>
    /// <exception cref="VenueException">The venue cannot be reached, or refuses the key.</exception>
    Task OpenAsync(CancellationToken cancel);

    /// <summary>What can be traded there.</summary>
    InstrumentSet Instruments { get; }

    /// <summary>Sends an order that passed the gate; once.</summary>
    Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel);

    Task<CancelOutcome> CancelAsync(OrderRef order, CancellationToken cancel);

    /// <summary>Cancels everything of ours; returns what is known to be cancelled, in words.</summary>
    Task<string> CancelAllAsync(CancellationToken cancel);

    Task<QueryOutcome> QueryAsync(OrderRef order, CancellationToken cancel);

    /// <exception cref="VenueException">There was no whole answer. A missing answer is never an empty account.</exception>
    Task<AccountSnapshot> SnapshotAsync(CancellationToken cancel);

    /// <summary>How far the venue's clock is ahead of ours.</summary>
    /// <exception cref="VenueException">There was no answer.</exception>
    Task<Duration> ClockAheadAsync(CancellationToken cancel);

    /// <summary>Best prices of some symbols, now.</summary>
    /// <exception cref="VenueException">There was no answer.</exception>
    Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel);

    /// <summary>The books of some symbols and what the venue says of them besides, now; nothing where it has no books.</summary>
    /// <exception cref="VenueException">There was no answer.</exception>
    Task<IReadOnlyList<MarketReport>> MarketsAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) => Task.FromResult<IReadOnlyList<MarketReport>>([]);

    /// <summary>What the venue says of its options on a coin, now; nothing where it has none.</summary>
    /// <exception cref="VenueException">There was no answer.</exception>
    Task<IReadOnlyList<ChainQuote>> OptionsAsync(Asset coin, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ChainQuote>>([]);

    /// <summary>Trades, orders, quotes and the state of the connection as they come, until cancelled: only events of the venue, never answers.</summary>
    IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel);
}

/// <summary>How much of a market there is, and what its venue says of it.</summary>
public sealed record MarketReport(BookDepth Depth, MarketFacts Facts);

/// <summary>A venue or the way to it failed. The message is for people and holds no secret.</summary>
public sealed class VenueException(string message, Exception? cause = null) : Exception(message, cause);
