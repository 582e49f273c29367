using Ballast.Holdings;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Tests.Numerics;
using Ballast.Triggers;
using static Ballast.Tests.Planning.Given;
using static Ballast.Tests.Planning.Situation;
using Destination = Ballast.Planning.Destination;

namespace Ballast.Tests.Planning;

public class DestinationsTests
{
    private static readonly Situation Over = Of("BTC 60, ETH 40", "BTC 70, ETH 30", Points(5));

    [Fact]
    public void All_the_way() => Assert.Equal("BTC 0.6, ETH 0.4", Over.To(new Destination.Target()).Wanted());

    [Theory]
    [InlineData(0.5, "BTC 0.65, ETH 0.35")]
    [InlineData(0.2, "BTC 0.68, ETH 0.32")]
    public void Part_of_the_way(double part, string wanted) => Assert.Equal(wanted, Over.To(new Destination.PartWay(part)).Wanted());

    [Fact]
    public void To_the_edge_and_to_the_inner_edge()
    {
        Assert.Equal("BTC 0.65, ETH 0.35", Over.To(new Destination.BandEdge(false)).Wanted());
        Assert.Equal("BTC 0.625, ETH 0.375", Over.To(new Destination.BandEdge(true)).Wanted());
    }

    [Fact]
    public void A_rule_without_a_band_sends_to_the_target()
    {
        var mixed = Over with { Rules = Over.Rules with { When = [Points(5), new Measure(MeasureKind.GrossExposure, null, 0.1, null, null, 1)] } };
        Assert.Equal("BTC 0.6, ETH 0.4", mixed.To(new Destination.BandEdge(false)).Wanted());
    }

    [Fact]
    public void The_edge_of_several_rules_is_the_tightest() =>
        Assert.Equal("BTC 0.63, ETH 0.37", (Over with { Rules = Over.Rules with { When = [Points(5), Points(3)] } }).To(new Destination.BandEdge(false)).Wanted());

    [Fact]
    public void Cash_that_is_to_rest_takes_part_and_cash_that_nobody_wants_does_not_grow()
    {
        // BTC gives 5 points; ETH and cash take half each.
        Assert.Equal("BTC 0.5, ETH 0.325", Of("BTC 45, ETH 30", "BTC 55, ETH 30, USDT 15", Points(5)).To(new Destination.BandEdge(false)).Wanted());
        Assert.Equal("BTC 0.65, ETH 0.35", Over.To(new Destination.BandEdge(false)).Wanted());
    }

    [Fact]
    public void The_inner_edge_leaves_what_has_no_band_free() =>
        Assert.Equal("BTC 0.125, ETH 0.175", Of("BTC 10, ETH 15", "BTC 10, ETH 30, USDT 60", Points(5)).To(new Destination.BandEdge(true)).Wanted());

    [Fact]
    public void What_cannot_be_traded_is_left_out_of_the_projection()
    {
        var stuck = Of("BTC 40, ETH 30, SOL 30", "ETH 38, SOL 22", Points(5)) with { Held = [Held("BTC", 40, status: HoldingStatus.Locked), .. Holds("ETH 38, SOL 22")], Limits = Limits.None with { NeverBuy = [A("BTC")] } };
        Assert.Equal("BTC 0.4, ETH 0.35, SOL 0.25", stuck.To(new Destination.BandEdge(false)).Wanted());
    }

    [Fact]
    public void Bands_are_clipped_to_the_limits_on_weights() => Assert.Equal("BTC 0.62, ETH 0.38",
        (Over with { Limits = Limits.None with { Weights = Limits.None.Weights.Add(A("BTC"), new(0, 0.62m)) } }).To(new Destination.BandEdge(false)).Wanted());

    [Fact]
    public void A_group_beyond_its_limit_goes_on_towards_the_targets() => Assert.Equal("BTC 0.62, ETH 0.38",
        (Over with { Limits = Limits.None with { Groups = [new([A("BTC")], new(0, 0.62m))] } }).To(new Destination.PartWay(0.5)).Wanted());

    [Fact]
    public void What_no_target_names_keeps_its_weight() => Assert.Equal("BTC 0.48, DOGE 0.2, ETH 0.32", Of("BTC 60, ETH 40", "BTC 60, ETH 20, DOGE 20", Points(5)).Wanted());

    /// <summary>What is sold and what is bought end on the edges about one common shift; what lies between them stays.</summary>
    [Fact]
    public void Least_cost_is_the_cube_root_rule()
    {
        var wanted = (Of("BTC 50, ETH 30, SOL 20", "BTC 65, ETH 20, SOL 15", Points(5)) with { Fee = 0.001m }).To(new Destination.LeastCost(3)).Decide().Intent!.Wanted;
        double[] room = [.. ((double[])[0.5, 0.3, 0.2]).Select(t => Math.Pow(t * (1 - t), 2.0 / 3))];
        var count = room.Sum() * room.Sum() / room.Sum(d => d * d);
        var price = Math.Cbrt(3 * 0.001 / 3 * count / (2 * (count - 1)));
        double Shift(int i, double target, double side) => ((double)wanted[i].Weight - target) / room[i] - side * price;

        Assert.Equal(Shift(0, 0.5, 1), Shift(1, 0.3, -1), 1e-9);
        Assert.Equal(Shift(0, 0.5, 1), Shift(2, 0.2, -1), 1e-9);
        Assert.Equal(1, (double)wanted.Sum(w => w.Weight), 1e-11);
    }

    /// <summary>Growth 66 against 60 ± 5: one point moves to safety; within growth the asset further above its part gives.</summary>
    [Fact]
    public void A_sleeve_goes_to_its_edge()
    {
        var rule = Tree("BTC 40, ETH 26, BOND 34", Points(5, "growth", "safety")).To(new Destination.BandEdge(false));
        Assert.Equal("BOND 0.35, BTC 0.39, ETH 0.26", rule.Wanted());
        Assert.Equal("BOND 0.375, BTC 0.365, ETH 0.26", rule.To(new Destination.BandEdge(true)).Wanted());
    }

    /// <summary>All in cash that nobody wants: both sleeves come up to their lower edges, and the rest stays.</summary>
    [Fact]
    public void Cash_outside_of_the_sleeves_pays_for_their_edges() =>
        Assert.Equal("BOND 0.35, BTC 0.275, ETH 0.275", Tree("USDT 100", Points(5, "growth", "safety")).To(new Destination.BandEdge(false)).Wanted());

    [Fact]
    public void A_third_sleeve_takes_what_the_edges_leave() => Assert.Equal("A 0.45, B 0.295, C 0.255", new Situation
    {
        Targets = new TargetNode.Sleeves([new("a", 0.4m, Fixed("A 100")), new("b", 0.3m, Fixed("B 100")), new("c", 0.3m, Fixed("C 100"))]),
        Held = Holds("A 48, B 28, C 24"),
        Rules = new() { When = [Points(5, "a", "b", "c")], To = new Destination.BandEdge(false) },
    }.Wanted());

    /// <summary>The reference vectors of the pure projection, with the last asset taken as cash that the targets name.</summary>
    [Fact, Trait("Category", "Vectors")]
    public void The_vectors_hold_for_whole_decisions()
    {
        var checkedRows = 0;
        foreach (var row in VectorFiles.All.Where(c => c is { File: "triggers.json", Fn: "band" } && c.In.TryGetProperty("abs", out _) && c.Text("kind") == "absolute" && c.Out.TryGetProperty("destination", out _)))
        {
            var (weights, targets) = (row.Numbers("w"), row.Numbers("target"));
            string[] names = [.. Enumerable.Range(0, weights.Length - 1).Select(i => "A" + i), "USDT"];
            var situation = Of(Written(names, targets), Written(names, weights), Points((decimal)row.Number("abs") * 100));
            foreach (var (key, to) in new (string, Destination)[] { ("target", new Destination.Target()), ("halfway", new Destination.PartWay(0.5)), ("edge", new Destination.BandEdge(false)), ("tolerance", new Destination.BandEdge(true)) })
            {
                double[] expected = [.. row.Out.GetProperty("destination").GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];
                double[] found = situation.To(to).Decide().Intent is { } intent ? [.. intent.Wanted.Select(w => (double)w.Weight)] : weights[..^1];
                Assert.Equal(expected[..^1], found, (a, b) => Math.Abs(a - b) <= 1e-9);
                checkedRows++;
            }
        }
        Assert.True(checkedRows >= 4, "no vector was found");
    }

    private static string Written(string[] names, double[] weights) =>
        string.Join(", ", names.Zip(weights, (n, w) => $"{n} {((decimal)w * 100).ToString(System.Globalization.CultureInfo.InvariantCulture)}"));

    private static Situation Tree(string held, ITrigger rule) => new()
    {
        Targets = new TargetNode.Sleeves([new("growth", 0.6m, Fixed("BTC 50, ETH 50")), new("safety", 0.4m, Fixed("BOND 100"))]),
        Held = Holds(held),
        Rules = new() { When = [rule] },
    };
}
