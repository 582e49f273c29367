using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Orders;

namespace Ballast.Adapters.Connectors;

/// <summary>What a venue tells of itself, as events. What may have been missed is asked for; the same trade may come twice, and is booked once by its key.</summary>
internal sealed class VenueFeed(ConnectedVenue venue, IClock clock) : IConnectorTenant
{
    private const int WaitingQuotes = 10_000;

    private readonly Channel<ExecutionEvent> _events = Channel.CreateUnbounded<ExecutionEvent>();
    private IReadOnlyCollection<string>? _symbols;
    private CancellationToken _until;
    private Instant _lostAt;

    /// <summary>Subscribes, then gives events until cancelled.</summary>
    public async IAsyncEnumerable<ExecutionEvent> ReadAsync(IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancel)
    {
        (_symbols, _until, _lostAt) = (symbols, cancel, clock.GetCurrentInstant());
        await venue.SubscribeAsync(symbols, cancel).ConfigureAwait(false);
        await foreach (var happened in _events.Reader.ReadAllAsync(cancel).ConfigureAwait(false)) yield return happened;
    }

    public void Notified(string method, JsonElement parameters)
    {
        var at = clock.GetCurrentInstant();
        switch (method)
        {
            case "trade": Tell(new ExecutionEvent.TradeSeen(at, venue.Account, Wire.Trade(Wire.Member(parameters, "trade")))); break;
            case "order": Tell(new ExecutionEvent.OrderSeen(at, venue.Account, Wire.Order(Wire.Member(parameters, "order")))); break;
            case "quote" when _events.Reader.Count < WaitingQuotes: Tell(new ExecutionEvent.Quoted(at, venue.Account, Wire.Quote(Wire.Member(parameters, "quote")))); break;
            case "book" when _events.Reader.Count < WaitingQuotes: Tell(new ExecutionEvent.DepthSeen(at, venue.Account, Wire.Book(Wire.Member(parameters, "book")))); break;
            case "up": Tell(new ExecutionEvent.VenueChanged(at, venue.Account, true, "")); break;
            case "down": Tell(new ExecutionEvent.VenueChanged(at, venue.Account, false, Wire.Text(parameters, "reason"))); break;
            case "gap": FillGap(Wire.Time(parameters, "since")); break;
            default: break; // Balances are asked for, not believed from a stream.
        }
    }

    public void Lost(string reason)
    {
        _lostAt = clock.GetCurrentInstant();
        Tell(new ExecutionEvent.VenueChanged(_lostAt, venue.Account, false, reason));
    }

    /// <summary>Opens the account in the new process, and goes on where it broke off.</summary>
    public void Back() => _ = Task.Run(async () =>
    {
        var since = _lostAt - venue.Sheet.LagMargin;
        for (var wait = TimeSpan.FromMilliseconds(250); !_until.IsCancellationRequested; wait = wait * 2 < TimeSpan.FromSeconds(15) ? wait * 2 : TimeSpan.FromSeconds(15))
        {
            try
            {
                await venue.EnterAsync(_until).ConfigureAwait(false);
                if (_symbols is not { } symbols) return;
                await venue.SubscribeAsync(symbols, _until).ConfigureAwait(false);
                FillGap(since);
                return;
            }
            catch (VenueException)
            {
                if (!await Pause(wait).ConfigureAwait(false)) return;
            }
        }
    });

    private void FillGap(Instant since) => _ = Task.Run(async () =>
    {
        for (var wait = TimeSpan.FromMilliseconds(250); !_until.IsCancellationRequested; wait = wait * 2 < TimeSpan.FromSeconds(15) ? wait * 2 : TimeSpan.FromSeconds(15))
        {
            try
            {
                var trades = await venue.TradesAsync(since - venue.Sheet.LagMargin, _symbols ?? [], _until).ConfigureAwait(false);
                foreach (var trade in trades) Tell(new ExecutionEvent.TradeSeen(clock.GetCurrentInstant(), venue.Account, trade));
                return;
            }
            catch (VenueException)
            {
                if (!await Pause(wait).ConfigureAwait(false)) return;
            }
        }
    });

    private async Task<bool> Pause(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _until).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Tell(ExecutionEvent happened) => _events.Writer.TryWrite(happened);
}
