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
        var (reading, missing) = Read(look);
        if (reading is not var (name, value)) return TriggerResult.Unknown($"{Name} is not known: {missing}");
        var outside = value > Above + 1e-12 || value < Below - 1e-12;
        var times = !outside || Confirm <= 1 ? 1 : look.Memory.Breaches.GetValueOrDefault(Words) + 1;
        return outside && times >= Confirm
            ? TriggerResult.Yes(new(() => $"{name} is {Say(value)}, {(value > Above ? $"above the {Say(Above!.Value)}" : $"below the {Say(Below!.Value)}")} allowed"), Way(value))
            : TriggerResult.No(new(() => $"{name} is {Say(value)}"), new(() => outside ? $"outside now; to be confirmed by {Figures.Count(Confirm - times, "more look")}" : $"{Distance(Left(value))} to go"), Way(value)) with { Outside = outside };
    }

    /// <summary>The nearer bound counts. A measure can be negative, and is then at rest below an upper bound.</summary>
    private double? Way(double value)
    {
        double? up = Above is > 0 and var high ? Math.Max(0, value / high) : null;
        double? down = Below is > 0 and var low && value > 0 ? low / value : null;
        return up is { } u && down is { } d ? Math.Max(u, d) : up ?? down;
    }

    private double Left(double value) => Math.Min(Above - value ?? double.MaxValue, value - Below ?? double.MaxValue);

    private ((string Name, double Value)? Reading, string Missing) Read(Look look) => Kind switch
    {
        MeasureKind.Concentration => (Concentration(look), ""),
        MeasureKind.Drawdown => ((Name, Math.Max(0, look.Memory.DrawdownAt((double)look.Portfolio.Value, (double)look.Flow))), ""),
        MeasureKind.GrossExposure => ((Name, Risky(look).Sum(Math.Abs)), ""),
        MeasureKind.NetExposure => ((Name, Risky(look).Sum()), ""),
        MeasureKind.MarginUse => look.Account is not { } account ? (null, "no book was given") : (account.MarginUse is { } use ? (Name, use) : null, account.MarginMissing),
        MeasureKind.HedgeRatio => look.Account is not { } hedged ? (null, "no book was given") : (hedged.HedgeRatio is { } ratio ? (Name, ratio) : null, "the book has nothing to hedge"),
        _ => Estimated(look),
    };

    /// <summary>Measures that need the past. Cash alone carries no risk, whatever the past was.</summary>
    private ((string, double)?, string) Estimated(Look look)
    {
        var assets = (Kind == MeasureKind.TrackingError ? look.HeldOrWanted() : look.Held()).Where(a => a != look.Portfolio.Base).ToArray();
        if (assets.Length == 0) return ((Name, 0), "");
        var (model, missing) = look.RiskOf(assets, Lookback ?? Duration.FromDays(365));
        return model is null ? (null, missing) : (Measured(look, model), "no asset has moved at all");
    }

    private (string, double)? Measured(Look look, RiskModel model) => Kind switch
    {
        MeasureKind.Volatility => (Name, model.Volatility(look.Portfolio.WeightOf)),
        MeasureKind.TrackingError => (Name, model.TrackingError(look.Portfolio.WeightOf, a => look.Targets.Names(a) ? (double)look.Targets.Of(a) : look.Portfolio.WeightOf(a))),
        MeasureKind.RiskShare when Of is { } asset => model.ShareOf(asset, look.Portfolio.WeightOf) is { } share ? (Name, share) : null,
        MeasureKind.RiskShare => model.Shares(look.Portfolio.WeightOf) is { } shares
            ? ($"the risk share of {model.Assets[Array.IndexOf(shares, shares.Max())]}", shares.Max()) : null,
        MeasureKind.ValueAtRisk => (Name, -Quantile.Of(Returns(look, model), 0.05)),
        MeasureKind.ExpectedShortfall => (Name, -Quantile.LowerTailMean([.. Returns(look, model).Order()], 0.05)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the weights of now would have returned in each past period.</summary>
    private static double[] Returns(Look look, RiskModel model) => model.Returns.Times(model.Vector(look.Portfolio.WeightOf));

    private (string, double) Concentration(Look look) =>
        Of is { } asset ? (Name, look.Portfolio.WeightOf(asset)) : (Name, look.Portfolio.Lines.Sum(l => look.Portfolio.WeightOf(l.Asset) is var w ? w * w : 0));

    private static IEnumerable<double> Risky(Look look) =>
        look.Portfolio.Lines.Where(l => l.Asset != look.Portfolio.Base).Select(l => look.Portfolio.WeightOf(l.Asset));

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
        MeasureKind.MarginUse => "the margin in use",
        MeasureKind.HedgeRatio => "the hedge ratio",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string Bounds => string.Join(" or ", new[] { Above is { } a ? $"above {Say(a)}" : null, Below is { } b ? $"below {Say(b)}" : null }.OfType<string>());

    private bool IsMultiple => Kind is MeasureKind.GrossExposure or MeasureKind.NetExposure;

    private string Say(double value) => IsMultiple ? $"{Figures.Number(value)}x" : Figures.Percent(value);

    private string Distance(double value) => IsMultiple ? $"{Figures.Number(value)}x" : $"{Figures.Points(value)} points";
}

/// <summary>What a measure looks at.</summary>
public enum MeasureKind { Volatility, TrackingError, RiskShare, Concentration, Drawdown, GrossExposure, NetExposure, ExpectedShortfall, ValueAtRisk, MarginUse, HedgeRatio }
