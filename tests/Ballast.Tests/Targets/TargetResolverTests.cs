using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Statistics;
using Ballast.Risk;
using Ballast.Schedules;
using Ballast.Numerics.Optimisation;
using Ballast.Targets;
using Ballast.Tests.Planning;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Past;

namespace Ballast.Tests.Targets;

public class TargetResolverTests
{
    [Fact]
    public void Thirds_sum_to_one_exactly()
    {
        var targets = Found(new TargetNode.Weights([.. new[] { "A", "B", "C" }.Select(a => new TargetWeight(A(a), 1m / 3))]));
        Assert.Equal((1m, 0m), (targets.Weights.Sum(w => w.Weight), targets.CashRest));
        Assert.All(targets.Weights, w => Assert.Equal(0.333333333333333, (double)w.Weight, 1e-15));
    }

    [Fact]
    public void Thirds_of_sleeves_sum_to_one_too() => Assert.Equal(0m, Found(Sleeves(("x", 1m / 3, Situation.Fixed("A 100")), ("y", 1m / 3, Situation.Fixed("B 100")), ("z", 1m / 3, Situation.Fixed("C 100")))).CashRest);

    [Fact]
    public void Shares_that_do_not_sum_to_one_are_never_mended_silently() =>
        Assert.Throws<ArgumentException>(() => Found(new TargetNode.Weights([new(A("BTC"), 0.9m)])));

    /// <summary>The tree of the reference vector: .7 × (.6, .4), .2 × (.5, .3, .2), .1.</summary>
    [Fact]
    public void A_leaf_weighs_the_product_along_its_path_and_adds_up_over_sleeves()
    {
        var targets = Found(Sleeves(("core", 0.7m, Situation.Fixed("BTC 60, ETH 40")), ("alts", 0.2m, Situation.Fixed("SOL 50, LINK 30, ETH 20")), ("calm", 0.1m, Situation.Fixed("USDC 100"))));
        Assert.Equal("BTC 0.42, ETH 0.32, LINK 0.06, SOL 0.1, USDC 0.1", Said(targets));
    }

    [Fact]
    public void Cash_rests_at_every_level()
    {
        var targets = Found(Sleeves(("in", 0.5m, Situation.Fixed("BTC 80"))) with { CashRest = true });
        Assert.Equal(("BTC 0.4", 0.6m), (Said(targets), targets.CashRest));
    }

    [Fact]
    public void Equal_parts_need_no_history() => Assert.Equal("A 0.25, B 0.25, C 0.25, D 0.25", Said(Found(Compute(Method.EqualWeight, "A", "B", "C", "D"))));

    /// <summary>Volatilities of 1 % and 3 % a day: shares of 3/4 and 1/4.</summary>
    [Fact]
    public void Inverse_volatility_is_as_reckoned_by_hand() =>
        Assert.Equal("A 0.75, B 0.25", Said(Found(Compute(Method.InverseVolatility, "A", "B"), Of(("A", Swing(0.01)), ("B", Slow(0.03))))));

    [Fact]
    public void Inverse_volatility_is_that_of_the_covariance_used()
    {
        var history = Of(("A", Swing(0.01)), ("B", [.. Swing(0.02).Select((r, t) => r + (t % 3 * 0.004))]));
        var model = RiskModel.Estimate(new Trailing(history, history.Count - 1), [A("A"), A("B")], Usdt, Duration.FromDays(365), 365)!;
        var (a, b) = (1 / Math.Sqrt(model.Covariance[0, 0]), 1 / Math.Sqrt(model.Covariance[1, 1]));
        Assert.Equal(a / (a + b), (double)Found(Compute(Method.InverseVolatility, "A", "B"), history).Of(A("A")), 1e-12);
    }

    [Fact]
    public void Scaling_to_a_volatility_leaves_the_rest_in_cash()
    {
        // One asset alone has the sample variance, divided by n − 1.
        var targets = Found(Compute(Method.EqualWeight, "A") with { ScaleTo = Volatility(0.01) * Math.Sqrt(20 / 19.0) / 4 }, Of(("A", Swing(0.01))));
        Assert.Equal((0.25, 0.75), (Math.Round((double)targets.Of(A("A")), 10), Math.Round((double)targets.CashRest, 10)));
        Assert.Equal(1m, targets.Of(A("A")) + targets.CashRest);
    }

    [Fact]
    public void Scaling_never_borrows() => Assert.Equal(1m, Found(Compute(Method.EqualWeight, "A") with { ScaleTo = 9 }, Of(("A", Swing(0.01)))).Of(A("A")));

    [Fact]
    public void Nineteen_returns_say_nothing_and_twenty_do()
    {
        Assert.Contains("at least 20 returns common to A, B", Unknown(Compute(Method.InverseVolatility, "A", "B"), Of(("A", Swing(0.01, 19)), ("B", Slow(0.01, 19)))));
        Found(Compute(Method.InverseVolatility, "A", "B"), Of(("A", Swing(0.01, 20)), ("B", Slow(0.01, 20))));
    }

    [Fact]
    public void An_asset_that_never_moved_has_no_inverse_volatility() =>
        Assert.Contains("B has the variance 0", Unknown(Compute(Method.InverseVolatility, "A", "B"), Of(("A", Swing(0.01)), ("B", new double[20]))));

    [Fact]
    public void What_is_not_listed_yet_joins_later_and_a_gap_of_now_does_not_sell()
    {
        var history = Of(("A", Swing(0.01)), ("B", Swing(0.01)), ("C", Swing(0.01)));
        Array.Fill(history.Series[1].Close, double.NaN, 0, 20);
        history.Series[2].Close[19] = double.NaN;
        Assert.Equal("A 0.5, C 0.5", Said(Found(Compute(Method.EqualWeight, "A", "B", "C"), history, last: 19)));
        Assert.Equal("A 0.333333333334, B 0.333333333333, C 0.333333333333", Said(Found(Compute(Method.EqualWeight, "A", "B", "C"), history)));
    }

    [Fact]
    public void Computed_weights_keep_to_their_bounds()
    {
        // 3/4 and 1/8 and 1/8, at most 40 % each: the two others share what A must give.
        var history = Of(("A", Swing(0.01)), ("B", Slow(0.06)), ("C", Slow(0.06)));
        var bounds = WeightBounds.None with { RangeOf = _ => (0m, 0.4m) };
        Assert.Equal("A 0.4, B 0.3, C 0.3", Said(Found(Compute(Method.InverseVolatility, "A", "B", "C"), history, bounds: bounds)));
    }

    [Fact]
    public void Computed_weights_keep_to_the_bounds_of_groups()
    {
        var bounds = WeightBounds.None with { Groups = [new([A("A"), A("B")], 0m, 0.3m)] };
        Assert.Equal("A 0.15, B 0.15, C 0.35, D 0.35", Said(Found(Compute(Method.EqualWeight, "A", "B", "C", "D"), bounds: bounds)));
    }

    [Fact]
    public void What_the_file_writes_elsewhere_leaves_so_much_less_room()
    {
        var tree = Sleeves(("core", 0.5m, Situation.Fixed("A 60, B 40")), ("rest", 0.5m, Compute(Method.EqualWeight, "A", "B")));
        Assert.Equal("A 0.4, B 0.6", Said(Found(tree, bounds: WeightBounds.None with { RangeOf = a => (0m, a == A("A") ? 0.4m : 1m) })));
    }

    [Fact]
    public void Bounds_that_cannot_be_kept_are_said() =>
        Assert.Contains("do not fit into the limits", Unknown(Compute(Method.EqualWeight, "A", "B"), null, WeightBounds.None with { RangeOf = _ => (0m, 0.4m) }));

    private static TargetNode.Compute Compute(Method method, params string[] assets) =>
        new([new(method)], new(), [.. assets.Select(A)], Duration.FromDays(365), new FixedSpan(Duration.FromDays(30)));

    private static TargetNode.Sleeves Sleeves(params (string Name, decimal Share, TargetNode Node)[] parts) =>
        new([.. parts.Select(p => new Sleeve(p.Name, p.Share, p.Node))]);

    private static TargetSet Found(TargetNode node, PriceHistory? history = null, int? last = null, WeightBounds? bounds = null)
    {
        var (targets, unknown) = TargetResolver.Resolve(node, Usdt, history is { } h ? new Trailing(h, last ?? h.Count - 1) : null, 365, bounds);
        Assert.Null(unknown);
        return targets!;
    }

    private static string Unknown(TargetNode node, PriceHistory? history, WeightBounds? bounds = null)
    {
        var (targets, unknown) = TargetResolver.Resolve(node, Usdt, history is { } h ? new Trailing(h, h.Count - 1) : null, 365, bounds);
        Assert.Null(targets);
        return unknown!;
    }

    private static string Said(TargetSet targets) => string.Join(", ", targets.Weights.Select(w => $"{w.Asset} {Figures.Exact(Math.Round(w.Weight, 12))}"));
}
