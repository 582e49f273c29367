using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using NodaTime.Text;

namespace Ballast.Engine.Venues;

/// <summary>What a paper account holds: balances, orders, trades. A value; whoever keeps it keeps the account.</summary>
public sealed record PaperBooks(ImmutableSortedDictionary<Asset, decimal> Balances, ImmutableSortedDictionary<OrderId, PaperOrder> Orders, ImmutableArray<TradeReport> Trades, long Numbers)
{
    public static PaperBooks Opened(IEnumerable<KeyValuePair<Asset, decimal>> balances) =>
        new(balances.Where(b => b.Value != 0).ToImmutableSortedDictionary(), ImmutableSortedDictionary<OrderId, PaperOrder>.Empty, [], 0);

    public decimal Of(Asset asset) => Balances.GetValueOrDefault(asset);

    public PaperBooks Add(Asset asset, decimal quantity)
    {
        var sum = Of(asset) + quantity;
        return this with { Balances = sum == 0 ? Balances.Remove(asset) : Balances.SetItem(asset, sum) };
    }

    /// <summary>As text, for a file.</summary>
    public string Text() => new JsonObject
    {
        ["balances"] = new JsonObject(Balances.Select(b => KeyValuePair.Create(b.Key.Code, (JsonNode?)Figures.Exact(b.Value)))),
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
                [.. json["trades"]!.AsArray().Select(t => Trade(t!))], (long)json["numbers"]!);
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
    public decimal Left => Quantity - Filled;

    public OrderReport Report => new(VenueOrderId, Id, Symbol, Side, Quantity, Price, Filled, State);

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id.ToString(), ["order"] = VenueOrderId, ["symbol"] = Symbol, ["base"] = Base.Code, ["quote"] = Quote.Code, ["side"] = Side.ToString(), ["quantity"] = Figures.Exact(Quantity),
        ["price"] = Figures.Exact(Price), ["filled"] = Figures.Exact(Filled), ["state"] = State.ToString(),
    };

    internal static PaperOrder Read(JsonNode o) => new(
        OrderId.TryParse((string?)o["id"], out var id) ? id : throw new FormatException("no id"), (string)o["order"]!, (string)o["symbol"]!, new((string)o["base"]!), new((string)o["quote"]!),
        Enum.Parse<Side>((string)o["side"]!), decimal.Parse((string)o["quantity"]!), decimal.Parse((string)o["price"]!), decimal.Parse((string)o["filled"]!), Enum.Parse<VenueState>((string)o["state"]!));
}
