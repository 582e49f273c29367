using System.Text.Json.Nodes;
using Ballast.Adapters.Files;
using Ballast.App.Output;

namespace Ballast.App.Serving;

/// <summary>A list of holdings as somebody else wrote it, read by guess: what each column is taken for, what came of it, and what was left out. It writes nothing.</summary>
internal static class Guessing
{
    private const int Shown = 8, MostLeft = 200;

    public static readonly ImmutableArray<Field> Fields =
    [
        new("text", "string", "the list, as it is in its file", true), new("base", "string", "what its prices are in", true),
        new("columns", "object", "what each column is, by its number from 0: asset, quantities (an array), account, price, value; guessed when left out"),
    ];

    public static Answer Of(Call call)
    {
        var list = ForeignHoldings.Read(call.Text("text")!) ?? throw new Problem(422, "NO_LIST", "This is no list: no row has two cells between commas, semicolons or tabs.");
        var columns = (call.Body["columns"] is JsonObject said ? Said(said, list.Names.Length) : list.Guess())
            ?? throw new Problem(422, "NO_COLUMNS", $"Which column holds the asset, and which the quantity? There are: {string.Join(", ", list.Names)}. Say `columns`.");
        var taken = TakenHoldings.Of(list, columns);
        var today = call.Now.InUtc().Date;
        return Answer.Ok(new JsonObject
        {
            ["separator"] = list.Separator.ToString(), ["decimal"] = list.DecimalComma ? "," : ".", ["names"] = Json.Texts(list.Names), ["columns"] = Chosen(columns),
            ["rows"] = new JsonArray([.. list.Rows.Take(Shown).Select(r => Json.Texts(r.Cells))]), ["count"] = list.Rows.Length, ["taken"] = taken.Holdings.Length,
            ["left"] = Json.Array(taken.Left.Take(MostLeft).Select(l => new JsonObject { ["line"] = l.Line, ["text"] = l.Text, ["reason"] = l.Reason })), ["leftCount"] = taken.Left.Length,
            ["notes"] = Json.Texts(taken.Notes), ["holdings"] = taken.HoldingsCsv(), ["prices"] = taken.PricesCsv(call.Text("base")!, today),
        });

        static JsonObject Chosen(HoldingColumns c) => new() { ["asset"] = c.Asset, ["quantities"] = new JsonArray([.. c.Quantities.Select(q => (JsonNode)q)]), ["account"] = c.Account, ["price"] = c.Price, ["value"] = c.Value };
    }

    private static HoldingColumns Said(JsonObject said, int count)
    {
        var quantities = said["quantities"] as JsonArray ?? throw Problem.Bad("columns.quantities: expected an array of numbers of columns.");
        return new(One("asset") ?? throw Problem.Bad("columns.asset: expected the number of a column."), [.. quantities.Select(q => Checked(q, "quantities"))], One("account"), One("price"), One("value"));

        int? One(string name) => said[name] is { } node ? Checked(node, name) : null;

        int Checked(JsonNode? node, string name) =>
            node is JsonValue value && value.TryGetValue<int>(out var column) && column >= 0 && column < count ? column : throw Problem.Bad($"columns.{name}: expected a number from 0 to {count - 1}.");
    }
}
