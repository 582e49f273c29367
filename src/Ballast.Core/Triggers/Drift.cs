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
        var width = Widths.Of(this, look);
        if (width.Missing is { } missing) return TriggerResult.Unknown(new(() => $"whether {Words} is not known: {missing}"));
        var readings = Readings(look, width);
        if (readings.Length == 0) return TriggerResult.No("the targets name nothing that this rule looks at", "");
        var worst = readings[0];
        var breached = ImmutableArray<Asset>.Empty;
        foreach (var r in readings)
        {
            // Two assets that mirror each other are equally far but for rounding; the first is named.
            if (r.Way > worst.Way + 1e-9) worst = r;
            if (r.Band.Breached(r.Weight)) breached = breached.AddRange(r.Leaves);
        }
        var times = breached.IsEmpty || Confirm <= 1 ? 1 : look.Memory.Breaches.GetValueOrDefault(Words) + 1;
        var fired = !breached.IsEmpty && times >= Confirm;
        return new(fired ? TriggerState.Fired : TriggerState.Quiet, worst.Way, new(() => fired ? worst.Outside : worst.Furthest), Left(), breached, Bands(readings))
        {
            Outside = !breached.IsEmpty,
            SleeveBands = [.. readings.Where(r => r.Asset is null).Select(r => (r.Name, r.Band))],
        };

        Sentence Left() => fired ? "" : new Sentence(() => breached.IsEmpty ? $"{Figures.Points(worst.Left)} points to go" : $"outside now; to be confirmed by {Figures.Count(Confirm - times, "more look")}");
    }

    private static BandSet Bands(Reading[] readings)
    {
        var bands = ImmutableSortedDictionary.CreateBuilder<Asset, Band>();
        foreach (var r in readings)
            if (r.Asset is { } asset) bands[asset] = r.Band;
        return new(bands.ToImmutable());
    }

    /// <summary>What is looked at, with its weight, target and band; sleeves as shares of their parent.</summary>
    private Reading[] Readings(Look look, Widths width)
    {
        if (!Of.IsEmpty) return [.. Of.Select(name => Named(look, width, name)).OfType<Reading>()];
        var readings = new Reading[look.Targets.Weights.Length];
        for (var i = 0; i < readings.Length; i++) readings[i] = Read(look.Targets.Weights[i], look, width);
        return readings;
    }

    private static Reading? Named(Look look, Widths width, string name)
    {
        var asset = new Asset(name);
        if (look.Targets.Names(asset)) return Read(new TargetWeight(asset, look.Targets.Of(asset)), look, width);
        if (look.Targets.Sleeves.FirstOrDefault(s => s.Name == name) is not { } sleeve) return null;
        var target = SleeveShares.TargetOf(look.Targets, sleeve);
        return new(name, null, SleeveShares.Of(look.Portfolio, look.Targets, sleeve), target, width.Around(null, target), [.. sleeve.Leaves.Select(l => l.Asset)]);
    }

    private static Reading Read(TargetWeight target, Look look, Widths width) =>
        new(target.Asset.Code, target.Asset, look.Portfolio.WeightOf(target.Asset), (double)target.Weight, width.Around(target.Asset, (double)target.Weight), [target.Asset]);

    /// <summary>Both widths, with what is measured only once a look.</summary>
    private readonly record struct Widths(Drift Rule, Look Look, DriftDistance.Measured Over, DriftDistance.Measured Under)
    {
        public string? Missing => Over.Missing ?? Under.Missing;

        public static Widths Of(Drift rule, Look look) =>
            rule.Over.Measure(look) is var over && ReferenceEquals(rule.Over, rule.Under) ? new(rule, look, over, over) : new(rule, look, over, rule.Under.Measure(look));

        public Band Around(Asset? asset, double target) => new(
            Math.Max(0, target - Rule.Under.Width(Under, asset, target)), Math.Min(1, target + Rule.Over.Width(Over, asset, target)));
    }

    private sealed record Reading(string Name, Asset? Asset, double Weight, double Target, Band Band, ImmutableArray<Asset> Leaves)
    {
        public double Allowed => Weight >= Target ? Band.High - Target : Target - Band.Low;

        public double Left => Math.Max(0, Allowed - Math.Abs(Weight - Target));

        /// <summary>Without any room a distance has no measure but that it is beyond.</summary>
        public double Way => Weight == Target ? 0 : Allowed > 0 ? Math.Abs(Weight - Target) / Allowed : 1 + Math.Abs(Weight - Target);

        public string Outside =>
            $"{Name} is {Figures.Points(Math.Abs(Weight - Target))} points {(Weight > Target ? "over" : "under")} its target, more than the {Figures.Points(Allowed)} allowed";

        public string Furthest =>
            Math.Abs(Weight - Target) < 5e-5 ? $"{Name} is at its target, {Figures.Points(Allowed)} points allowed"
            : $"{Name} is {Figures.Points(Math.Abs(Weight - Target))} points {(Weight > Target ? "over" : "under")} its target, {Figures.Points(Allowed)} allowed";
    }
}
