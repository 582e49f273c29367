using Ballast.Numerics.Linear;
using Ballast.Numerics.Online;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Online;

public class OnlineTests
{
    [Fact]
    public void A_point_is_projected_on_the_simplex_as_on_paper()
    {
        Assert.Equal([0.75, 0.25], Simplex.Project([1, 0.5]).OrThrow());
        Assert.Equal([1, 0, 0], Simplex.Project([3, 0, -2]).OrThrow());
        Assert.Equal("NotFinite", Tables.Code(Simplex.Project([double.NaN])));
        Assert.Equal("NoAssets", Tables.Code(Simplex.Project([])));
    }

    [Fact]
    public void The_projection_is_the_one_onto_a_box_from_zero_to_one() =>
        Draws.ForManySeeds(chance =>
        {
            var v = chance.Numbers(1 + chance.NextInt(10), -3, 3);
            var onBox = Ballast.Numerics.Allocation.Projection.OntoBox(v, new double[v.Length], [.. v.Select(_ => 1.0)]).OrThrow();
            return Simplex.Project(v).OrThrow().Zip(onBox, (a, b) => Draws.Near(b, a, 1e-14)).All(x => x);
        });

    [Fact]
    public void The_median_of_points_on_a_line_is_the_middle_one_and_an_outlier_hardly_moves_it()
    {
        Assert.Equal([2, 0], L1Median.Of(Matrix.FromRows([[0, 0], [2, 0], [1000, 0]])).OrThrow());
        Assert.Equal(0, L1Median.Of(Matrix.FromRows([[1, 0], [-1, 0], [0, 1], [0, -1]])).OrThrow()[0], 1e-9);
    }

    [Fact]
    public void A_swinging_asset_beside_cash_makes_rebalancing_pay()
    {
        // Cover's example: cash, and an asset that doubles and halves in turn; half and half grows by 9/8 every two days.
        var swings = Matrix.FromRows([[1, 2], [1, 0.5], [1, 2], [1, 0.5]]);
        Assert.Equal(Math.Pow(9.0 / 8, 2), Run(swings, new ConstantlyRebalanced(2)), 1e-15);
        Assert.Equal(1, Run(swings, new BuyAndHold(2)), 1e-15);
        Assert.Equal([0.5, 0.5], Hindsight.BestConstant(swings).OrThrow().Select(w => Math.Round(w, 9)));
    }

    [Fact]
    public void The_first_day_pays_half_of_the_cost()
    {
        Assert.Equal(1.5 * (1 - 0.005), OnlineRun.Of(Matrix.FromRows([[1.0, 2]]), new BuyAndHold(2), 0.01).OrThrow().Wealth[0], 1e-15);
        static double Cost(double c) => OnlineRun.Of(Matrix.FromRows([[1.0, 2], [1, 0.5]]), new ConstantlyRebalanced(2), c).OrThrow().Wealth[1];
        Assert.True(Cost(0.01) < Cost(0));
    }

    [Fact]
    public void Every_rule_stays_on_the_simplex_and_knows_only_the_past() =>
        Draws.ForManySeeds(chance =>
        {
            var (n, days) = (1 + chance.NextInt(5), 15);
            var relatives = Algebra.Filled(days, n, (_, _) => Math.Exp(0.05 * chance.NextNormal()));
            var longer = Algebra.Filled(days + 1, n, (t, i) => t < days ? relatives[t, i] : 5 + i);
            return Rules(n).Zip(Rules(n)).All(pair =>
            {
                var run = OnlineRun.Of(relatives, pair.First).OrThrow();
                return Tables.OnSimplex(run.Weights) && run.Wealth.SequenceEqual(OnlineRun.Of(longer, pair.Second).OrThrow().Wealth.Take(days));
            });
        }, cases: 40);

    [Fact]
    public void Twins_and_flat_days_leave_the_weights_equal() =>
        Assert.All(Rules(3), rule => Assert.All(OnlineRun.Of(Algebra.Filled(12, 3, (t, _) => t % 2 == 0 ? 1.1 : 1), rule).OrThrow().Weights, w => Assert.Equal(1.0 / 3, w, 1e-12)));

    [Fact]
    public void The_best_constant_weights_beat_every_other() =>
        Draws.ForManySeeds(chance =>
        {
            var relatives = Algebra.Filled(30, 4, (_, _) => Math.Exp(0.05 * chance.NextNormal()));
            var best = Hindsight.BestConstant(relatives).OrThrow();
            return Run(relatives, new ConstantlyRebalanced(best)) >= Run(relatives, new ConstantlyRebalanced(chance.Weights(4))) * (1 - 1e-8);
        }, cases: 60);

    [Fact]
    public void Prices_and_costs_that_cannot_be_are_refused_by_name()
    {
        Assert.Equal("RelativeNotPositive", Tables.Code(OnlineRun.Of(Matrix.FromRows([[1.0, 0]]), new BuyAndHold(2))));
        Assert.Equal("RelativeNotPositive", Tables.Code(Hindsight.BestAsset(Matrix.FromRows([[double.NaN]]))));
        Assert.Equal("CostOutOfRange", Tables.Code(OnlineRun.Of(Matrix.FromRows([[1.0]]), new BuyAndHold(1), 1)));
        Assert.Equal("DimensionMismatch", Tables.Code(OnlineRun.Of(Matrix.FromRows([[1.0]]), new BuyAndHold(2))));
        Assert.Equal("TooFewObservations", Tables.Code(OnlineRun.Of(new Matrix(0, 2), new BuyAndHold(2))));
    }

    private static OnlinePortfolio[] Rules(int n) =>
    [
        new BuyAndHold(n), new ConstantlyRebalanced(n), new ExponentiatedGradient(n), new OnlineNewtonStep(n),
        new PassiveAggressive(n), new PassiveAggressive(n, 0.5, Aggressiveness.Capped), new PassiveAggressive(n, 0.5, Aggressiveness.Softened),
        new MovingAverageReversion(n), new ExponentialAverageReversion(n), new RobustMedianReversion(n),
        new ConfidenceWeighted(n, ConfidenceKind.Variance), new ConfidenceWeighted(n, ConfidenceKind.StandardDeviation),
    ];

    private static double Run(Matrix relatives, OnlinePortfolio rule) => OnlineRun.Of(relatives, rule).OrThrow().Wealth[^1];
}
