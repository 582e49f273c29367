using Ballast.Money;
using Ballast.Targets;

namespace Ballast.Triggers;

/// <summary>Fires when something is further from its target than its band allows.</summary>
/// <param name="Over">How far above the target is allowed.</param>
/// <param name="Under">How far below.</param>
/// <param name="Of">Assets or sleeves to look at; empty for every asset that the targets name.</param>
/// <param name="Confirm">How many looks in a row it must be outside.</param>
public sealed record Drift(DriftDistance Over, DriftDistance Under, ImmutableArray<string> Of, int Confirm) : ITrigger
{
    public string Words =>
        $"{(Of.IsEmpty ? "an asset" : string.Join(" or ", Of))} is {Limit}{(Confirm > 1 ? $" at {Confirm} looks in a row" : "")}";

    private string Limit =>
        Over != Under ? $"more than {Over.Words} above or {Under.Words} below its target"
        : $"more than {Over.Words} {(Over is DriftDistance.OfTarget ? "away from it" : "from its target")}";

    public TriggerResult Check(Look look)
    {
        if (NeedsHistory && look.History is null) return TriggerResult.Unknown($"{Words}: there is no price history to measure it");
        var readings = Readings(look).ToArray();
        if (readings.Length == 0) return TriggerResult.No("no target has a band here", "never");
        var bands = new BandSet(readings.Where(r => r.Asset is not null).ToImmutableSortedDictionary(r => r.Asset!.Value, r => r.Band));
        var worst = readings.MaxBy(r => r.Way)!;
        var breached = readings.Where(r => r.Band.Breached(r.Weight)).ToArray();
        var times = breached.Length == 0 ? 0 : look.Memory.Breaches.GetValueOrDefault(Words) + 1;
        return breached.Length > 0 && times >= Confirm
            ? new(TriggerState.Fired, worst.Way, Fired(worst), "", [.. breached.SelectMany(r => r.Leaves)], bands) { SleeveBands = Sleeves(readings) }
            : new(TriggerState.Quiet, worst.Way, Quiet(worst), times > 0 ? $"{Confirm - times} more looks outside" : $"{worst.Name}: {Figures.Points(worst.Left)} points to go", [], bands) { Outside = breached.Length > 0 };
    }

    private bool NeedsHistory => Over is DriftDistance.Sigma || Under is DriftDistance.Sigma;

    private static ImmutableArray<(string, Band)> Sleeves(IEnumerable<Reading> readings) => [.. readings.Where(r => r.Asset is null).Select(r => (r.Name, r.Band))];

    private static string Fired(Reading r) =>
        $"{r.Name} is {Figures.Points(Math.Abs(r.Weight - r.Target))} points {(r.Weight > r.Target ? "over" : "under")} its target, more than the {Figures.Points(r.Allowed)} allowed";

    private static string Quiet(Reading r) =>
        $"{r.Name} is the furthest: {Figures.Signed((r.Weight - r.Target) * 100)} points from its target, {Figures.Points(r.Allowed)} allowed";

    /// <summary>What is looked at, with its weight, target and band; sleeves as shares of their parent.</summary>
    private IEnumerable<Reading> Readings(Look look)
    {
        foreach (var name in Of.IsEmpty ? look.Targets.Weights.Select(w => w.Asset.Code) : Of)
        {
            if (look.Targets.Sleeves.FirstOrDefault(s => s.Name == name) is { } sleeve && !look.Targets.Names(new Asset(name)))
                yield return Read(look, name, null, SleeveShares.Of(look.Portfolio, look.Targets, sleeve), (double)sleeve.Share, [.. sleeve.Leaves.Select(l => l.Asset)]);
            else if (look.Targets.Names(new Asset(name)))
                yield return Read(look, name, new Asset(name), look.Portfolio.WeightOf(new Asset(name)), (double)look.Targets.Of(new Asset(name)), [new Asset(name)]);
        }
    }

    private Reading Read(Look look, string name, Asset? asset, double weight, double target, ImmutableArray<Asset> leaves) =>
        new(name, asset, weight, target, new Band(Math.Max(0, target - Under.Width(look, name, target)), Math.Min(1, target + Over.Width(look, name, target))), leaves);

    private sealed record Reading(string Name, Asset? Asset, double Weight, double Target, Band Band, ImmutableArray<Asset> Leaves)
    {
        public double Allowed => Weight >= Target ? Band.High - Target : Target - Band.Low;

        public double Left => Math.Max(0, Allowed - Math.Abs(Weight - Target));

        public double Way => Weight == Target ? 0 : Allowed > 0 ? Math.Abs(Weight - Target) / Allowed : double.MaxValue;
    }
}
