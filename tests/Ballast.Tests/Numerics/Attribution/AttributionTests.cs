using Ballast.Numerics.Attribution;

namespace Ballast.Tests.Numerics.Attribution;

public class AttributionTests
{
    [Fact]
    public void Effects_sum_to_the_difference_with_either_allocation() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(6);
            var effects = Brinson.Of(chance.Weights(n), chance.Weights(n), chance.Numbers(n, -0.2, 0.2), chance.Numbers(n, -0.2, 0.2)).OrThrow();
            var rest = effects.Selection.Sum() + effects.Interaction.Sum();
            return Draws.Near(effects.Portfolio - effects.Benchmark, effects.AllocationBF.Sum() + rest, 1e-14)
                && Draws.Near(effects.Portfolio - effects.Benchmark, effects.AllocationBHB.Sum() + rest, 1e-14);
        });

    [Fact]
    public void Linked_effects_sum_to_the_difference_of_compounded_returns() =>
        Draws.ForManySeeds(chance =>
        {
            var n = 1 + chance.NextInt(12);
            var linked = Carino.Of(chance.Numbers(n, -0.2, 0.2), chance.Numbers(n, -0.2, 0.2)).OrThrow();
            return Draws.Near(linked.Total, linked.Linked.Sum(), 1e-13);
        });

    [Fact]
    public void Equal_returns_link_by_their_limit()
    {
        var same = Carino.Of([0.1, 0.2], [0.1, 0.2]).OrThrow();
        Assert.Equal(1 / 1.1, same.PerPeriod[0], 1e-15);
        Assert.Equal(0, same.Total);
        Assert.Equal([0.01 * 1.32 / 1.1], same.Link(0, [0.01]).Select(x => Math.Round(x, 15)));
    }

    [Fact]
    public void A_deposit_is_no_return()
    {
        Assert.Equal(0.1, TimeWeighted.Linked([new(100, 100, 220, FlowTiming.Start)]).OrThrow(), 1e-15);
        Assert.Equal(0.1, TimeWeighted.Linked([new(100, 100, 210)]).OrThrow(), 1e-15);
        Assert.Equal(10 / 150.0, TimeWeighted.ModifiedDietz(100, 210, 10, [(5, 100)]).OrThrow(), 1e-15);
    }

    [Fact]
    public void Nothing_invested_and_impossible_inputs_are_refused_by_name()
    {
        Assert.Equal("DenominatorNotPositive", Tables.Code(TimeWeighted.Linked([new(0, 0, 1)])));
        Assert.Equal("DenominatorNotPositive", Tables.Code(TimeWeighted.ModifiedDietz(100, 0, 10, [(0, -100)])));
        Assert.Equal("FlowOutsidePeriod", Tables.Code(TimeWeighted.ModifiedDietz(100, 0, 10, [(11, 1)])));
        Assert.Equal("ReturnBelowMinusOne", Tables.Code(Carino.Of([-1], [0.1])));
        Assert.Equal("TargetsNotNormalised", Tables.Code(Brinson.Of([0.5], [1], [0.1], [0.1])));
        Assert.Equal("NotFinite", Tables.Code(Brinson.Of([1], [1], [double.NaN], [0.1])));
    }
}
