using System.Globalization;
using Ballast.Money;
using Ballast.Numerics.Allocation;

namespace Ballast.Triggers;

/// <summary>
/// Fires when the weights have left the no-trade region: when some trade is worth its cost. Its bands are the edges of the region as it lies now,
/// so that going to their nearest point and going to <c>least-cost</c> are the same.
/// </summary>
public sealed record LeavesRegion(double RiskAversion) : ITrigger
{
    public string Words => $"trading is worth its cost (risk aversion {RiskAversion.ToString("0.###", CultureInfo.InvariantCulture)})";

    public TriggerResult Check(Look look) => NoTradeMap.Of(look, RiskAversion) switch
    {
        Answer<NoTradeMap>.Found(var map) => Answer(map, look),
        Answer<NoTradeMap>.Refused(_, var reason) => TriggerResult.Unknown($"whether {Words} is not known: {reason}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TriggerResult Answer(NoTradeMap map, Look look)
    {
        var due = map.Due;
        var outside = Enumerable.Range(0, map.Assets.Length).Where(map.Trades).Select(i => map.Assets[i]);
        return new(due ? TriggerState.Fired : TriggerState.Quiet, map.Point.Way, new(() => due ? Fired(map, look) : Quiet(map, look)),
            new(() => due ? "" : Left(map)), due ? [.. outside] : [], Bands(map)) { Outside = due };
    }

    private static BandSet Bands(NoTradeMap map)
    {
        var bands = ImmutableSortedDictionary.CreateBuilder<Asset, Band>();
        for (var i = 0; i < map.Assets.Length; i++)
            if (map.Targets[i] > 0) bands[map.Assets[i]] = new(map.Point.Low[i], map.Point.High[i]);
        return new(bands.ToImmutable());
    }

    private static string Fired(NoTradeMap map, Look look) =>
        $"{Far(map)}: trading to the edge costs {Money(map.Trade.Cost, look)} and is worth {Money(map.Trade.Worth, look)}";

    private static string Quiet(NoTradeMap map, Look look) =>
        $"{Far(map)}: trading back would cost {Money(map.ToTargets.Cost, look)} and be worth {Money(map.ToTargets.Worth, look)}";

    private static string Left(NoTradeMap map) => map.Point.Way > 1 ? "outside by less than a trade that can be made" : $"{Figures.Percent(Math.Clamp(map.Point.Way, 0, 1), 0)} of the way to where it pays";

    /// <summary>The two assets that are furthest apart, on either side of their targets; cash that nobody wants is none of them.</summary>
    private static string Far(NoTradeMap map)
    {
        var over = map.Point.Over >= 0 && map.Targets[map.Point.Over] == 0 ? Enumerable.Range(0, map.Assets.Length).MaxBy(i => map.Targets[i] > 0 ? map.Weights[i] - map.Targets[i] : 0) : map.Point.Over;
        string[] ends = [.. ((int[])[over, map.Point.Under]).Where(i => i >= 0 && Math.Abs(map.Weights[i] - map.Targets[i]) >= 5e-5)
            .Select(i => $"{map.Assets[i]} {Figures.Points(Math.Abs(map.Weights[i] - map.Targets[i]))} points {(map.Weights[i] > map.Targets[i] ? "over" : "under")}")];
        return ends.Length == 0 ? "all is at its target" : string.Join(" and ", ends);
    }

    private static string Money(double share, Look look) => $"{Figures.Number(share * (double)look.Portfolio.Value)} {look.Portfolio.Base}";
}
