using Ballast.Engine.Backtests;
using Ballast.Targets;

namespace Ballast.Tests.Engine.Backtests;

public class BacktestAttributionTests
{
    [Fact]
    public void Filled_at_the_deciding_close_weights_and_costs_explain_all_of_the_difference()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var study = Study(seed, FillMode.Close);
            var found = BacktestAttribution.Of(study)!;

            Assert.Equal(study.Run.Equity[^1] / study.Run.Equity[0] - study.HoldEquity![^1] / study.HoldEquity[0], found.Total, 1e-9);
            Assert.Equal(0, found.Rest, 1e-9);
            Assert.True(found.Costs <= 0);
            Assert.All(found.Assets, e => Assert.Equal((0.0, 0.0), (e.Selection, e.Interaction)));
        }
    }

    [Fact]
    public void A_policy_that_never_acts_differs_from_holding_by_nothing()
    {
        var study = Study(3, FillMode.Close, never: true);

        var found = BacktestAttribution.Of(study)!;

        Assert.Equal(0, found.Total, 1e-12);
        Assert.All(found.Assets, e => Assert.Equal(0, e.Allocation, 1e-12));
    }

    [Fact]
    public void The_effects_of_sleeves_sum_to_those_of_their_assets()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var study = Study(seed, FillMode.Close, sleeves: true);
            var found = BacktestAttribution.Of(study)!;

            Assert.NotEmpty(found.Sleeves);
            Assert.Equal(found.Assets.Sum(e => e.Allocation), found.Sleeves.Sum(e => e.Allocation + e.Selection + e.Interaction), 1e-9);
        }
    }

    [Fact]
    public void Risk_shares_and_shares_of_the_worst_losses_each_sum_to_one()
    {
        var risk = BacktestRisk.Of(Study(5, FillMode.NextClose))!;

        Assert.Equal(1, risk.Assets.Sum(a => a.RiskShare!.Value), 1e-9);
        Assert.Equal(1, risk.Assets.Sum(a => a.ShortfallShare!.Value), 1e-9);
        Assert.Equal(risk.Concentration, 1 / risk.EffectiveAssets!.Value, 1e-12);
        Assert.True(risk.DiversificationRatio >= 1 - 1e-12);
    }

    [Fact]
    public void Without_detail_nothing_is_explained()
    {
        var any = new AnyHistory(1);
        var history = any.Prices(60, 3);
        var study = BacktestStudy.Of(any.Policy(history), history, any.Settings());

        Assert.Null(BacktestAttribution.Of(study));
        Assert.Null(BacktestRisk.Of(study));
    }

    private static BacktestStudy Study(ulong seed, FillMode fill, bool never = false, bool sleeves = false)
    {
        var any = new AnyHistory(seed);
        var history = any.Prices(120, 4);
        var policy = any.Policy(history);
        if (never) policy = policy with { Rebalance = policy.Rebalance with { When = [] } };
        if (sleeves) policy = policy with { Targets = Halves(history.Series.Select(s => s.Base)) };
        return BacktestStudy.Of(policy, history, any.Settings() with { Fill = fill, KeepDetail = true });
    }

    private static TargetNode.Sleeves Halves(IEnumerable<Ballast.Money.Asset> assets) => new([.. assets.Chunk(2).Select((pair, k) =>
        new Sleeve($"part {k}", 0.5m, new TargetNode.Weights([.. pair.Select((a, i) => new TargetWeight(a, i == 0 ? 0.3m : 0.7m))])))]);
}
