using System.Text.Json.Nodes;
using Ballast.App.Commands;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;

namespace Ballast.App.Serving;

/// <summary>Legs in an order that a person may choose, with margin before the first and after each: the steps are those by which the planner proves that no moment is above the limit.</summary>
/// <param name="Legs">As they are numbered for people, from 1.</param>
/// <param name="Order">Of numbers.</param>
internal sealed record BookPath(MarginAccount Before, PositionBook Book, Chain Chain, LegRoute Route, ImmutableArray<int> Legs, ImmutableArray<int> Order)
{
    public static readonly Field Asked = new("order", "string", "numbers of the legs in the order to look at, with commas between; without it, the best");

    /// <param name="numbered">The place in the route of each leg, in the order of their numbers.</param>
    /// <exception cref="Problem">The order does not name each leg once.</exception>
    public static BookPath Of(MarginAccount before, PositionBook book, Chain chain, LegRoute route, ImmutableArray<int> numbered, string? asked)
    {
        ImmutableArray<int> best = [.. (route.Best is Answer<LegPath>.Found { Value: var path } ? path : route.Given).Order.Select(leg => numbered.IndexOf(leg) + 1)];
        return new(before, book, chain, route, numbered, asked is null ? best : Read(asked, numbered.Length));
    }

    private static ImmutableArray<int> Read(string asked, int count)
    {
        ImmutableArray<int> order = [.. asked.Split(',').Select(part => int.TryParse(part, System.Globalization.NumberStyles.None, null, out var number) ? number : 0)];
        return order.Order().SequenceEqual(Enumerable.Range(1, count)) ? order : throw Problem.Bad($"order: `{asked}`; expected each number from 1 to {count} once, with commas between.");
    }

    public JsonObject ToJson()
    {
        var path = Route.Along([.. Order.Select(number => Legs[number - 1])]);
        var needed = MarginAccounts.Along(Before, Book, [.. path.Order.Select(leg => Route.Legs[leg])], Chain);
        var breaks = path.FirstOver(Route.Limit);
        return new()
        {
            ["unit"] = Before.Unit.Code, ["equity"] = Json.Estimate(Before.Equity), ["limit"] = Json.Estimate(Route.Limit), ["order"] = Numbers(path), ["start"] = MarginJson.Pair(needed[0]),
            ["steps"] = Json.Array(path.Steps.Select((s, i) => new JsonObject
            {
                ["leg"] = Legs.IndexOf(s.Leg) + 1, ["instrument"] = Route.Legs[s.Leg].Contract.Symbol, ["quantity"] = Json.Exact(Route.Legs[s.Leg].Position.Quantity), ["initial"] = Json.Estimate(s.Margin),
                ["maintenance"] = Json.Estimate(needed[i + 1].Maintenance), ["worst"] = Json.Estimate(s.Worst), ["delta"] = Json.Estimate(s.Delta), ["over"] = s.Worst > Route.Limit,
            })),
            ["worst"] = Json.Estimate(path.PeakMargin), ["worstStep"] = path.PeakStep, ["breaks"] = breaks == 0 ? null : breaks, ["says"] = Says(path, breaks),
            ["best"] = Route.Best is Answer<LegPath>.Found { Value: var best } ? new JsonObject { ["order"] = Numbers(best), ["worst"] = Json.Estimate(best.PeakMargin), ["proved"] = best.Proved } : null,
            ["refused"] = Route.Best is Answer<LegPath>.Refused refused ? new JsonObject { ["code"] = Words.Code(refused.Code), ["reason"] = refused.Reason } : null,
        };
    }

    private JsonArray Numbers(LegPath path) => Json.Array(path.Order.Select(leg => (JsonNode?)(Legs.IndexOf(leg) + 1)));

    private string Says(LegPath path, int breaks)
    {
        var (worst, limit) = (MarginText.Share(path.PeakMargin), MarginText.Share(Route.Limit));
        if (breaks > 0) return $"Refused: step {breaks} would reach {MarginText.Share(path.Steps[breaks - 1].Worst)} of equity while it fills, above the {limit} that no plan may exceed. Nothing would be sent in this order.";
        return $"The worst is {worst} of equity at step {path.PeakStep}, partial fills looked at{(double.IsFinite(Route.Limit) ? $"; no plan may exceed {limit}" : "; all legs are sent together, so that no step in between counts")}.";
    }
}
