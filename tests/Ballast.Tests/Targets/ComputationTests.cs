using Ballast.Engine.Backtests;
using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Random;
using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Targets;
using Ballast.Tests.Planning;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Past;

namespace Ballast.Tests.Targets;

public class ComputationTests
{
    private static readonly string[] Coins = ["A", "B", "C", "D"];

    [Fact]
    public void The_order_of_the_assets_in_the_file_changes_nothing()
    {
        foreach (var method in Enum.GetValues<Method>())
            Assert.Equal(Said(Found(Compute(method, "A", "B", "C", "D"), Moving(3))), Said(Found(Compute(method, "D", "B", "A", "C"), Moving(3))));
    }

    /// <summary>Trees of assets split their list in the middle, so that the place in the list counts: hrp and herc stay out.</summary>
    [Fact]
    public void Renaming_the_assets_renames_the_weights()
    {
        string[] others = ["C", "A", "D", "B"];
        foreach (var method in Enum.GetValues<Method>().Except([Method.Hrp, Method.Herc]))
        {
            var (plain, renamed) = (Found(Compute(method, Coins), Moving(5)), Found(Compute(method, Coins), Moving(5, others)));
            for (var i = 0; i < 4; i++) Assert.Equal((double)plain.Of(A(Coins[i])), (double)renamed.Of(A(others[i])), 1e-6);
        }
    }

    [Fact]
    public void Every_method_keeps_bounds_and_groups_that_overlap()
    {
        var bounds = WeightBounds.None with
        {
            RangeOf = a => a == A("A") ? (0.1m, 0.5m) : (0m, 0.6m),
            Groups = [new([A("A"), A("B")], 0.2m, 0.45m), new([A("B"), A("C")], 0.3m, 0.55m)],
        };
        foreach (var method in Enum.GetValues<Method>())
        {
            var targets = Found(Compute(method, Coins), Moving(7), bounds);
            double Of(string asset) => (double)targets.Of(A(asset));
            Assert.Equal(1m, targets.Weights.Sum(w => w.Weight));
            Assert.InRange(Of("A"), 0.1 - 1e-9, 0.5 + 1e-9);
            Assert.All(Coins, c => Assert.InRange(Of(c), -1e-12, 0.6 + 1e-9));
            Assert.InRange(Of("A") + Of("B"), 0.2 - 1e-9, 0.45 + 1e-9);
            Assert.InRange(Of("B") + Of("C"), 0.3 - 1e-9, 0.55 + 1e-9);
        }
    }

    [Fact]
    public void Two_computed_sleeves_keep_one_bound_together()
    {
        var tree = new TargetNode.Sleeves([new("x", 0.5m, Compute(Method.MinVariance, "A", "B")), new("y", 0.5m, Compute(Method.MinVariance, "A", "C"))]);
        Assert.True(Found(tree, Moving(9)).Of(A("A")) > 0.6m);
        Assert.True(Found(tree, Moving(9), WeightBounds.None with { RangeOf = a => (0m, a == A("A") ? 0.6m : 1m) }).Of(A("A")) <= 0.6m);
    }

    [Fact]
    public void A_sleeve_that_is_not_due_stays_while_another_is_renewed()
    {
        var (x, y) = (Compute(Method.InverseVolatility, "A", "B"), Compute(Method.InverseVolatility, "C", "D"));
        var tree = new TargetNode.Sleeves([new("x", 0.5m, x), new("y", 0.5m, y)]);
        var (before, after) = (Found(tree, Moving(1), last: 60), Found(tree, Moving(1)));
        var (mixed, unknown) = TargetResolver.Resolve(tree, Usdt, Now(Moving(1)), 365, earlier: new Earlier(before.Levels, node => node == y));
        Assert.Null(unknown);
        Assert.Equal((before.Of(A("A")), after.Of(A("C"))), (mixed!.Of(A("A")), mixed.Of(A("C"))));
        Assert.NotEqual(before.Of(A("A")), after.Of(A("A")));
    }

    [Fact]
    public void What_cannot_be_computed_anew_stays_and_is_said()
    {
        var node = Compute(Method.InverseVolatility, "A", "B");
        var before = Found(node, Moving(1));
        var (kept, why) = TargetResolver.Resolve(node, Usdt, null, 365, earlier: new Earlier(before.Levels, _ => true));
        Assert.Equal(Said(before), Said(kept!));
        Assert.Contains("at least 20 returns", why);
    }

    [Fact]
    public void Equal_parts_stand_in_where_the_past_is_too_short()
    {
        var node = Compute(Method.MinVariance, "A", "B") with { Chain = [new(Method.MinVariance), new(Method.EqualWeight)] };
        var targets = Found(node, Moving(1), last: 10);
        Assert.Equal("A 0.5, B 0.5", Said(targets));
        Assert.Contains("in equal parts, because the computed targets need at least 20 returns", targets.From.Single());
    }

    [Fact]
    public void A_coin_that_is_new_joins_when_it_has_a_past()
    {
        var history = Moving(1);
        Array.Fill(history.Series[3].Close, double.NaN, 0, 100);
        Assert.Equal(0m, Found(Compute(Method.InverseVolatility, Coins), history, last: 119).Of(A("D")));
        Assert.Contains("D joins with its 20th return", Found(Compute(Method.InverseVolatility, Coins), history, last: 119).From.Single());
        Assert.True(Found(Compute(Method.InverseVolatility, Coins), history, last: 120).Of(A("D")) > 0);
    }

    /// <summary>Cash has no risk; methods that divide by risk refuse it by name, the others may choose it.</summary>
    [Fact]
    public void The_base_asset_may_be_among_the_assets()
    {
        foreach (var method in Enum.GetValues<Method>())
        {
            var (targets, unknown) = TargetResolver.Resolve(Compute(method, "A", "B", "USDT"), Usdt, Now(Moving(2)), 365);
            Assert.True(targets is not null ^ unknown is not null, method.ToString());
        }
        Assert.Equal("A 0, B 0, USDT 1", Said(Found(Compute(Method.MinVariance, "A", "B", "USDT"), Moving(2))));
    }

    [Fact]
    public void The_dearer_trading_is_the_less_of_it_is_wanted()
    {
        var node = Compute(Method.MaxUtility, Coins) with { CostsOver = Duration.FromDays(30) };
        double Turnover(double rate)
        {
            var held = new Dictionary<Asset, double> { [A("A")] = 0.4, [A("B")] = 0.3, [A("C")] = 0.2, [A("D")] = 0.1 };
            var (targets, _) = TargetResolver.Resolve(node, Usdt, Now(Moving(4)), 365, now: new Standing(a => held.GetValueOrDefault(a), rate));
            return held.Sum(h => Math.Abs((double)targets!.Of(h.Key) - h.Value));
        }
        double[] turnovers = [.. new[] { 0, 0.001, 0.01, 0.05, 0.9 }.Select(Turnover)];
        Assert.True(turnovers.SequenceEqual(turnovers.OrderDescending()), string.Join(" ", turnovers));
        Assert.True(turnovers[0] > 0.1);
        Assert.Equal(0, turnovers[^1], 1e-9);
    }

    [Fact]
    public void A_back_test_of_the_first_half_is_the_first_half_of_the_back_test()
    {
        var (all, part) = (Moving(6), Part(Moving(6), 150));
        var policy = new Policy("p", Usdt, DateTimeZone.Utc)
        {
            Targets = Compute(Method.MinVariance, Coins) with { Renew = new PeriodEdge(PeriodUnit.Week, Edge.Last) },
            Rebalance = new RebalanceRules { When = [new Every(new PeriodEdge(PeriodUnit.Week, Edge.Last))] },
        };
        var settings = new BacktestSettings { Fill = FillMode.NextClose };
        var (whole, half) = (ExactBacktest.Run(policy, all, settings).Equity, ExactBacktest.Run(policy, part, settings).Equity);
        Assert.Equal(half, whole[..half.Length]);
        Assert.NotEqual(half[0], half[^1]);
    }

    private static PriceHistory Moving(ulong seed, string[]? names = null)
    {
        var chance = new Xoshiro256(seed);
        double[][] returns = [.. Coins.Select(_ => new double[200])];
        for (var t = 0; t < 200; t++)
        {
            var common = chance.NextNormal();
            for (var i = 0; i < 4; i++) returns[i][t] = 0.002 + 0.01 * (1 + i) * (0.5 * common + 0.8 * chance.NextNormal());
        }
        return Of([.. (names ?? Coins).Zip(returns)]);
    }

    private static PriceHistory Part(PriceHistory history, int bars) =>
        new(history.Opens[..bars], history.Spacing, [.. history.Series.Select(s => new PriceSeries(s.Base, s.Quote, s.Close[..bars]))]);

    private static Trailing Now(PriceHistory history, int? last = null) => new(history, last ?? history.Count - 1);

    private static TargetNode.Compute Compute(Method method, params string[] assets) => new(
        [new(method) { Return = 0.3, Volatility = 0.5 }], new(), [.. assets.Select(A)], Duration.FromDays(365), new FixedSpan(Duration.FromDays(30)));

    private static TargetSet Found(TargetNode node, PriceHistory history, WeightBounds? bounds = null, int? last = null)
    {
        var (targets, unknown) = TargetResolver.Resolve(node, Usdt, Now(history, last), 365, bounds);
        Assert.Null(unknown);
        return targets!;
    }

    private static string Said(TargetSet targets) => string.Join(", ", targets.Weights.Select(w => $"{w.Asset} {Figures.Exact(Math.Round(w.Weight, 12))}"));
}
