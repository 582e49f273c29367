using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Adapters.Connectors;
using Ballast.Engine.Ports;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;

namespace Ballast.Tests.Connectors;

/// <summary>The client says and understands the golden messages of <c>protocol/</c>, which the connector's own tests hold to its schemas.</summary>
public class GoldenMessageTests
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    [Fact]
    public void An_order_is_sent_in_the_words_of_the_golden_messages()
    {
        foreach (var golden in Cases("send"))
        {
            var said = Wire.Send(RequestOf(golden.GetProperty("params")));
            Same(golden.GetProperty("params"), JsonSerializer.SerializeToElement(said, Plain));
        }
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("query")]
    public void An_order_is_named_in_the_words_of_the_golden_messages(string method)
    {
        foreach (var golden in Cases(method))
        {
            var p = golden.GetProperty("params");
            Assert.True(OrderId.TryParse(p.GetProperty("clientId").GetString(), out var id));
            var said = Wire.Ref(new OrderRef("desk", id, p.GetProperty("symbol").GetString()!, p.TryGetProperty("venueOrderId", out var venue) ? venue.GetString() : null));
            Same(p, JsonSerializer.SerializeToElement(said, Plain));
        }
    }

    [Theory]
    [InlineData("send")]
    [InlineData("cancel")]
    [InlineData("query")]
    [InlineData("snapshot")]
    [InlineData("trades")]
    [InlineData("quotes")]
    [InlineData("history")]
    [InlineData("markets")]
    public void Every_golden_answer_is_read_without_losing_anything(string method)
    {
        foreach (var golden in Cases(method)) Same(golden.GetProperty("result"), JsonSerializer.SerializeToElement(Again(method, golden.GetProperty("result"))));
    }

    [Fact]
    public void Golden_instruments_become_instruments()
    {
        var listed = Listing.Of(VenueSheets.Find(new VenueId("deribit"))!, Cases("instruments")[0].GetProperty("result")).Instruments;
        Assert.Equal(["BTC-PERPETUAL", "BTC-25DEC26", "BTC-25DEC26-100000-C", "BTCUSDT"], listed.Select(i => i.Symbol));
        var option = Assert.IsType<Instrument.Option>(listed[2]);
        Assert.Equal((100000m, 0.1m, Instant.FromUtc(2026, 12, 25, 8, 0)), (option.Strike, option.Rules.Lot, option.Expiry));
        Assert.Equal(AmountIn.Money, Assert.IsType<Instrument.Perpetual>(listed[0]).AmountIn);
    }

    [Fact]
    public void A_golden_book_is_read_and_a_bad_one_is_not()
    {
        var notifications = Json(Path.Combine(Repository.Root, "protocol", "golden", "notifications.json"));
        var book = Wire.Book(One("cases"));
        Assert.Equal(("BTC-PERPETUAL", 2, new BookLevel(100010, 5000)), (book.Symbol, book.Bids.Length, Assert.Single(book.Asks)));
        Assert.Throws<FormatException>(() => Wire.Book(One("bad")));

        JsonElement One(string kind) => notifications.GetProperty(kind).EnumerateArray().Single(n => n.GetProperty("method").GetString() == "book").GetProperty("params").GetProperty("book");
    }

    [Fact]
    public void Every_bad_answer_is_refused()
    {
        var checkedAny = 0;
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "protocol", "golden")).Where(p => !p.EndsWith("notifications.json", StringComparison.Ordinal)))
            foreach (var bad in Json(path).GetProperty("bad").EnumerateArray().Where(b => b.GetProperty("of").GetString() == "result"))
            {
                var method = Path.GetFileNameWithoutExtension(path);
                if (method is "ping") continue; // Read elsewhere.
                if (Record.Exception(() => JsonSerializer.Serialize(Again(method, bad.GetProperty("value")))) is not FormatException) Assert.Fail($"{method}: {bad}");
                checkedAny++;
            }
        Assert.True(checkedAny > 15);
    }

    // What was read, said again in the words of the protocol: by this test, not by the code under test.
    private static object Again(string method, JsonElement result) => method switch
    {
        "send" => Wire.Sent(result) switch
        {
            SendOutcome.Acknowledged(var order, var trades) => (object)new { outcome = "acknowledged", order = Words(order), trades = trades.Select(Words) },
            SendOutcome.Refused(var code, var reason, var definite) => new { outcome = "refused", code, reason, definite },
            SendOutcome.Ambiguous(var reason) => new { outcome = "ambiguous", reason },
            var other => throw new InvalidOperationException(other.ToString()),
        },
        "cancel" => Wire.Cancelled(result) switch
        {
            CancelOutcome.NotOpen(var reason) => (object)new { outcome = "notOpen", reason },
            CancelOutcome.Ambiguous(var reason) => new { outcome = "ambiguous", reason },
            _ => new { outcome = "done" },
        },
        "query" => Wire.Queried(result) switch
        {
            QueryOutcome.Found(var orders, var trades, var asOf) => (object)new { outcome = "found", orders = orders.Select(Words), trades = trades.Select(Words), asOf = asOf.ToUnixTimeMilliseconds() },
            QueryOutcome.NotFound(var asOf) => new { outcome = "notFound", asOf = asOf.ToUnixTimeMilliseconds() },
            QueryOutcome.Failed(var reason) => new { outcome = "failed", reason },
            var other => throw new InvalidOperationException(other.ToString()),
        },
        "snapshot" => Words(Wire.Snapshot("desk", result)),
        "trades" => new { trades = Wire.Trades(result).Select(Words), asOf = Wire.Time(result, "asOf").ToUnixTimeMilliseconds() },
        "quotes" => new { quotes = Wire.Items(result, "quotes").Select(Wire.Quote).Select(q => new { symbol = q.Symbol, bid = D(q.Bid), bidSize = D(q.BidSize), ask = D(q.Ask), askSize = D(q.AskSize), at = q.VenueTime.ToUnixTimeMilliseconds() }) },
        "history" => History(result),
        "markets" => new { markets = Wire.Items(result, "markets").Select(Wire.Market).Select(Words) },
        "instruments" => Listing.Of(VenueSheets.Find(new VenueId("deribit"))!, result),
        _ => throw new ArgumentException(method),
    };

    /// <summary>Bars, funding or a chain, told apart by their columns.</summary>
    private static object History(JsonElement result)
    {
        string[] columns = [.. Wire.Items(result, "columns").Select(c => c.GetString()!)];
        if (columns.Contains("rate"))
        {
            var funding = Wire.Funding(result);
            return new { columns, rows = funding.Rows.Select(r => new object[] { r.At.ToUnixTimeMilliseconds(), D(r.Rate) }), next = funding.Next?.ToUnixTimeMilliseconds() };
        }
        if (columns.Contains("mark_iv"))
        {
            var option = new Instrument.Option { Venue = new("deribit"), Symbol = "BTC-25DEC26-80000-C", Base = new("BTC"), Quote = new("BTC"), Rules = TradingRules.None, Settlement = new("BTC"), AmountIn = AmountIn.Coins, Multiplier = 1, Expiry = Instant.FromUtc(2026, 12, 25, 8, 0), Strike = 80000, Right = Ballast.Numerics.Options.OptionKind.Call };
            var chain = Wire.Chain(result, new InstrumentSet("golden", [option]));
            return new { columns, rows = chain.Select(q => new object?[] { q.At.ToUnixTimeMilliseconds(), q.Contract.Symbol, M(q.Mark), q.Volatility is { } v ? D((decimal)v) : null, M(q.Bid), M(q.Ask), M(q.Underlying), M(q.Index) }), next = (long?)null };
        }
        var bars = Wire.Bars(result);
        return new { columns, rows = bars.Bars.Select(b => new object?[] { b.At.ToUnixTimeMilliseconds(), M(b.Open), M(b.High), M(b.Low), M(b.Close), M(b.Volume) }), next = bars.Next?.ToUnixTimeMilliseconds() };
    }

    private static string? M(decimal? value) => value is { } known ? D(known) : null;

    private static object Words(OrderReport o) => new
    {
        venueOrderId = o.VenueOrderId, clientId = o.Id?.ToString(), symbol = o.Symbol, side = o.Side == Side.Buy ? "buy" : "sell", quantity = D(o.Quantity), price = D(o.Price), filled = D(o.Filled),
        state = o.State.ToString().ToLowerInvariant(),
    };

    private static object Words(MarketReport m)
    {
        Assert.Equal((m.Depth.Symbol, m.Depth.VenueTime), (m.Facts.Symbol, m.Facts.VenueTime));
        return new
        {
            symbol = m.Depth.Symbol, bids = m.Depth.Bids.Select(l => new[] { D(l.Price), D(l.Size) }), asks = m.Depth.Asks.Select(l => new[] { D(l.Price), D(l.Size) }), at = m.Depth.VenueTime.ToUnixTimeMilliseconds(),
            last = M(m.Facts.Last), mark = M(m.Facts.Mark), index = M(m.Facts.Index), dayVolume = M(m.Facts.DayVolume),
        };
    }

    private static object Words(TradeReport t) => new
    {
        tradeId = t.TradeId, venueOrderId = t.VenueOrderId, clientId = t.Id?.ToString(), symbol = t.Symbol, side = t.Side == Side.Buy ? "buy" : "sell", quantity = D(t.Quantity), price = D(t.Price),
        fee = D(t.Fee.Value), feeAsset = t.Fee.Asset.Code, at = t.At.ToUnixTimeMilliseconds(), maker = t.Maker,
    };

    private static object Words(AccountSnapshot s) => new
    {
        asOf = s.AsOf.ToUnixTimeMilliseconds(), balances = s.Balances.ToDictionary(b => b.Key.Code, b => D(b.Value)), positions = s.Positions.ToDictionary(p => p.Key, p => D(p.Value)), open = s.Open.Select(Words),
        margin = s.Margin is { } m ? new { unit = m.Unit.Code, equity = D(m.Equity), initial = D(m.Initial), maintenance = D(m.Maintenance) } : null,
    };

    private static string D(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static OrderRequest RequestOf(JsonElement p)
    {
        Assert.True(OrderId.TryParse(p.GetProperty("clientId").GetString(), out var id));
        var tradable = new Tradable(p.GetProperty("symbol").GetString()!, TradableKind.Spot, new Asset("BTC"), new Asset("USD"), new Asset("USD"), 1, 1, 0, 0);
        return new OrderRequest(id, "desk", "plan", 1, 0, tradable, p.GetProperty("side").GetString() == "buy" ? Side.Buy : Side.Sell, Decimal(p, "quantity"), Decimal(p, "price"),
            Instant.FromUnixTimeMilliseconds(p.GetProperty("deadline").GetInt64()),
            p.GetProperty("life").GetString() switch { "postOnly" => OrderLife.PostOnly, "immediateOrCancel" => OrderLife.ImmediateOrCancel, _ => OrderLife.Rests }, p.GetProperty("reduceOnly").GetBoolean());
    }

    private static decimal Decimal(JsonElement p, string name) => decimal.Parse(p.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static List<JsonElement> Cases(string method) => [.. Json(Path.Combine(Repository.Root, "protocol", "golden", method + ".json")).GetProperty("cases").EnumerateArray()];

    private static JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));

    private static void Same(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.GetRawText()), JsonNode.Parse(actual.GetRawText())), $"{expected}\n{actual}");
}
