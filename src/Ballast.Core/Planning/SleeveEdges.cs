using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>Brings sleeves to the edge of their bands: the sleeves of one parent are projected together, and each shares its move among its assets.</summary>
internal static class SleeveEdges
{
    public static void Bring(Dictionary<Asset, double> reached, Look look, ImmutableArray<(string Sleeve, Band Band)> bands, bool inner)
    {
        foreach (var level in look.Targets.Sleeves.GroupBy(s => s.Parent))
            if (bands.Any(b => level.Any(s => s.Name == b.Sleeve))) Level(reached, look.Targets, look.Portfolio.Base, [.. level], bands, inner);
    }

    /// <summary>Nearest shares within the bands that sum to what the level has; cash outside of the sleeves takes part.</summary>
    private static void Level(Dictionary<Asset, double> reached, TargetSet targets, Asset cash, SleeveTarget[] sleeves, ImmutableArray<(string Sleeve, Band Band)> bands, bool inner)
    {
        var shares = sleeves.Select(s => Weight(reached, targets, s)).ToList();
        var parent = targets.ParentOf(sleeves[0]) is { } above ? Weight(reached, targets, above) : 1;
        var (low, high) = (new List<double>(), new List<double>());
        foreach (var sleeve in sleeves)
        {
            var target = SleeveShares.TargetOf(targets, sleeve);
            var band = bands.Where(b => b.Sleeve == sleeve.Name).Select(b => b.Band).DefaultIfEmpty(new Band(0, 1)).Aggregate((a, b) => new(Math.Max(a.Low, b.Low), Math.Min(a.High, b.High)));
            var banded = inner && bands.Any(b => b.Sleeve == sleeve.Name);
            low.Add(parent * (banded ? (target + band.Low) / 2 : band.Low));
            high.Add(parent * (banded ? (target + band.High) / 2 : band.High));
        }
        if (sleeves[0].Parent is null && !targets.Names(cash))
        {
            shares.Add(reached[cash]);
            low.Add(0);
            // Cash that nobody wants may only shrink.
            high.Add(targets.CashRest > 0 ? 1 : reached[cash]);
        }
        // Where what is held outside the targets leaves no point within all bands, the sleeves go to their targets.
        double[] nearest = Projection.OntoBox([.. shares], [.. low], [.. high], shares.Sum()) is Answer<double[]>.Found(var found)
            ? found : [.. sleeves.Select(s => parent * SleeveShares.TargetOf(targets, s))];
        for (var i = 0; i < sleeves.Length; i++) Share(reached, targets, sleeves[i], nearest[i] - shares[i]);
    }

    /// <summary>What a sleeve gains or gives goes to its assets by their own gaps, the furthest first.</summary>
    private static void Share(Dictionary<Asset, double> reached, TargetSet targets, SleeveTarget sleeve, double change)
    {
        if (change == 0 || sleeve.Weight == 0) return;
        double[] values = [.. sleeve.Leaves.Select(l => reached[l.Asset] * targets.PartOf(l))];
        double[] shares = [.. sleeve.Leaves.Select(l => (double)(l.Weight / sleeve.Weight))];
        var moves = change > 0
            ? Contribution.LeastSquares(values, shares, change).OrThrow()
            : [.. Withdrawal.LeastSquares(values, shares, Math.Min(-change, values.Sum())).OrThrow().Select(m => -m)];
        for (var i = 0; i < moves.Length; i++) reached[sleeve.Leaves[i].Asset] += moves[i];
    }

    private static double Weight(Dictionary<Asset, double> reached, TargetSet targets, SleeveTarget sleeve) =>
        sleeve.Leaves.Sum(l => reached[l.Asset] * targets.PartOf(l));
}
