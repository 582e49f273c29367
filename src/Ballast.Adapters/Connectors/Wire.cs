using System.Globalization;
using System.Text.Json;
using Ballast.Derivatives;
using Ballast.Engine.Ports;
using Ballast.Execution;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Adapters.Connectors;

/// <summary>Messages of the connector as values, and back. Strict: what is not exactly as <c>protocol/</c> says is a <see cref="FormatException"/>, never a default.</summary>
internal static class Wire
{
    private static readonly NumberStyles Digits = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    // --- out ---------------------------------------------------------------------------------------------------------

    public static object Send(OrderRequest order) => new
    {
        order.Account,
        ClientId = order.Id.ToString(),
        order.Tradable.Symbol,
        Side = order.Side == Side.Buy ? "buy" : "sell",
        Quantity = Figures.Exact(order.Quantity),
        Price = Figures.Exact(order.Price),
        Life = order.Life switch { OrderLife.PostOnly => "postOnly", OrderLife.ImmediateOrCancel => "immediateOrCancel", _ => "rests" },
        order.ReduceOnly,
        Deadline = order.Deadline.ToUnixTimeMilliseconds(),
    };

    public static object Ref(OrderRef order) => new { order.Account, ClientId = order.Id.ToString(), order.Symbol, order.VenueOrderId };

    // --- in ----------------------------------------------------------------------------------------------------------

    public static SendOutcome Sent(JsonElement e) => Text(e, "outcome") switch
    {
        "acknowledged" => new SendOutcome.Acknowledged(Order(Member(e, "order")), Trades(e)),
        "refused" => new SendOutcome.Refused(Text(e, "code"), Text(e, "reason"), Flag(e, "definite")),
        "ambiguous" => new SendOutcome.Ambiguous(Text(e, "reason")),
        var other => throw new FormatException($"an outcome '{other}'"),
    };

    public static CancelOutcome Cancelled(JsonElement e) => Text(e, "outcome") switch
    {
        "done" => new CancelOutcome.Done(),
        "notOpen" => new CancelOutcome.NotOpen(Text(e, "reason")),
        "ambiguous" => new CancelOutcome.Ambiguous(Text(e, "reason")),
        var other => throw new FormatException($"an outcome '{other}'"),
    };

    public static QueryOutcome Queried(JsonElement e) => Text(e, "outcome") switch
    {
        "found" => new QueryOutcome.Found([.. Items(e, "orders").Select(Order)], Trades(e), Time(e, "asOf")),
        "notFound" => new QueryOutcome.NotFound(Time(e, "asOf")),
        "failed" => new QueryOutcome.Failed(Text(e, "reason")),
        var other => throw new FormatException($"an outcome '{other}'"),
    };

    public static AccountSnapshot Snapshot(string account, JsonElement e) => new(account, Time(e, "asOf"),
        Amounts(e, "balances").ToImmutableSortedDictionary(a => new Asset(a.Name), a => a.Value),
        Amounts(e, "positions").ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        [.. Items(e, "open").Select(Order)])
    {
        Margin = Member(e, "margin") is { ValueKind: not JsonValueKind.Null } m ? new MarginReport(new Asset(Text(m, "unit")), Exact(m, "equity"), Exact(m, "initial"), Exact(m, "maintenance")) : null,
    };

    public static OrderReport Order(JsonElement e)
    {
        var quantity = Exact(e, "quantity");
        var filled = Exact(e, "filled");
        if (quantity <= 0 || filled < 0 || filled > quantity) throw new FormatException($"an order of {quantity} of which {filled} is filled");
        return new(Text(e, "venueOrderId"), Id(e), Text(e, "symbol"), SideOf(e), quantity, Exact(e, "price"), filled, Text(e, "state") switch
        {
            "open" => VenueState.Open,
            "filled" => VenueState.Filled,
            "cancelled" => VenueState.Cancelled,
            "expired" => VenueState.Expired,
            "rejected" => VenueState.Rejected,
            var other => throw new FormatException($"a state '{other}'"),
        });
    }

    public static TradeReport Trade(JsonElement e)
    {
        var quantity = Exact(e, "quantity");
        if (quantity <= 0) throw new FormatException($"a trade of {quantity}");
        return new(Text(e, "tradeId"), Text(e, "venueOrderId"), Id(e), Text(e, "symbol"), SideOf(e), quantity, Exact(e, "price"),
            new Amount(Exact(e, "fee"), new Asset(Text(e, "feeAsset"))), Time(e, "at"), Flag(e, "maker"));
    }

    public static TopOfBook Quote(JsonElement e)
    {
        var (bid, ask) = (Exact(e, "bid"), Exact(e, "ask"));
        if (bid <= 0 || ask <= 0) throw new FormatException($"prices of {bid} and {ask}");
        return new(Text(e, "symbol"), bid, Exact(e, "bidSize"), ask, Exact(e, "askSize"), Time(e, "at"));
    }

    public static BookDepth Book(JsonElement e) => new(Text(e, "symbol"), Levels(e, "bids"), Levels(e, "asks"), Time(e, "at"));

    public static MarketReport Market(JsonElement e) =>
        new(Book(e), new MarketFacts(Text(e, "symbol"), Positive(e, "last"), Positive(e, "mark"), Positive(e, "index"), Positive(e, "dayVolume"), Time(e, "at")));

    private static ImmutableArray<BookLevel> Levels(JsonElement e, string name) =>
        [.. from row in Items(e, name)
            where row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 2 ? true : throw new FormatException("a level has a price and a size")
            select new BookLevel(Positive(row[0], "price") ?? throw new FormatException("a level without its price"), Positive(row[1], "size") ?? throw new FormatException("a level without its size"))];

    private static decimal? Positive(JsonElement e, string name) => Positive(e.ValueKind == JsonValueKind.Object ? Maybe(Member(e, name), name) : Maybe(e, name), name);

    private static decimal? Positive(decimal? value, string name) => value is <= 0 ? throw new FormatException($"'{name}' is {value}") : value;

    /// <summary>A chain's rows, of the contracts that are listed: time, name, mark, volatility, bid, ask, underlying, index; what is missing is null.</summary>
    public static IReadOnlyList<ChainQuote> Chain(JsonElement e, InstrumentSet listed)
    {
        var contracts = listed.Instruments.OfType<Instrument.Derivative>().ToDictionary(i => i.Symbol);
        return [.. from row in Items(e, "rows")
                   where row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 8 ? true : throw new FormatException("a row of a chain has eight values")
                   where contracts.ContainsKey(row[1].GetString() ?? "")
                   select new ChainQuote(contracts[row[1].GetString()!], Instant.FromUnixTimeMilliseconds(row[0].GetInt64()),
                       Maybe(row[2], "mark_price"), (double?)Maybe(row[3], "mark_iv"), Maybe(row[4], "bid_price"), Maybe(row[5], "ask_price"), Maybe(row[6], "underlying_price"), Maybe(row[7], "index_price"))];
    }

    public static History.BarPage Bars(JsonElement e) => new(
        [.. from row in Items(e, "rows")
            where row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 6 ? true : throw new FormatException("a row of bars has six values")
            select new History.Bar(Instant.FromUnixTimeMilliseconds(row[0].GetInt64()), Maybe(row[1], "open"), Maybe(row[2], "high"), Maybe(row[3], "low"), Maybe(row[4], "close"), Maybe(row[5], "volume"))],
        Member(e, "next").ValueKind == JsonValueKind.Null ? null : Time(e, "next"));

    public static History.FundingPage Funding(JsonElement e) => new(
        [.. from row in Items(e, "rows")
            where row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 2 ? true : throw new FormatException("a row of funding has two values")
            select new History.FundingPaid(Instant.FromUnixTimeMilliseconds(row[0].GetInt64()), Maybe(row[1], "rate") ?? throw new FormatException("a funding rate is missing"))],
        Member(e, "next").ValueKind == JsonValueKind.Null ? null : Time(e, "next"));

    private static decimal? Maybe(JsonElement cell, string name) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Exact(cell.GetString()!, name),
        _ => throw new FormatException($"'{name}' is no exact decimal"),
    };

    public static ImmutableArray<TradeReport> Trades(JsonElement e) => [.. Items(e, "trades").Select(Trade)];

    // --- parts -------------------------------------------------------------------------------------------------------

    public static string Text(JsonElement e, string name) =>
        Member(e, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: <= 400 } value ? value : throw new FormatException($"'{name}' is no text");

    public static string? TextOrNull(JsonElement e, string name) => Member(e, name).ValueKind == JsonValueKind.Null ? null : Text(e, name);

    public static bool Flag(JsonElement e, string name) => Member(e, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"'{name}' is neither true nor false"),
    };

    public static Instant Time(JsonElement e, string name) =>
        Member(e, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var ms) && ms is >= 0 and <= 253402300799999 ? Instant.FromUnixTimeMilliseconds(ms)
        : throw new FormatException($"'{name}' is no time");

    /// <summary>A decimal, digit for digit, or nothing: what a decimal cannot hold exactly is refused.</summary>
    public static decimal Exact(JsonElement e, string name) => Exact(Text(e, name), name);

    public static decimal Exact(string text, string name) =>
        decimal.TryParse(text, Digits, CultureInfo.InvariantCulture, out var value) && Figures.Exact(value) == text ? value
        : throw new FormatException($"'{name}' is no exact decimal");

    public static IEnumerable<JsonElement> Items(JsonElement e, string name) =>
        Member(e, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw new FormatException($"'{name}' is no list");

    public static JsonElement Member(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var member) ? member : throw new FormatException($"there is no '{name}'");

    private static IEnumerable<(string Name, decimal Value)> Amounts(JsonElement e, string name) =>
        Member(e, name) is { ValueKind: JsonValueKind.Object } amounts ? amounts.EnumerateObject().Select(a => (a.Name, Exact(amounts, a.Name))) : throw new FormatException($"'{name}' is no list of amounts");

    private static Side SideOf(JsonElement e) => Text(e, "side") switch { "buy" => Side.Buy, "sell" => Side.Sell, var other => throw new FormatException($"a side '{other}'") };

    private static OrderId? Id(JsonElement e) =>
        TextOrNull(e, "clientId") is not { } text ? null : OrderId.TryParse(text, out var id) && id.ToString() == text ? id : throw new FormatException($"a client id '{text}'");
}
