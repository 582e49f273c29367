using System.Text.Json;
using Ballast.Derivatives;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Gates;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;

namespace Ballast.Adapters.Connectors;

/// <summary>A real venue, through the connector. No answer is <see cref="SendOutcome.Ambiguous"/>; a lost process is no answer; nothing is sent twice.</summary>
public sealed class ConnectedVenue : IVenue
{
    private readonly ConnectorProcess _connector;
    private readonly VenueAccess _access;
    private readonly VenueFeed _feed;

    /// <exception cref="VenueException">There is no such venue.</exception>
    public ConnectedVenue(ConnectorProcess connector, VenueAccess access, IClock clock)
    {
        Sheet = VenueSheets.Find(access.Venue) ?? throw new VenueException($"there is no venue '{access.Venue}'; there are {string.Join(", ", VenueSheets.All.Select(s => s.Venue))}");
        (_connector, _access) = (connector, access);
        _feed = new VenueFeed(this, clock);
    }

    public string Account => _access.Account;

    public VenueSheet Sheet { get; }

    public InstrumentSet Instruments { get; private set; } = new("not read yet", []);

    /// <summary>What the key may do, as read when the account was opened; null without a key.</summary>
    public KeyRights? Rights { get; private set; }

    public async Task OpenAsync(CancellationToken cancel)
    {
        await _connector.StartAsync(cancel).ConfigureAwait(false);
        _connector.Register(Account, _feed);
        await EnterAsync(cancel).ConfigureAwait(false);
        if (_access.Key is not null) Rights = await ReadRightsAsync(cancel).ConfigureAwait(false);
        if (Rights?.Refuse is { } why) throw new VenueException($"the key of {Account} is not used: {why}");
        Instruments = Listing.Of(Sheet, await AskAsync("instruments", Mine, cancel).ConfigureAwait(false));
    }

    public async Task<SendOutcome> SendAsync(PermittedOrder order, CancellationToken cancel)
    {
        try
        {
            return Wire.Sent(await _connector.CallAsync("send", Wire.Send(order.Order), cancel).ConfigureAwait(false));
        }
        catch (RpcException e) when (e.Kind is "params" or "notOpen")
        {
            return new SendOutcome.Refused("NOT_SENT", e.Message, Definite: true); // The connector checks both before anything leaves.
        }
        catch (Exception e) when (IsFailure(e, cancel))
        {
            return new SendOutcome.Ambiguous(Words(e));
        }
    }

    public async Task<CancelOutcome> CancelAsync(OrderRef order, CancellationToken cancel)
    {
        try
        {
            return Wire.Cancelled(await _connector.CallAsync("cancel", Wire.Ref(order), cancel).ConfigureAwait(false));
        }
        catch (Exception e) when (IsFailure(e, cancel))
        {
            return new CancelOutcome.Ambiguous(Words(e));
        }
    }

    public async Task<string> CancelAllAsync(CancellationToken cancel)
    {
        try
        {
            return Wire.Text(await _connector.CallAsync("cancelAll", new { Account, Mark = OrderId.Mark }, cancel).ConfigureAwait(false), "text");
        }
        catch (Exception e) when (IsFailure(e, cancel))
        {
            return $"nothing is known to be cancelled at {_access}: {Words(e)}";
        }
    }

    public async Task<QueryOutcome> QueryAsync(OrderRef order, CancellationToken cancel)
    {
        try
        {
            return Wire.Queried(await _connector.CallAsync("query", Wire.Ref(order), cancel).ConfigureAwait(false));
        }
        catch (Exception e) when (IsFailure(e, cancel))
        {
            return new QueryOutcome.Failed(Words(e));
        }
    }

    public async Task<AccountSnapshot> SnapshotAsync(CancellationToken cancel) =>
        await ReadAsync("snapshot", Mine, e => Wire.Snapshot(Account, e), cancel).ConfigureAwait(false);

    public async Task<Duration> ClockAheadAsync(CancellationToken cancel) =>
        await ReadAsync("clock", Mine, e => Duration.FromMilliseconds(Wire.Member(e, "ahead").GetDouble()), cancel).ConfigureAwait(false);

    public async Task<IReadOnlyList<TopOfBook>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) =>
        await ReadAsync("quotes", new { Account, Symbols = symbols }, e => Wire.Items(e, "quotes").Select(Wire.Quote).ToArray(), cancel).ConfigureAwait(false);

    public async Task<IReadOnlyList<MarketReport>> MarketsAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) =>
        await ReadAsync("markets", new { Account, Symbols = symbols }, e => Wire.Items(e, "markets").Select(Wire.Market).ToArray(), cancel).ConfigureAwait(false);

    /// <summary>Our trades since a time, as far back as the venue keeps them.</summary>
    /// <exception cref="VenueException">There was no answer.</exception>
    public async Task<ImmutableArray<TradeReport>> TradesAsync(Instant since, IReadOnlyCollection<string> symbols, CancellationToken cancel) =>
        await ReadAsync("trades", new { Account, Since = Math.Max(0, since.ToUnixTimeMilliseconds()), Symbols = symbols }, Wire.Trades, cancel).ConfigureAwait(false);

    public async Task<IReadOnlyList<ChainQuote>> OptionsAsync(Asset coin, CancellationToken cancel)
    {
        var now = SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds();
        var asked = new { Account, Kind = "chain", Symbol = coin.Code, From = 0, To = now };
        return await ReadAsync("history", asked, e => Wire.Chain(e, Instruments), cancel).ConfigureAwait(false);
    }

    /// <summary>Bars of the past, a page; the next page begins where this one says.</summary>
    /// <param name="timeframe">As venues write it: 1d.</param>
    /// <param name="to">The first time that is not wanted.</param>
    /// <exception cref="VenueException">There was no answer, or the venue has no such bars.</exception>
    public async Task<History.BarPage> BarsAsync(string symbol, string timeframe, Instant from, Instant to, CancellationToken cancel)
    {
        var asked = new { Account, Kind = "ohlcv", Symbol = symbol, Timeframe = timeframe, From = Math.Max(0, from.ToUnixTimeMilliseconds()), To = to.ToUnixTimeMilliseconds() };
        return await ReadAsync("history", asked, Wire.Bars, cancel).ConfigureAwait(false);
    }

    /// <summary>What a perpetual paid in the past, a page; the next page begins where this one says.</summary>
    /// <param name="to">The first time that is not wanted.</param>
    /// <exception cref="VenueException">There was no answer, or the venue has no such rates.</exception>
    public async Task<History.FundingPage> FundingAsync(string symbol, Instant from, Instant to, CancellationToken cancel)
    {
        var asked = new { Account, Kind = "funding", Symbol = symbol, From = Math.Max(0, from.ToUnixTimeMilliseconds()), To = to.ToUnixTimeMilliseconds() };
        return await ReadAsync("history", asked, Wire.Funding, cancel).ConfigureAwait(false);
    }

    public IAsyncEnumerable<ExecutionEvent> StreamAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) => _feed.ReadAsync(symbols, cancel);

    public async ValueTask DisposeAsync()
    {
        _connector.Forget(Account);
        try
        {
            await _connector.CallAsync("close", Mine, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or ConnectorLostException)
        {
            // It is closed already.
        }
    }

    /// <summary>Makes the account known to the process at hand.</summary>
    internal async Task EnterAsync(CancellationToken cancel) => await AskAsync("open", _access.Opening, cancel).ConfigureAwait(false);

    internal async Task SubscribeAsync(IReadOnlyCollection<string> symbols, CancellationToken cancel) => await AskAsync("subscribe", new { Account, Symbols = symbols }, cancel).ConfigureAwait(false);

    /// <summary>Ends the process: what it says is not what the protocol says.</summary>
    internal void Reset(FormatException why) => _connector.Reset(why);

    private object Mine => new { Account };

    private async Task<KeyRights> ReadRightsAsync(CancellationToken cancel) => await ReadAsync("rights", Mine, KeyRights.Of, cancel).ConfigureAwait(false);

    private async Task<JsonElement> AskAsync(string method, object parameters, CancellationToken cancel) => await ReadAsync(method, parameters, e => e, cancel).ConfigureAwait(false);

    private async Task<T> ReadAsync<T>(string method, object parameters, Func<JsonElement, T> read, CancellationToken cancel)
    {
        try
        {
            return read(await _connector.CallAsync(method, parameters, cancel).ConfigureAwait(false));
        }
        catch (Exception e) when (IsFailure(e, cancel))
        {
            throw new VenueException(Words(e), e is RpcException ? null : e);
        }
    }

    // What is malformed is no answer; and whoever sends such things is not listened to any longer.
    private bool IsFailure(Exception e, CancellationToken cancel)
    {
        if (e is FormatException malformed) Reset(malformed);
        return e is RpcException or ConnectorLostException or FormatException or InvalidOperationException || e is OperationCanceledException && cancel.IsCancellationRequested;
    }

    private static string Words(Exception e) => e is FormatException ? $"the connector's answer was malformed: {e.Message}" : e is OperationCanceledException ? "it was not waited for" : e.Message;
}

/// <summary>What a key may do; null where the venue does not say.</summary>
/// <param name="Words">In the venue's own.</param>
/// <param name="Refuse">Why it is not to be used; null where it is.</param>
public sealed record KeyRights(bool? Read, bool? Trade, bool? Withdraw, bool? Transfer, bool? AddressBound, string Words, string? Refuse)
{
    internal static KeyRights Of(JsonElement e) => new(Maybe(e, "read"), Maybe(e, "trade"), Maybe(e, "withdraw"), Maybe(e, "transfer"), Maybe(e, "addressBound"), Wire.Text(e, "words"), Wire.TextOrNull(e, "refuse"));

    private static bool? Maybe(JsonElement e, string name) => Wire.Member(e, name).ValueKind == JsonValueKind.Null ? null : Wire.Flag(e, name);
}
