using Ballast.Money;
using Ballast.Numerics.Statistics;
using Ballast.Risk;

namespace Ballast.Triggers;

/// <summary>
/// Fires when going to the target is worth more than it costs: ½ γ h (w−t)'Σ(w−t) of value against Σ κ|w−t|,
/// the quadratic loss over a horizon h for a relative risk aversion γ.
/// </summary>
public sealed record Gain(double TimesCost, Duration Over, double RiskAversion) : ITrigger
{
    public string Words => $"rebalancing is worth {TimesCost:0.###} times its cost over {Spans.Words(Over)} (risk aversion {RiskAversion:0.###})";

    public TriggerResult Check(Look look)
    {
        if (look.History is not { } history) return TriggerResult.Unknown("the gain is not known: there is no price history");
        var assets = look.Portfolio.Lines.Select(l => l.Asset).ToArray();
        if (RiskModel.Estimate(history, assets, look.Portfolio.Base, Duration.FromDays(365), look.BarsAYear) is not { } model)
            return TriggerResult.Unknown($"the gain is not known: there are fewer than {RiskModel.Fewest} common returns");
        var gain = PortfolioRisk.QuadraticGain(
            model.Vector(look.Portfolio.WeightOf), model.Vector(a => (double)look.Targets.Of(a)), model.Covariance, RiskAversion, Over / Duration.FromDays(365));
        var rate = (double)look.Costs.Default.Rate;
        var cost = rate * look.Targets.Weights.Where(w => w.Asset != look.Portfolio.Base).Sum(w => Math.Abs(look.Portfolio.WeightOf(w.Asset) - (double)w.Weight));
        return Answer(gain * (double)look.Portfolio.Value, cost * (double)look.Portfolio.Value, look.Portfolio.Base);
    }

    private TriggerResult Answer(double gain, double cost, Asset unit)
    {
        var times = cost > 0 ? gain / cost : 0;
        var said = $"rebalancing would save {Figures.Number(gain)} {unit} of risk not wanted for {Figures.Number(cost)} {unit} of cost ({times:0.##} times)";
        return cost > 0 && times > TimesCost
            ? TriggerResult.Yes(said, times / TimesCost)
            : TriggerResult.No(said, $"{Math.Max(0, TimesCost - times):0.##} times the cost to go", times / TimesCost);
    }
}
