using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Statistics;
using Ballast.Risk;

namespace Ballast.Engine.Backtests;

/// <summary>Where the risk of a run lay, by how its assets moved together over all of it; what is held is that at its end, or on average.</summary>
/// <param name="Assets">One an asset that has prices; cash carries no risk.</param>
/// <param name="DiversificationRatio">Of the weights at the end, as the next four.</param>
/// <param name="EffectiveAssets">1/Σw²: how many equal positions would be as concentrated.</param>
/// <param name="Concentration">Σw².</param>
/// <param name="EffectiveBets">Over minimum-torsion factors; null where they do not exist.</param>
/// <param name="Shortfall">Mean loss of the worst 5 % of the model's returns (a day's, or a bar's where bars are longer).</param>
public sealed record BacktestRisk(
    ImmutableArray<AssetRisk> Assets, double? DiversificationRatio, double? EffectiveAssets, double Concentration, double? EffectiveBets, double Shortfall)
{
    /// <summary>The square of the diversification ratio (Choueifaty, Froidure and Reynier 2013): correlated assets count for less than they are.</summary>
    public double? IndependentFactors => DiversificationRatio * DiversificationRatio;

    /// <returns>Null where the run kept no detail, or is too short for a covariance.</returns>
    public static BacktestRisk? Of(BacktestStudy study)
    {
        var run = study.Run;
        if (run.Weights.IsEmpty) return null;
        var (_, last) = BacktestSpan.Of(study.History, study.Settings);
        if (RiskModel.Estimate(new Trailing(study.History, last), run.Assets, study.Policy.Base, study.History.Spacing * run.Equity.Length, study.BarsAYear) is not { } model) return null;
        double[] End(Func<double[], double> of) => model.Vector(a => of(run.Weights[run.Assets.IndexOf(a)]));
        var (end, average) = (End(w => w[^1]), End(w => w.Average()));
        var (shares, averageShares) = (PortfolioRisk.Shares(end, model.Covariance), PortfolioRisk.Shares(average, model.Covariance));
        var tail = ShortfallShares.Of(model.Returns, end);
        return new BacktestRisk(
            [.. model.Assets.Select((a, i) => new AssetRisk(a, average[i], averageShares?[i], end[i], shares?[i], tail.Shortfall > 0 ? tail.Contributions[i] / tail.Shortfall : null))],
            PortfolioRisk.DiversificationRatio(end, model.Covariance), PortfolioRisk.EffectiveNumber(end), PortfolioRisk.Hhi(end),
            Numerics.Statistics.EffectiveBets.MinimumTorsion(end, model.Covariance) is Answer<Numerics.Statistics.EffectiveBets>.Found(var bets) ? bets.Number : null, tail.Shortfall);
    }
}

/// <summary>One asset's part of the risk of a run.</summary>
/// <param name="AverageRiskShare">Its share of the variance at the average weights; null where there is no risk.</param>
/// <param name="ShortfallShare">Its share of the losses in the worst 5 % at the end's weights; null where those are no losses.</param>
public sealed record AssetRisk(Asset Asset, double AverageWeight, double? AverageRiskShare, double EndWeight, double? RiskShare, double? ShortfallShare);
