using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Planning;
using Ballast.Records;

namespace Ballast.App.Serving;

/// <summary>What a portfolio was worth at each look that a journal tells of, and what was bought and sold: nothing between is made up.</summary>
internal static class ValueHistory
{
    /// <param name="points">How many points at most; of more, each span of time keeps its last, and the first and the last of all stay.</param>
    /// <param name="trades">How many trades at most, the latest.</param>
    public static JsonObject Of(JournalSeen seen, int points, int trades)
    {
        var values = seen.Entries.Select(e => (e.Record.At, Value: ValueOf(e.Record))).Where(v => v.Value is not null).Select(v => (v.At, Value: v.Value!.Value)).ToArray();
        var unit = values.Length > 0 ? values[^1].Value.Asset : (Asset?)null;
        // A file whose base asset was changed begins anew.
        values = values[(Array.FindLastIndex(values, v => v.Value.Asset != unit) + 1)..];
        var done = seen.Entries.Where(e => e.Record is JournalRecord.Filled { Order: not null }).TakeLast(trades).Select(e => (e.Frame.Sequence, Fill: (JournalRecord.Filled)e.Record, e.Plan)).ToArray();
        return new()
        {
            ["base"] = unit?.Code, ["looks"] = values.Length,
            ["points"] = Json.Array(Thinned(values, points).Select(v => new JsonObject { ["at"] = Json.Time(v.At), ["value"] = Json.Exact(v.Value.Value) })),
            ["trades"] = Json.Array(done.Select(t => new JsonObject
            {
                ["at"] = Json.Time(t.Fill.At), ["sequence"] = t.Sequence, ["plan"] = t.Plan, ["account"] = t.Fill.Account, ["instrument"] = t.Fill.Trade.Symbol, ["side"] = t.Fill.Trade.Side == Side.Buy ? "buy" : "sell",
                ["quantity"] = Json.Exact(t.Fill.Trade.Quantity), ["price"] = Json.Exact(t.Fill.Trade.Price), ["fee"] = $"{Figures.Exact(t.Fill.Trade.Fee.Value)} {t.Fill.Trade.Fee.Asset}",
            })),
        };
    }

    private static Amount? ValueOf(JournalRecord record) => record switch
    {
        JournalRecord.Decided d => d.Value,
        JournalRecord.PlanCreated { Plan: { Value: > 0 } plan } => new Amount(plan.Value, plan.Base),
        _ => null,
    };

    private static IEnumerable<(Instant At, Amount Value)> Thinned((Instant At, Amount Value)[] values, int points)
    {
        if (values.Length <= points) return values;
        var (from, span) = (values[0].At, (values[^1].At - values[0].At).TotalSeconds / (points - 1));
        return values.Take(1).Concat(values.Skip(1).GroupBy(v => (long)Math.Ceiling((v.At - from).TotalSeconds / span)).Select(g => g.Last()));
    }
}
