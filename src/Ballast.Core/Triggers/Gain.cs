using System.Globalization;
using Ballast.Money;
using Ballast.Numerics.Statistics;

namespace Ballast.Triggers;

/// <summary>
/// Fires when going to the target is worth more than it costs: ½ γ h (w−t)'Σ(w−t) of value against Σ κ|w−t|,
/// the quadratic loss over a horizon h for a relative risk aversion γ. What has no target stays and is no part of the move.
/// </summary>
public sealed record Gain(double TimesCost, Duration Over, double RiskAversion) : ITrigger
{
    public string Words => $"rebalancing is worth more than {(TimesCost == 1 ? "" : Times(TimesCost) + " ")}its cost over {Spans.Words(Over)} (risk aversion {RiskAversion.ToString("0.###", CultureInfo.InvariantCulture)})";

    public TriggerResult Check(Look look)
    {
        var (model, missing) = look.RiskOf(look.HeldOrWanted(), Duration.FromDays(365));
        if (model is null) return TriggerResult.Unknown($"what rebalancing is worth is not known: {missing}");
        var gain = PortfolioRisk.QuadraticGain(model.Vector(look.Portfolio.WeightOf), model.Vector(To), model.Covariance, RiskAversion, Over / Duration.FromDays(365));
        var cost = 0.0;
        foreach (var line in look.Portfolio.Lines)
            if (line.Asset != look.Portfolio.Base) cost += (double)look.Costs.Default.Rate * Math.Abs(look.Portfolio.WeightOf(line.Asset) - To(line.Asset));
        return Answer(gain, cost, look);

        double To(Asset asset) => look.Targets.Names(asset) ? (double)look.Targets.Of(asset) : look.Portfolio.WeightOf(asset);
    }

    private TriggerResult Answer(double gain, double cost, Look look)
    {
        var (value, unit) = ((double)look.Portfolio.Value, look.Portfolio.Base);
        Sentence said = new(() => $"rebalancing would remove unwanted risk worth {Figures.Number(gain * value)} {unit} at a cost of {Figures.Number(cost * value)} {unit}{(cost > 0 ? $": {Times(gain / cost)} the cost" : "")}");
        double? way = cost > 0 && TimesCost > 0 ? gain / cost / TimesCost : null;
        return gain > TimesCost * cost + 1e-12
            ? TriggerResult.Yes(said, way)
            : TriggerResult.No(said, new(() => $"worth {Figures.Number((TimesCost * cost - gain) * value)} {unit} too little"), way);
    }

    private static string Times(double factor) => factor.ToString("0.##", CultureInfo.InvariantCulture) + " times";
}
