using Ballast.Numerics.Allocation;
using Ballast.Numerics.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Execution;

public class ChildOrdersTests
{
    [Fact]
    public void Even_children_are_within_their_jitter_and_sum_to_the_last_digit() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
    {
        var (steps, jitter, quantity) = (2 + seed % 40, seed % 90 / 100.0, seed * 0.317);
        var sizes = ChildOrders.Even(quantity, steps, jitter, (ulong)seed);

        Assert.Equal(quantity, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size / quantity * steps, 1 - jitter - 1e-9, 1 + jitter + 1e-9));
        Assert.Equal(sizes, ChildOrders.Even(quantity, steps, jitter, (ulong)seed));
        if (jitter > 0) Assert.NotEqual(sizes, ChildOrders.Even(quantity, steps, jitter, (ulong)seed + 1));
    }).Check(Chance.Cases(200));

    [Fact]
    public void Children_follow_the_volume()
    {
        Assert.Equal([20.0, 0, 60, 20], ChildOrders.ByVolume(100, [1, 0, 3, 1]).OrThrow());
        Assert.Equal("NoVolume", Assert.IsType<Answer<double[]>.Refused>(ChildOrders.ByVolume(100, [0, 0])).Code);
    }

    /// <summary>A fifth of all trading is a quarter of what others trade.</summary>
    [Fact]
    public void A_share_of_all_trading_ends_when_the_order_is_done()
    {
        Assert.Equal([-10.0, -20, -5, 0], ChildOrders.WithVolume(-35, [40, 80, 120, 40], 0.2).Select(x => x + 0.0));
        Assert.Equal(30, ChildOrders.WithVolume(35, [40, 80], 0.2).Sum());
    }

    [Fact]
    public void Lots_minima_and_caps_are_kept_and_nothing_is_lost() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
    {
        var (steps, lots) = (1 + seed % 12, 1 + seed % 977);
        var ideal = ChildOrders.Even(lots * 0.5, steps, 0.3, (ulong)seed);
        var cap = seed % 3 == 0 ? 0.5 * Math.Ceiling(1.2 * lots / steps) : double.PositiveInfinity;
        var (sizes, left) = ChildOrders.Fitted(ideal, lot: 0.5, least: 1, caps: [.. ideal.Select(_ => cap)]);

        Assert.Equal(lots * 0.5, sizes.Sum() + left, 1e-9);
        Assert.All(sizes, size => Assert.Equal(size, Math.Round(size / 0.5) * 0.5));
        Assert.All(sizes[..^1], size => Assert.True(size is 0 or >= 1));
        Assert.All(sizes, size => Assert.InRange(size, 0, cap));
        if (double.IsInfinity(cap)) Assert.Equal(0, left);
    }).Check(Chance.Cases(300));

    [Fact]
    public void What_a_cap_keeps_out_goes_into_the_next()
    {
        var (sizes, left) = ChildOrders.Fitted([5, 5, 5], caps: [3, 6, 5]);
        Assert.Equal([3.0, 6, 5], sizes);
        Assert.Equal(1, left);
    }
}
