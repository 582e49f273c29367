using System.Text.Json;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using Ballast.Numerics.Random;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Execution;

public class LegOrderTests
{
    [Fact]
    [Trait("Category", "Vectors")]
    public void The_reference_order_and_all_its_ties_come_out()
    {
        foreach (var x in DerivativeCases.Read("leg_sequencing.json"))
        {
            var (legs, names) = Legs(x);
            var best = LegOrder.Best(legs).OrThrow();
            string[] Named(IEnumerable<int> order) => [.. order.Select(l => names[l])];

            Assert.Equal(x.GetProperty("best_order").EnumerateArray().Select(n => n.GetString()), Named(best.Order));
            Assert.Equal(x.Numbers("interim_margin"), best.Steps.Select(s => s.Margin));
            Assert.Equal(x.Number("peak_margin"), best.PeakMargin, 1e-9);
            Assert.Equal(x.Number("peak_abs_delta"), best.PeakDelta, 1e-12);
            foreach (var (expected, step) in x.Numbers("interim_abs_delta").Zip(best.Steps)) Assert.Equal(expected, Math.Abs(step.Delta), 1e-12);

            var ties = Orders(legs.Count).Select(o => LegPath.Of(legs, o)).Where(p => !best.IsBetterThan(p) && !p.IsBetterThan(best)).Select(p => string.Join('|', Named(p.Order)));
            Assert.Equal(x.GetProperty("ties").EnumerateArray().Select(t => string.Join('|', t.EnumerateArray().Select(n => n.GetString()))).Order(), ties.Order());
        }
    }

    /// <summary>Every order of up to six legs is looked at, with margins, deltas and spreads that often tie.</summary>
    [Fact]
    public void No_order_at_all_is_better() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
    {
        var legs = AnyLegs((ulong)seed, 2 + seed % 5);
        var best = LegOrder.Best(legs).OrThrow();
        Assert.True(best.Proved);
        foreach (var order in Orders(legs.Count)) Assert.False(LegPath.Of(legs, order).IsBetterThan(best), $"{string.Join(", ", order)} is better than {string.Join(", ", best.Order)}");
    }).Check(Chance.Cases(60));

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(18)]
    public void None_of_500_random_orders_is_better(int count)
    {
        for (var seed = 1ul; seed <= 5; seed++)
        {
            var (legs, chance) = (Spreads(seed, count), new Xoshiro256(seed));
            var best = LegOrder.Best(legs).OrThrow();
            Assert.Equal(count <= LegOrder.MostExact, best.Proved);
            for (var k = 0; k < 500; k++)
                Assert.False(LegPath.Of(legs, Shuffled(count, chance)).IsBetterThan(best), $"seed {seed}");
        }
    }

    /// <summary>Nowhere is it said that long options come first: a rule by which they cover shorts makes it so.</summary>
    [Fact]
    public void Long_options_come_before_the_shorts_they_cover()
    {
        for (var seed = 1ul; seed <= 20; seed++)
        {
            var chance = new Xoshiro256(seed);
            double[] quantity = [.. Enumerable.Range(0, 4).SelectMany(_ => { double size = 1 + chance.NextInt(9); return (double[])[-size, size]; })];
            var legs = new LegSet(8, filled => Toy(quantity, [.. Enumerable.Range(0, 8).Select(l => l / 2)], filled));
            var best = LegOrder.Best(legs).OrThrow();
            foreach (var (pair, leg) in Enumerable.Range(0, 4).Select(p => (p, 2 * p)).Where(_ => best.PeakMargin < 9000))
                Assert.True(Array.IndexOf(best.Order, leg + 1) < Array.IndexOf(best.Order, leg), $"seed {seed}, pair {pair}: {string.Join(", ", best.Order)}");
            Assert.Equal(best.Steps[^1].Margin, best.PeakMargin);
        }
    }

    /// <summary>Half of the second leg is worse than none or all of it: only slices see that.</summary>
    [Fact]
    public void The_worst_moment_may_lie_within_a_leg()
    {
        double Margin(ReadOnlySpan<double> f) => 10 * f[0] + 40 * f[1] * (1 - f[1]) * (f[0] > 0.5 ? 2 : 1);
        Assert.Equal([1, 0], LegOrder.Best(new LegSet(2, Margin)).OrThrow().Order);
        Assert.Equal(10, LegOrder.Best(new LegSet(2, Margin)).OrThrow().PeakMargin);
        Assert.Equal([0, 1], LegOrder.Best(new LegSet(2, Margin) { Slices = 1 }).OrThrow().Order);
        Assert.Equal(30, LegPath.Of(new(2, Margin), [0, 1]).PeakMargin);
    }

    [Fact]
    public void An_order_that_breaks_the_limit_is_refused_with_its_step()
    {
        double Margin(ReadOnlySpan<double> f) => 100 * Math.Max(0, f[0] - f[1]) + 60 * f[1] * (1 - f[0]) + 20;
        var refused = Assert.IsType<Answer<LegPath>.Refused>(LegOrder.Best(2, Margin, 70));

        Assert.Equal("MarginOverLimit", refused.Code);
        Assert.Equal("the best order, 2, 1, reaches 80 at step 1, above the limit of 70; the order given is above it from step 1, 120", refused.Reason);
        Assert.Equal([1, 0], LegOrder.Best(2, Margin, 80).OrThrow().Order);
        Assert.StartsWith("after all legs the margin is 20, above the limit of 10", Assert.IsType<Answer<LegPath>.Refused>(LegOrder.Best(2, Margin, 10)).Reason);
    }

    [Fact]
    public void Where_nothing_else_decides_wide_spreads_go_first()
    {
        Assert.Equal([2, 0, 1], LegOrder.Best(new LegSet(3, _ => 1) { Spreads = [0.02, 0.001, 0.05] }).OrThrow().Order);
        Assert.Equal([0, 1, 2], LegOrder.Best(new LegSet(3, _ => 1)).OrThrow().Order);
    }

    /// <summary>Two days at 10 coins of 50,000 and 60 %: 10 · 50,000 · 0.6 · √(2/365) = 22,207.0.</summary>
    [Fact]
    public void A_combination_is_taken_where_waiting_risks_more_than_it_costs()
    {
        var choice = ComboChoice.Of(900, 400, [10], [2], 50_000, 0.6, 0, 0.02);
        Assert.Equal(22_207.0, choice.StandardDeviation, 0.05);
        Assert.Equal(444.1, choice.LegRisk, 0.1);
        Assert.False(choice.TakesCombo);
        Assert.True((choice with { ComboCost = 844 }).TakesCombo);
        Assert.Equal(2 * 0.5e-6 * 10 * 10 * 30_000.0 * 30_000 / 365, ComboChoice.Of(0, 0, [10], [2], 50_000, 0.6, 1e-6, 0).LegRisk, 1e-9);
    }

    [Theory]
    [InlineData(new long[] { 10, -20, 30 }, new long[] { 1, -2, 3 }, 10)]
    [InlineData(new long[] { 7, -3 }, new long[] { 7, -3 }, 1)]
    [InlineData(new long[] { -4, -4 }, new long[] { -1, -1 }, 4)]
    public void A_ratio_has_no_common_divisor(long[] lots, long[] ratio, long times)
    {
        var found = ComboChoice.Ratio(lots).OrThrow();
        Assert.Equal(ratio, found.Ratio);
        Assert.Equal(times, found.Times);
        Assert.IsType<Answer<(long[], long)>.Refused>(ComboChoice.Ratio([1, 0]));
    }

    private static (LegSet, string[]) Legs(JsonElement x)
    {
        var legs = x.GetProperty("legs").EnumerateArray().ToArray();
        double[] quantities = [.. legs.Select(l => l.Number("qty"))];
        int[] kinds = [.. legs.Select(l => l.GetProperty("kind").GetString() == "C" ? 0 : 1)];
        return (new LegSet(legs.Length, filled => Toy(quantities, kinds, filled)) { Deltas = [.. legs.Select(l => l.Number("delta"))], StartDelta = x.Number("initial_delta") }, [.. legs.Select(l => l.GetProperty("name").GetString()!)]);
    }

    /// <summary>15 % of 60,000 for each short that no long of its kind covers, 2 % for each that one does.</summary>
    private static double Toy(double[] quantity, int[] kind, ReadOnlySpan<double> filled)
    {
        var (shorts, longs) = (new double[8], new double[8]);
        for (var l = 0; l < quantity.Length; l++) (quantity[l] < 0 ? shorts : longs)[kind[l]] += Math.Abs(quantity[l]) * filled[l];
        return shorts.Zip(longs, (s, l) => 0.15 * 60_000 * Math.Max(0, s - l) + 0.02 * 60_000 * Math.Min(s, l)).Sum();
    }

    /// <summary>Shorts and longs of a few kinds, with deltas.</summary>
    private static LegSet Spreads(ulong seed, int count)
    {
        var chance = new Xoshiro256(seed);
        double[] quantity = [.. Enumerable.Range(0, count).Select(l => (l % 2 == 0 ? -1.0 : 1) * (1 + chance.NextInt(5)))];
        int[] kind = [.. Enumerable.Range(0, count).Select(_ => chance.NextInt(4))];
        return new(count, filled => Toy(quantity, kind, filled)) { Deltas = [.. quantity.Select(q => q * (chance.NextDouble() - 0.4))] };
    }

    /// <summary>A margin of whole numbers for each set of legs, with a bump within each leg.</summary>
    private static LegSet AnyLegs(ulong seed, int count)
    {
        var chance = new Xoshiro256(seed);
        var table = Enumerable.Range(0, 1 << count).Select(_ => (double)chance.NextInt(12)).ToArray();
        double[] deltas = [.. Enumerable.Range(0, count).Select(_ => chance.NextInt(7) - 3.0)], spreads = [.. Enumerable.Range(0, count).Select(_ => (double)chance.NextInt(3))];
        double Margin(ReadOnlySpan<double> filled)
        {
            var (all, part) = (0, 1.0);
            for (var l = 0; l < filled.Length; l++)
            {
                if (filled[l] > 0) all |= 1 << l;
                if (filled[l] is > 0 and < 1) part = 1.5;
            }
            return part * table[all];
        }
        return new(count, Margin) { Deltas = deltas, Spreads = spreads };
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0 ? [[]] :
        from rest in Orders(count - 1) from at in Enumerable.Range(0, count) select (int[])[.. rest[..at], count - 1, .. rest[at..]];

    private static int[] Shuffled(int count, Xoshiro256 chance)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var k = count - 1; k > 0; k--)
        {
            var at = chance.NextInt(k + 1);
            (order[k], order[at]) = (order[at], order[k]);
        }
        return order;
    }
}
