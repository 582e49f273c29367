using System.Text.Json.Nodes;
using Ballast.Adapters.Files.Policies;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Engine.Backtests;
using Ballast.Engine.Sweeps;
using Ballast.Market;
using Ballast.Planning;

namespace Ballast.App.Serving;

/// <summary>A back-test or a sweep, read and checked: nothing in it can be wrong any more.</summary>
/// <param name="Grid">The policies of a sweep; null for a back-test.</param>
/// <param name="Asked">As it was asked, to be kept and shown.</param>
internal sealed record LabRequest(Place Place, string Prices, Policy Policy, PriceHistory History, BacktestSettings Settings, Grid? Grid, JsonObject Asked)
{
    /// <summary>More at once is for the command line.</summary>
    private const int MostPolicies = 20_000;

    public static readonly ImmutableArray<Field> Fields =
    [
        new("kind", "string", "backtest or sweep", true), new("portfolio", "string", "whose policy", true), new("prices", "string", "a file that `choices` names; without it, the portfolio's own"),
        new("vary", "object", "of a sweep: LIST by KEY, such as {\"drift\": \"1%..16%:1%\"}"), new("fill", "string", "close, next-open or next-close"), new("fee", "string", "instead of the policy's, such as 10 bps"),
        new("from", "string", "first bar"), new("to", "string", "bars from here on are left out"),
    ];

    public int Total => Grid?.Policies.Count ?? 1;

    /// <exception cref="Problem">Something of it is wrong.</exception>
    public static LabRequest Of(Shelf shelf, JsonObject body)
    {
        string? Text(string key) => body[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text.Trim() : null;
        var isSweep = Text("kind") switch { "sweep" => true, "backtest" => false, _ => throw Problem.Bad("kind: expected backtest or sweep.") };
        var place = shelf.Find(Text("portfolio") ?? throw Problem.Bad("portfolio: whose policy?"));
        var prices = PricesOf(shelf, place, Text("prices"));
        if (Text("fill") is not (null or "close" or "next-open" or "next-close")) throw Problem.Bad("fill: expected close, next-open or next-close.");
        var inputs = new Inputs(asJson: false, TextWriter.Null);
        try
        {
            var (policy, history, settings) = new BacktestRequest(place.File, prices) { Fill = Text("fill"), From = Text("from"), To = Text("to") }.Read(inputs);
            if (Text("fee") is { } fee) policy = Variation.Of(policy, "fee", fee) is { Policy: { } charged } ? charged : throw new InvalidInputException($"fee: {Variation.Of(policy, "fee", fee).Fault}");
            return new(place, prices, policy, history, settings, isSweep ? GridOf(policy, body["vary"] as JsonObject) : null, (JsonObject)body.DeepClone());
        }
        catch (InvalidInputException fault)
        {
            throw inputs.Faults.Count == 0 ? new Problem(422, "WRONG_REQUEST", Words.Sentence(fault.Message.TrimStart('-')))
                : new Problem(422, "FILES_WRONG", $"{Money.Figures.Count(inputs.Faults.Count, "fault")} in the files; nothing was run.", FaultJson.List(inputs.Faults));
        }
    }

    private static Grid GridOf(Policy policy, JsonObject? vary)
    {
        if (vary is not { Count: > 0 }) throw new InvalidInputException("vary: a sweep needs at least one key and its list, such as drift=1%..16%:1%");
        var grid = Grid.Of(policy, [.. vary.Select(v => $"{v.Key}={(v.Value is JsonValue value && value.TryGetValue<string>(out var list) ? list : "")}")]);
        return grid.Policies.Count <= MostPolicies ? grid : throw new InvalidInputException($"vary: {grid.Policies.Count} policies at once; at most {MostPolicies} here, and more with `ballast sweep`");
    }

    private static string PricesOf(Shelf shelf, Place place, string? named) => named is null
        ? place.Prices ?? throw new Problem(422, "FILES_WRONG", $"There are no prices beside {Path.GetFileName(place.File)}: put {place.Id}.prices.csv or prices.csv into its folder, or name them in desk.json.")
        : Offered(shelf).FirstOrDefault(p => Path.GetFileName(p) == named) ?? throw new Problem(422, "NO_SUCH_PRICES", $"There are no prices `{named}` on the desk's shelf.");

    /// <summary>The prices of any portfolio serve for every other.</summary>
    public static IEnumerable<string> Offered(Shelf shelf) => shelf.Places().Select(p => p.Prices).OfType<string>().Distinct();
}
