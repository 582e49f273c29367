using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>The no-trade region for people and programs: between which weights each asset is left alone, where it stands, and why.</summary>
internal sealed record RegionLines(NoTradeMap Map, double RiskAversion, Decision Decision)
{
    /// <summary>Null where the policy has nothing to do with a region, or the region is not known.</summary>
    public static RegionLines? Of(Policy policy, Decision decision) =>
        policy.Rebalance.RegionAversion is { } aversion && decision.Look is { } look && NoTradeMap.Of(look, aversion) is Answer<NoTradeMap>.Found(var map)
            ? new(map, aversion, decision) : null;

    private Asset Unit => Decision.Portfolio.Base;

    private double Value => (double)Decision.Portfolio.Value;

    private IEnumerable<int> Shown => Enumerable.Range(0, Map.Assets.Length).Where(i => Map.Targets[i] > 0 || Map.Weights[i] > 5e-5 && Map.Assets[i] != Unit);

    public JsonObject ToJson() => new()
    {
        ["riskAversion"] = Json.Estimate(RiskAversion),
        ["way"] = Json.Estimate(double.IsFinite(Map.Point.Way) ? Map.Point.Way : null),
        ["inside"] = !Map.Due,
        ["assets"] = Json.Array(Shown.Select(i => (JsonNode?)new JsonObject
        {
            ["asset"] = Map.Assets[i].Code,
            ["weight"] = Json.Estimate(Map.Weights[i]),
            ["from"] = Json.Estimate(Map.Alone(i).Low),
            ["to"] = Json.Estimate(Map.Alone(i).High),
            ["toEdge"] = Json.Estimate(ToEdge(i)),
            ["goal"] = Json.Estimate(Map.Point.Weights[i]),
            ["costBack"] = Json.Estimate(Map.Back(i).Cost * Value),
            ["worthBack"] = Json.Estimate(Map.Back(i).Worth * Value),
        })),
    };

    public string Table()
    {
        var table = new Table("asset", ">from", ">stands at", ">to", ">to the edge", "", ">back costs", ">and is worth");
        foreach (var i in Shown.OrderBy(ToEdge).ThenBy(i => Map.Assets[i]))
            table.Row(Map.Assets[i].Code, Figures.Points(Map.Alone(i).Low), Figures.Points(Map.Weights[i]), Figures.Points(Map.Alone(i).High),
                ToEdge(i) >= 0 ? Figures.Points(ToEdge(i)) : Figures.Points(-ToEdge(i)) + " beyond", Map.Trades(i) ? "◆" : "", Money(Map.Back(i).Cost), Money(Map.Back(i).Worth));
        return $"No-trade region, for a risk aversion of {RiskAversion.ToString("0.###", CultureInfo.InvariantCulture)}: how far each asset can move alone before trading it pays\n{table}";
    }

    /// <summary>A sentence for each asset that is away from its target and left there, because it is inside.</summary>
    public IEnumerable<NotTraded> Inside() =>
        from i in Shown
        where !Map.Trades(i) && Map.Assets[i] != Unit && Math.Abs(Map.Weights[i] - Map.Targets[i]) >= 5e-4 && Map.Limits.Lower[i] < Map.Limits.Upper[i]
        select new NotTraded(Map.Assets[i], Small(i) ? "TOO_SMALL_TO_TRADE" : "INSIDE_REGION",
            $"{Figures.Points(Math.Abs(Map.Weights[i] - Map.Targets[i]))} points {(Map.Weights[i] > Map.Targets[i] ? "over" : "short")}, "
            + (Small(i) ? "and outside its region by less than the smallest trade worth making" : $"inside {Figures.Points(Map.Alone(i).Low)} to {Figures.Points(Map.Alone(i).High)} %: {Why(i)}"));

    private bool Small(int place) => Map.Weights[place] < Map.Point.Low[place] - NoTradeRegion.Same || Map.Weights[place] > Map.Point.High[place] + NoTradeRegion.Same;

    private string Why(int place) => Map.Back(place) is var (cost, worth) && Value * cost >= 0.005
        ? $"trading {Map.Assets[place]} back would cost {Money(cost)} {Unit} and be worth {Money(worth)}" : "nothing is to be gained by trading it";

    /// <summary>How far the weight is from the nearer edge; negative beyond it.</summary>
    private double ToEdge(int place) => Map.Alone(place) is var (low, high) ? Math.Min(Map.Weights[place] - low, high - Map.Weights[place]) : 0;

    private string Money(double share) => Figures.Number(share * Value);
}
