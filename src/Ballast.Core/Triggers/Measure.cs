using Ballast.Money;
using Ballast.Numerics.Statistics;
using Ballast.Risk;

namespace Ballast.Triggers;

/// <summary>Fires when a measure of risk is above or below a bound: above all, when one asset carries more than its share of the risk.</summary>
/// <param name="Of">The asset for a share of risk or a concentration; null for the largest.</param>
/// <param name="Lookback">How much history the risk is estimated from; null for a year.</param>
/// <param name="Confirm">How many looks in a row it must be outside.</param>
public sealed record Measure(MeasureKind Kind, Asset? Of, double? Above, double? Below, Duration? Lookback, int Confirm) : ITrigger
{
    public string Words => $"{Name} is {Bounds}{(Confirm > 1 ? $" at {Confirm} looks in a row" : "")}";

    public TriggerResult Check(Look look)
    {
        if (Value(look) is not { } reading) return TriggerResult.Unknown($"{Name} is not known: {Missing(look)}");
        var outside = reading.Value > Above + 1e-12 || reading.Value < Below - 1e-12;
        var times = outside ? look.Memory.Breaches.GetValueOrDefault(Words) + 1 : 0;
        var way = Way(reading.Value);
        return outside && times >= Confirm
            ? TriggerResult.Yes($"{reading.Name} is {Say(reading.Value)}, {(reading.Value > Above ? $"more than the {Say(Above!.Value)}" : $"less than the {Say(Below!.Value)}")} allowed", way)
            : TriggerResult.No($"{reading.Name} is {Say(reading.Value)}", outside ? $"{Confirm - times} more looks outside" : $"{Say(Left(reading.Value))} to go", way) with { Outside = outside };
    }

    private double? Way(double value) => Above is { } high && high > 0 ? value / high : Below is { } low && value > 0 ? low / value : null;

    private double Left(double value) => Math.Min(Above - value ?? double.MaxValue, value - Below ?? double.MaxValue);

    private static string Missing(Look look) => look.History is null ? "there is no price history" : $"there are fewer than {RiskModel.Fewest} common returns";

    private (string Name, double Value)? Value(Look look) => Kind switch
    {
        MeasureKind.Concentration => Concentration(look),
        MeasureKind.Drawdown => (Name, look.Memory.HighestValue > 0 ? Math.Max(0, 1 - (double)look.Portfolio.Value / look.Memory.HighestValue) : 0),
        MeasureKind.GrossExposure => (Name, Risky(look).Sum(w => Math.Abs(w.Weight))),
        MeasureKind.NetExposure => (Name, Risky(look).Sum(w => w.Weight)),
        _ => look.History is { } history && Model(look, history) is { } model ? Measured(look, model) : null,
    };

    private (string, double)? Measured(Look look, RiskModel model) => Kind switch
    {
        MeasureKind.Volatility => (Name, model.Volatility(look.Portfolio.WeightOf)),
        MeasureKind.TrackingError => (Name, model.TrackingError(look.Portfolio.WeightOf, a => (double)look.Targets.Of(a))),
        MeasureKind.RiskShare when Of is { } asset => model.ShareOf(asset, look.Portfolio.WeightOf) is { } share ? (Name, share) : null,
        MeasureKind.RiskShare => model.Shares(look.Portfolio.WeightOf) is { } shares
            ? ($"the risk share of {model.Assets[Array.IndexOf(shares, shares.Max())]}", shares.Max()) : null,
        MeasureKind.ValueAtRisk => (Name, -Quantile.Of(Returns(look, model), 0.05)),
        MeasureKind.ExpectedShortfall => (Name, -Quantile.LowerTailMean([.. Returns(look, model).Order()], 0.05)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the weights of now would have returned in each past period.</summary>
    private static double[] Returns(Look look, RiskModel model) => model.Returns.Times(model.Vector(look.Portfolio.WeightOf));

    private RiskModel? Model(Look look, Market.Trailing history) => RiskModel.Estimate(
        history, look.Portfolio.Lines.Select(l => l.Asset), look.Portfolio.Base, Lookback ?? Duration.FromDays(365), look.BarsAYear);

    private (string, double) Concentration(Look look)
    {
        if (Of is { } asset) return ($"the weight of {asset}", look.Portfolio.WeightOf(asset));
        return (Name, look.Portfolio.Lines.Sum(l => look.Portfolio.WeightOf(l.Asset) is var w ? w * w : 0));
    }

    private static IEnumerable<(Asset Asset, double Weight)> Risky(Look look) =>
        look.Portfolio.Lines.Where(l => l.Asset != look.Portfolio.Base).Select(l => (l.Asset, look.Portfolio.WeightOf(l.Asset)));

    private string Name => Kind switch
    {
        MeasureKind.Volatility => "the volatility",
        MeasureKind.TrackingError => "the tracking error",
        MeasureKind.RiskShare => Of is { } a ? $"the risk share of {a}" : "the largest risk share",
        MeasureKind.Concentration => Of is { } a ? $"the weight of {a}" : "the concentration (sum of squared weights)",
        MeasureKind.Drawdown => "the fall from the highest value",
        MeasureKind.GrossExposure => "the gross exposure",
        MeasureKind.NetExposure => "the net exposure",
        MeasureKind.ExpectedShortfall => "the expected shortfall (worst 5 % of periods)",
        MeasureKind.ValueAtRisk => "the value at risk (5 %, one period)",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string Bounds => string.Join(" or ", new[] { Above is { } a ? $"above {Say(a)}" : null, Below is { } b ? $"below {Say(b)}" : null }.OfType<string>());

    private string Say(double value) => Kind is MeasureKind.GrossExposure or MeasureKind.NetExposure ? $"{Figures.Number(value)}x" : Figures.Percent(value);
}

/// <summary>What a measure looks at.</summary>
public enum MeasureKind { Volatility, TrackingError, RiskShare, Concentration, Drawdown, GrossExposure, NetExposure, ExpectedShortfall, ValueAtRisk }
