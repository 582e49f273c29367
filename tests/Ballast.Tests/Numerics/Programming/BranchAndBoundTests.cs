using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Programming;
using Ballast.Numerics.Random;
using FsCheck;
using FsCheck.Fluent;

namespace Ballast.Tests.Numerics.Programming;

public class BranchAndBoundTests
{
    /// <summary>Where all is linear the least lies at a corner: every three of the limits are tried as equations.</summary>
    [Fact]
    public void The_least_is_that_of_the_best_corner() => Prop.ForAll(Seeds(), seed =>
    {
        var p = Any((ulong)seed);
        var corners = Corners(p).Where(x => Kept(p, x, 1e-7)).Select(x => p.Objective(x)).DefaultIfEmpty(double.NaN).Min();
        var found = BranchAndBound.Solve(p, [false, false, false]);

        Assert.Equal(double.IsNaN(corners) ? Status.Infeasible : Status.Optimal, found.Status);
        if (found.Status != Status.Optimal) return;
        Assert.Equal(corners, found.Objective, 1e-7);
        Assert.True(Kept(p, found.Values, 1e-7));
    }).Check(Chance.Cases(1000));

    [Fact]
    public void The_least_in_whole_numbers_is_that_of_the_best_of_all() => Prop.ForAll(Seeds(), seed =>
    {
        var p = Any((ulong)seed);
        var all = (from a in Whole(p, 0) from b in Whole(p, 1) from c in Whole(p, 2) select (double[])[a, b, c]).Where(x => Kept(p, x, 1e-9)).Select(x => p.Objective(x)).DefaultIfEmpty(double.NaN).Min();
        var found = BranchAndBound.Solve(p, [true, true, true]);

        Assert.Equal(double.IsNaN(all) ? Status.Infeasible : Status.Optimal, found.Status);
        if (found.Status != Status.Optimal) return;
        Assert.Equal(all, found.Objective, 2e-6 * Math.Max(1, Math.Abs(all)));
        Assert.True(Kept(p, found.Values, 1e-7));
    }).Check(Chance.Cases(1000));

    /// <summary>One whole, two not: for each whole value the rest is a smaller linear programme, solved at its corners.</summary>
    [Fact]
    public void Some_may_be_whole_and_others_not() => Prop.ForAll(Seeds(), seed =>
    {
        var p = Any((ulong)seed);
        var best = Whole(p, 0).SelectMany(a => Corners(p with { Low = [a, p.Low[1], p.Low[2]], High = [a, p.High[1], p.High[2]] }).Where(x => Math.Abs(x[0] - a) < 1e-9 && Kept(p, x, 1e-7))).Select(x => p.Objective(x)).DefaultIfEmpty(double.NaN).Min();
        var found = BranchAndBound.Solve(p, [true, false, false]);

        Assert.Equal(double.IsNaN(best) ? Status.Infeasible : Status.Optimal, found.Status);
        if (found.Status == Status.Optimal) Assert.Equal(best, found.Objective, 2e-6 * Math.Max(1, Math.Abs(best)));
    }).Check(Chance.Cases(500));

    /// <summary>One look proves nothing, and says so: what was found, what may be better, and how much.</summary>
    [Fact]
    public void Looking_that_ends_early_says_what_it_does_not_know()
    {
        var p = new BoundedProgramme([-5, -4], new Matrix(2, 2, [6, 4, 1, 2]), [double.NegativeInfinity, double.NegativeInfinity], [24, 6], [0, 0], [9, 9]);
        var (early, whole) = (BranchAndBound.Solve(p, [true, true], mostNodes: 1), BranchAndBound.Solve(p, [true, true]));

        Assert.Equal(Status.MaxIterations, early.Status);
        Assert.True(early.Bound <= whole.Objective && whole.Objective <= early.Objective);
        Assert.Equal((Status.Optimal, -20.0), (whole.Status, whole.Objective)); // −21 at (3, 1½) in parts.
        Assert.InRange(whole.Gap, 0, 1.01e-6);
    }

    [Fact]
    public void A_programme_without_a_least_is_our_mistake()
    {
        var open = new BoundedProgramme([-1], new Matrix(1, 1, [1]), [0], [double.PositiveInfinity], [0], [double.PositiveInfinity]);
        Assert.Throws<ArgumentException>(() => BranchAndBound.Solve(open, [true]));
        Assert.Throws<ArgumentException>(() => BranchAndBound.Solve(open with { Costs = [1], RowLow = [] }, [true]));
    }

    private static Arbitrary<int> Seeds() => Gen.Choose(1, 1_000_000_000).ToArbitrary();

    /// <summary>Three variables within −4 to 5, up to three rows, some with one side only, some equations, many costs and cells nothing.</summary>
    private static BoundedProgramme Any(ulong seed)
    {
        var chance = new Xoshiro256(seed);
        double[] Draw(int count, int from, int to) => [.. Enumerable.Range(0, count).Select(_ => (double)(from + chance.NextInt(to - from + 1)))];
        var rows = 1 + chance.NextInt(3);
        var (low, wide, rowLow, rowWide) = (Draw(3, -4, 1), Draw(3, 0, 4), Draw(rows, -8, 8), Draw(rows, 0, 6));
        var sides = Draw(rows, 0, 3);
        return new(Draw(3, -4, 6), new Matrix(rows, 3, Draw(3 * rows, -3, 3)),
            [.. rowLow.Select((x, i) => sides[i] == 0 ? double.NegativeInfinity : x + 0.5 * (seed % 2))], [.. rowLow.Select((x, i) => sides[i] == 1 ? double.PositiveInfinity : x + rowWide[i] + 0.5)],
            low, [.. low.Zip(wide, (l, w) => l + w + 0.25 * (seed % 3))]);
    }

    private static IEnumerable<double> Whole(BoundedProgramme p, int j) => Enumerable.Range(-20, 41).Select(x => (double)x).Where(x => x >= p.Low[j] && x <= p.High[j]);

    private static bool Kept(BoundedProgramme p, double[] x, double slack) =>
        Enumerable.Range(0, 3).All(j => x[j] >= p.Low[j] - slack && x[j] <= p.High[j] + slack) && p.Rows.Times(x).Select((r, i) => r >= p.RowLow[i] - slack && r <= p.RowHigh[i] + slack).All(ok => ok);

    private static IEnumerable<double[]> Corners(BoundedProgramme p)
    {
        double[][] equations =
        [
            .. Enumerable.Range(0, 3).SelectMany(j => (double[][])[[.. Algebra.Identity(3).Row(j), p.Low[j]], [.. Algebra.Identity(3).Row(j), p.High[j]]]),
            .. Enumerable.Range(0, p.Rows.Rows).SelectMany(i => (double[][])[[.. p.Rows.Row(i), p.RowLow[i]], [.. p.Rows.Row(i), p.RowHigh[i]]]).Where(e => double.IsFinite(e[3])),
        ];
        for (var a = 0; a < equations.Length; a++)
            for (var b = 0; b < a; b++)
                for (var c = 0; c < b; c++)
                    if (Cramer(equations[a], equations[b], equations[c]) is { } x) yield return x;
    }

    private static double[]? Cramer(double[] a, double[] b, double[] c)
    {
        double Det(int x, int y, int z) => a[x] * (b[y] * c[z] - b[z] * c[y]) - a[y] * (b[x] * c[z] - b[z] * c[x]) + a[z] * (b[x] * c[y] - b[y] * c[x]);
        var det = Det(0, 1, 2);
        return Math.Abs(det) < 1e-9 ? null : [Det(3, 1, 2) / det, Det(0, 3, 2) / det, Det(0, 1, 3) / det];
    }
}
