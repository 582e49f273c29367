using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using NodaTime.Text;

namespace Ballast.Engine.Venues;

/// <summary>What a paper account holds: balances, contracts, orders, trades. A value; whoever keeps it keeps the account.</summary>
public sealed record PaperBooks(ImmutableSortedDictionary<Asset, decimal> Balances, ImmutableSortedDictionary<OrderId, PaperOrder> Orders, ImmutableArray<TradeReport> Trades, long Numbers)
{
    public static PaperBooks Opened(IEnumerable<KeyValuePair<Asset, decimal>> balances) =>
        new(balances.Where(b => b.Value != 0).ToImmutableSortedDictionary(), ImmutableSortedDictionary<OrderId, PaperOrder>.Empty, [], 0);

    /// <summary>Contracts, by their symbols.</summary>
    public ImmutableSortedDictionary<string, PaperPosition> Positions { get; init; } = ImmutableSortedDictionary.Create<string, PaperPosition>(StringComparer.Ordinal);

    /// <summary>What was paid and nobody was told of yet; not kept in the text.</summary>
    public ImmutableArray<PaymentReport> Untold { get; init; } = [];

    public decimal Of(Asset asset) => Balances.GetValueOrDefault(asset);

    public PaperBooks Add(Asset asset, decimal quantity)
    {
        var sum = Of(asset) + quantity;
        return this with { Balances = sum == 0 ? Balances.Remove(asset) : Balances.SetItem(asset, sum) };
    }

    /// <summary>With the contracts and balances of a book besides. The entry of an option changes nothing that is paid, and may be unknown.</summary>
    /// <exception cref="ArgumentException">A future without an entry: what it has gained cannot be told.</exception>
    public PaperBooks With(PositionBook book, Instant now)
    {
        var books = book.Balances.Aggregate(this, (sum, b) => sum.Add(b.Amount.Asset, b.Amount.Value));
        foreach (var p in book.Positions)
            books = books with { Positions = books.Positions.SetItem(p.Contract.Symbol, new(p.Quantity, p.Entry ?? (p.Contract is Instrument.Option ? 0 : throw new ArgumentException($"{p.Contract}: the paper account needs the price at which it was entered")), 0, now)) };
        return books;
    }

    /// <summary>As text, for a file.</summary>
    public string Text() => new JsonObject
    {
        ["balances"] = new JsonObject(Balances.Select(b => KeyValuePair.Create(b.Key.Code, (JsonNode?)Figures.Exact(b.Value)))),
        ["positions"] = new JsonObject(Positions.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value.ToJson()))),
        ["orders"] = new JsonArray([.. Orders.Values.Select(o => o.ToJson())]),
        ["trades"] = new JsonArray([.. Trades.Select(Trade)]),
        ["numbers"] = Numbers,
    }.ToJsonString();

    /// <exception cref="JsonException">The text is none of ours.</exception>
    public static PaperBooks Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!.AsObject();
            return new PaperBooks(
                json["balances"]!.AsObject().ToImmutableSortedDictionary(b => new Asset(b.Key), b => decimal.Parse((string)b.Value!)),
                json["orders"]!.AsArray().Select(o => PaperOrder.Read(o!)).ToImmutableSortedDictionary(o => o.Id, o => o),
                [.. json["trades"]!.AsArray().Select(t => Trade(t!))], (long)json["numbers"]!)
            {
                Positions = (json["positions"]?.AsObject() ?? []).ToImmutableSortedDictionary(p => p.Key, p => PaperPosition.Read(p.Value!), StringComparer.Ordinal),
            };
        }
        catch (Exception fault) when (fault is NullReferenceException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException("it is not the file of a paper account", fault);
        }
    }

    private static JsonObject Trade(TradeReport t) => new()
    {
        ["trade"] = t.TradeId, ["order"] = t.VenueOrderId, ["id"] = t.Id?.ToString(), ["symbol"] = t.Symbol, ["side"] = t.Side.ToString(), ["quantity"] = Figures.Exact(t.Quantity),
        ["price"] = Figures.Exact(t.Price), ["fee"] = Figures.Exact(t.Fee.Value), ["feeAsset"] = t.Fee.Asset.Code, ["at"] = InstantPattern.ExtendedIso.Format(t.At), ["maker"] = t.Maker,
    };

    private static TradeReport Trade(JsonNode t) => new(
        (string)t["trade"]!, (string)t["order"]!, OrderId.TryParse((string?)t["id"], out var id) ? id : null, (string)t["symbol"]!, Enum.Parse<Side>((string)t["side"]!), decimal.Parse((string)t["quantity"]!),
        decimal.Parse((string)t["price"]!), new Amount(decimal.Parse((string)t["fee"]!), new Asset((string)t["feeAsset"]!)), InstantPattern.ExtendedIso.Parse((string)t["at"]!).Value, (bool)t["maker"]!);
}

/// <summary>An order at a paper venue.</summary>
public sealed record PaperOrder(OrderId Id, string VenueOrderId, string Symbol, Asset Base, Asset Quote, Side Side, decimal Quantity, decimal Price, decimal Filled, VenueState State)
{
    /// <summary>Of a contract: it ties up margin, and no coins.</summary>
    public bool IsContract { get; init; }

    public decimal Left => Quantity - Filled;

    public OrderReport Report => new(VenueOrderId, Id, Symbol, Side, Quantity, Price, Filled, State);

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id.ToString(), ["order"] = VenueOrderId, ["symbol"] = Symbol, ["base"] = Base.Code, ["quote"] = Quote.Code, ["side"] = Side.ToString(), ["quantity"] = Figures.Exact(Quantity),
        ["price"] = Figures.Exact(Price), ["filled"] = Figures.Exact(Filled), ["state"] = State.ToString(), ["contract"] = IsContract,
    };

    internal static PaperOrder Read(JsonNode o) => new(
        OrderId.TryParse((string?)o["id"], out var id) ? id : throw new FormatException("no id"), (string)o["order"]!, (string)o["symbol"]!, new((string)o["base"]!), new((string)o["quote"]!),
        Enum.Parse<Side>((string)o["side"]!), decimal.Parse((string)o["quantity"]!), decimal.Parse((string)o["price"]!), decimal.Parse((string)o["filled"]!), Enum.Parse<VenueState>((string)o["state"]!))
    {
        IsContract = (bool?)o["contract"] ?? false,
    };
}
