using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.App.Commands;

namespace Ballast.App.Serving;

/// <summary>What would be, with other quantities, other cash, or now anyway. It is a question: it changes nothing.</summary>
internal static class WhatIf
{
    public static readonly ImmutableArray<Field> Fields =
    [
        new("cash", "string", "money to put to work (or, negative, to raise), exact"), new("anyway", "boolean", "plan to the targets though no rule fires"),
        new("edits", "object", "quantities by number of a trade, exact; 0 takes it out"),
    ];

    /// <exception cref="Problem">The files are wrong, or a number is none.</exception>
    public static JsonObject Of(Seen seen, JsonObject asked)
    {
        var cash = asked["cash"] is null ? 0m : Exact(asked["cash"], "cash");
        var planned = Planned.Of(seen.Whole.With(cash), asked["anyway"] is JsonValue flag && flag.TryGetValue<bool>(out var anyway) && anyway);
        var edits = (asked["edits"] as JsonObject ?? []).ToDictionary(
            e => int.TryParse(e.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && e.Key[0] is not '0' ? number : throw Problem.Bad($"edits: `{e.Key}` is no number of a trade."),
            e => Exact(e.Value, $"edits.{e.Key}"));
        return PlanJson.Of(edits.Count == 0 ? planned : planned.Edited(edits));
    }

    private static decimal Exact(JsonNode? said, string what) => Exact(said is JsonValue v && v.TryGetValue<string>(out var text) ? text : null, what);

    /// <exception cref="Problem">It is none.</exception>
    public static decimal Exact(string? text, string what) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < 1e18m ? amount
            : throw Problem.Bad($"{what}: expected an exact number as text, digits with a point, such as \"1000\" or \"-250.50\".");
}
