using System.Text;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Numerics.MarketMaking;

namespace Ballast.App.Commands;

/// <summary>A maker's quotes for people and for programs.</summary>
internal static class MakerOutput
{
    private const int MostRows = 21;

    public static string ToText(MakerRequest asked, MakerStudy study)
    {
        var text = new StringBuilder($"Holding {Signed(asked.Inventory)} of at most {asked.Limit}: {Sides(asked, study.Now)}, around a mid price of {Price(asked, 0)}.{Environment.NewLine}");
        text.AppendLine(asked.ByLimit ? "Exact within the limit, Guéant, Lehalle and Fernandez-Tapia." : $"Flat in {Span(asked)}, Avellaneda and Stoikov; the limit is only where the table ends.");
        if (study is { Leaning: { } leaning, Level: { } level }) text.AppendLine(Verdict(leaning, level));
        text.AppendLine().Append(Table(asked, study));
        if (study is { Leaning: { } l, Level: { } f }) text.AppendLine().AppendLine($"Simulated: {asked.Runs} times {Span(asked)} in {asked.Steps} steps, seed {asked.Seed}").Append(Outcomes(l, f));
        return text.AppendLine("A model: fills that do not depend on news, one unit at a time, no fees, and a price without jumps.").ToString();
    }

    public static JsonObject ToJson(MakerRequest asked, MakerStudy study) => new()
    {
        ["model"] = asked.ByLimit ? "limit" : "end",
        ["mid"] = Json.Estimate(asked.Mid),
        ["inventory"] = asked.Inventory,
        ["bid"] = Json.Estimate(asked.Mid - study.Now.Bid),
        ["ask"] = Json.Estimate(asked.Mid + study.Now.Ask),
        ["quotes"] = Json.Array(study.Quotes.Select(q => new JsonObject
        {
            ["inventory"] = q.Inventory, ["bid"] = Json.Estimate(asked.Mid - q.Quote.Bid), ["ask"] = Json.Estimate(asked.Mid + q.Quote.Ask),
            ["bidDistance"] = Json.Estimate(q.Quote.Bid), ["askDistance"] = Json.Estimate(q.Quote.Ask),
        })),
        ["simulation"] = study is { Leaning: { } leaning, Level: { } level } ? new JsonObject { ["runs"] = asked.Runs, ["seed"] = asked.Seed, ["leaning"] = Of(leaning), ["level"] = Of(level) } : null,
    };

    private static JsonObject Of(MakerOutcome o) => new()
    {
        ["profit"] = Json.Estimate(o.Profit), ["profitError"] = Json.Estimate(o.ProfitError), ["profitDeviation"] = Json.Estimate(o.ProfitDeviation),
        ["inventory"] = Json.Estimate(o.Inventory), ["inventoryDeviation"] = Json.Estimate(o.InventoryDeviation), ["spread"] = Json.Estimate(o.Spread),
    };

    private static string Verdict(MakerOutcome leaning, MakerOutcome level) =>
        $"Leaning against what is held earned {Figures.Number(leaning.Profit)} a run, give or take {Figures.Number(leaning.ProfitDeviation)}; the same constant spread without leaning {Figures.Number(level.Profit)}, give or take {Figures.Number(level.ProfitDeviation)}.";

    private static string Table(MakerRequest asked, MakerStudy study)
    {
        var table = new Table(">holding", ">bid", ">ask", ">bid away", ">ask away", "");
        var every = (study.Quotes.Length + MostRows - 1) / MostRows;
        foreach (var (q, quote) in study.Quotes.Where((x, i) => x.Inventory % every == 0 || x.Inventory == asked.Inventory))
            table.Row(Signed(q), quote.Bid is { } b ? Price(asked, -b) : "none", quote.Ask is { } a ? Price(asked, a) : "none", Distance(quote.Bid), Distance(quote.Ask), q == asked.Inventory ? "now" : "");
        return table.ToString();
    }

    private static string Outcomes(MakerOutcome leaning, MakerOutcome level)
    {
        var table = new Table("", ">profit", ">error", ">deviation", ">held at the end", ">deviation", ">spread");
        foreach (var (name, o) in (IEnumerable<(string, MakerOutcome)>)[("leaning", leaning), ("not leaning", level)])
            table.Row(name, Figures.Number(o.Profit), Figures.Number(o.ProfitError), Figures.Number(o.ProfitDeviation), Figures.Signed(o.Inventory), Figures.Number(o.InventoryDeviation), Figures.Number(o.Spread, 4));
        return table.ToString();
    }

    private static string Sides(MakerRequest asked, QuoteDistances quote) =>
        $"{(quote.Bid is { } b ? $"bid {Price(asked, -b)}" : "no bid")}, {(quote.Ask is { } a ? $"ask {Price(asked, a)}" : "no ask")}";

    private static string Price(MakerRequest asked, double away) => Figures.Number(asked.Mid + away, asked.Mid >= 10_000 ? 2 : 4);

    private static string Span(MakerRequest asked) => Spans.Words(Duration.FromDays(asked.Days) + Duration.FromMilliseconds(1));

    private static string Distance(double? away) => away is { } d ? Figures.Number(d, 4) : "";

    private static string Signed(int inventory) => inventory == 0 ? "0" : Figures.Signed(inventory, 0);
}
