using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Tests.Numerics.Allocation;

public class ProjectionTests
{
    [Fact]
    public void A_breach_is_funded_evenly_by_the_others() =>
        Assert.Equal([0.6, 0.25, 0.15], Rounded(Projection.OntoBox([0.7, 0.2, 0.1], [0, 0, 0], [0.6, 1, 1]).OrThrow()));

    [Fact]
    public void Weights_that_comply_stay_to_the_bit()
    {
        double[] weights = [0.1, 0.2, 0.7];
        Assert.Equal(weights, Projection.OntoBox(weights, [0, 0, 0], [1, 1, 1]).OrThrow());
    }

    [Fact]
    public void Without_bounds_all_move_alike() =>
        Assert.Equal([0.5, 0.5], Rounded(Projection.OntoBox([1, 1], [double.NegativeInfinity, double.NegativeInfinity], [double.PositiveInfinity, double.PositiveInfinity]).OrThrow()));

    [Fact]
    public void Bands_that_cannot_hold_the_total_are_refused()
    {
        Assert.Equal("BandsInfeasible", Code(Projection.OntoBox([0.5, 0.5], [0, 0], [0.4, 0.4])));
        Assert.Equal("BandsInfeasible", Code(Projection.OntoBox([0.5, 0.5], [0.6, 0.6], [1, 1])));
        Assert.Equal("BandsInfeasible", Code(Projection.OntoBox([0.5, 0.5], [0.6, 0], [0.5, 1])));
    }

    [Fact]
    public void The_projection_is_feasible_and_no_other_point_is_nearer() =>
        Draws.ForManySeeds(chance =>
        {
            var (w, lo, hi) = Drawn(chance);
            var y = Projection.OntoBox(w, lo, hi).OrThrow();
            return IsOptimal(w, lo, hi, y);
        }, cases: 500);

    [Fact]
    public void Projecting_twice_changes_nothing_more() =>
        Draws.ForManySeeds(chance =>
        {
            var (w, lo, hi) = Drawn(chance);
            var once = Projection.OntoBox(w, lo, hi).OrThrow();
            return Projection.OntoBox(once, lo, hi).OrThrow().Zip(once, (a, b) => Draws.Near(a, b, 1e-15)).All(x => x);
        });

    [Fact]
    public void The_order_of_assets_does_not_matter() =>
        Draws.ForManySeeds(chance =>
        {
            var (w, lo, hi) = Drawn(chance);
            var forward = Projection.OntoBox(w, lo, hi).OrThrow();
            var backward = Projection.OntoBox([.. w.Reverse()], [.. lo.Reverse()], [.. hi.Reverse()]).OrThrow();
            return forward.Zip(backward.Reverse(), (a, b) => Draws.Near(a, b, 1e-14)).All(x => x);
        });

    /// <summary>Feasible to 1e-12, and one multiplier m with y = w − m inside, y = lo where w − m is lower and y = hi where it is higher.</summary>
    private static bool IsOptimal(double[] w, double[] lo, double[] hi, double[] y)
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < y.Length; i++)
        {
            if (y[i] < lo[i] || y[i] > hi[i]) return false;
            if (y[i] > lo[i]) most = Math.Min(most, w[i] - y[i]);
            if (y[i] < hi[i]) least = Math.Max(least, w[i] - y[i]);
        }
        return least <= most + 1e-12 && Draws.Near(1, y.Sum(), 1e-12);
    }

    private static (double[] Weights, double[] Lower, double[] Upper) Drawn(Xoshiro256 chance)
    {
        var n = 1 + chance.NextInt(12);
        var target = chance.Weights(n);
        double[] lo = [.. target.Select(t => t - (chance.NextInt(4) == 0 ? 0 : chance.NextDouble() * 0.2))];
        double[] hi = [.. target.Select(t => t + (chance.NextInt(4) == 0 ? 0 : chance.NextDouble() * 0.2))];
        return (chance.Numbers(n, -0.5, 1), lo, hi);
    }

    private static double[] Rounded(double[] values) => [.. values.Select(x => Math.Round(x, 14))];

    private static string Code(Answer<double[]> answer) => Assert.IsType<Answer<double[]>.Refused>(answer).Code;
}
