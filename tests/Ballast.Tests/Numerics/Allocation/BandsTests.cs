using Ballast.Numerics.Allocation;

namespace Ballast.Tests.Numerics.Allocation;

public class BandsTests
{
    [Fact]
    public void Exactly_on_the_edge_is_inside()
    {
        // In binary arithmetic 0.65 − 0.6 exceeds 0.05.
        var bands = Bands.Around([0.6, 0.4], new BandRule.Absolute(0.05));
        Assert.Equal([false, false], bands.Breached([0.65, 0.35]));
        Assert.Equal([true, true], bands.Breached([0.65 + 2e-12, 0.35 - 2e-12]));
    }

    [Fact]
    public void Edges_are_clipped_to_what_is_allowed()
    {
        var bands = Bands.Around([0.03, 0.97], new BandRule.Absolute(0.05), minimum: 0, maximum: 1);
        Assert.Equal(0, bands.Lower[0]);
        Assert.Equal(1, bands.Upper[1]);
    }

    [Fact]
    public void A_zero_target_has_no_relative_band()
    {
        Assert.Equal([true, false], Bands.Around([0, 1], new BandRule.Relative(0.2)).Breached([0.001, 0.999]));
        Assert.Equal([false, false], Bands.Around([0, 1], new BandRule.Relative(0.2, ZeroTarget: 0.01)).Breached([0.001, 0.999]));
    }

    [Fact]
    public void A_short_target_has_a_band_around_it()
    {
        var bands = Bands.Around([-0.5], new BandRule.Relative(0.2));
        Assert.Equal((-0.6, -0.4), (bands.Lower[0], bands.Upper[0]));
    }

    [Fact]
    public void Each_side_may_have_its_own_width()
    {
        var bands = Bands.Around([0.5, 0.5], new BandRule.Asymmetric([0.1, 0.2], [0.3, 0.4]));
        Assert.Equal([0.4, 0.3], bands.Lower);
        Assert.Equal([0.8, 0.9], bands.Upper);
    }

    [Fact]
    public void A_negative_width_is_refused() => Assert.Throws<ArgumentException>(() => Bands.Around([0.5, 0.5], new BandRule.Absolute(-0.1)));

    [Fact]
    public void Nothing_moves_where_nothing_breached()
    {
        double[] weights = [0.62, 0.38];
        var bands = Bands.Around([0.6, 0.4], new BandRule.Absolute(0.05));
        foreach (var to in (Destination[])[new Destination.Target(), Destination.Halfway, new Destination.Edge(), new Destination.Tolerance()])
            Assert.Equal(weights, to.From(weights, [0.6, 0.4], bands).OrThrow());
    }

    [Fact]
    public void Every_destination_keeps_the_sum_and_none_goes_past_the_target() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 2 + chance.NextInt(8);
            var (w, t) = (chance.Weights(n), chance.Weights(n));
            var bands = Bands.Around(t, new BandRule.Relative(0.1));
            return ((Destination[])[new Destination.Target(), new Destination.Fraction(0.3), new Destination.Edge(), new Destination.Tolerance(0.7)])
                .Select(to => to.From(w, t, bands).OrThrow())
                .All(y => Draws.Near(1, y.Sum(), 1e-13) && Drift.Of(y, t).L2 <= Drift.Of(w, t).L2 + 1e-13);
        });
}
