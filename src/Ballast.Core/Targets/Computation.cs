using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;
using Ballast.Numerics.Statistics;
using Ballast.Risk;

namespace Ballast.Targets;

/// <summary>What a computation may know besides prices.</summary>
/// <param name="WeightOf">The weight of an asset now, in the whole portfolio.</param>
/// <param name="CostRate">Proportional cost of trading, one way.</param>
public sealed record Standing(Func<Asset, double> WeightOf, double CostRate)
{
    public static Standing Empty { get; } = new(_ => 0, 0);
}

/// <summary>Shares of a level, what they sum to (the rest is cash), and a sentence that says where they come from; null where nothing was estimated.</summary>
internal sealed record Computation(double[] Shares, decimal Total, string? From)
{
    /// <summary>What is less is rounding.</summary>
    private const double Dust = 1e-9;

    /// <param name="node">What the file says.</param>
    /// <param name="assets">Its assets that have prices.</param>
    /// <param name="past">Their returns; null where there are too few.</param>
    /// <param name="limits">Bounds of the shares.</param>
    /// <param name="now">Shares now.</param>
    /// <param name="costRate">Proportional cost of trading, one way.</param>
    public static Answer<Computation> Of(TargetNode.Compute node, Asset[] assets, PastReturns? past, Limits limits, double[] now, double costRate)
    {
        if (!node.NeedsHistory) return Equal(assets, limits, null);
        return Estimated(node, assets, past) switch
        {
            Answer<Estimates>.Found(var estimates) =>
                Chooser.Choose([.. node.Chain.Select(r => With(r, node, assets, costRate))], estimates, node.CostsOver is null ? limits : limits with { Current = now })
                    .Then(chosen => Scaled(node, assets, estimates, chosen, limits)),
            Answer<Estimates>.Refused refused when node.ScaleTo is null && node.Chain.Any(r => r.Method == Method.EqualWeight) => Equal(assets, limits, refused.Reason),
            Answer<Estimates>.Refused(var code, var reason) => new Answer<Computation>.Refused(code, reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Answer<Computation> Equal(Asset[] assets, Limits limits, string? because) =>
        Chooser.Nearest(ClosedForm.Equal(assets.Length), limits).Then<Computation>(p =>
            new Computation(p.Weights, 1, because is null ? null : $"{string.Join(", ", assets.AsEnumerable())} in equal parts, because {because}"));

    /// <summary>Where expected returns are refused, methods that do without them may still go on.</summary>
    private static Answer<Estimates> Estimated(TargetNode.Compute node, Asset[] assets, PastReturns? past)
    {
        if (past is null || assets.Any(a => !past.Assets.Contains(a))) return TooFew(assets);
        var table = Algebra.Filled(past.Table.Rows, assets.Length, (t, i) => past.Table[t, past.Assets.IndexOf(assets[i])]);
        if (node.Estimation.Gaps == GapRule.CommonWindow && (past with { Assets = [.. assets], Table = table }).Common() is null) return TooFew(assets);
        var names = assets.Select(a => a.Code).ToArray();
        var views = node.Estimation.Views.Where(v => names.Contains(v.Asset) && (v.Over is null || names.Contains(v.Over))).ToArray();
        var estimation = node.Estimation with { Views = views, Market = InPlace(node.Market, assets) };
        string[] dropped = views.Length == node.Estimation.Views.Count ? [] : [$"{Figures.Count(node.Estimation.Views.Count - views.Length, "view")} left out, of assets that are not among them"];
        var needsMean = node.Chain.Any(r => r.Method.NeedsMean());
        var full = estimation.Of(names, table, past.AYear, needsMean);
        return (full is Answer<Estimates>.Refused refused && needsMean
            ? estimation.Of(names, table, past.AYear, needsMean: false).Then<Estimates>(e => e with { Notes = [.. e.Notes, $"expected returns are not known: {refused.Reason}"] })
            : full).Then<Estimates>(e => e with { Notes = [.. e.Notes, .. dropped] });
    }

    private static Answer<Estimates> TooFew(Asset[] assets) => new Answer<Estimates>.Refused(
        "TooFewObservations", $"the computed targets need at least {PastReturns.Fewest} returns common to {string.Join(", ", assets.AsEnumerable())}");

    private static Recipe With(Recipe recipe, TargetNode.Compute node, Asset[] assets, double costRate) => recipe with
    {
        Budgets = InPlace(node.Budgets, assets),
        Costs = node.CostsOver is { } span && recipe.Method.WeighsCosts() ? [.. assets.Select(_ => costRate / (span / Duration.FromDays(365)))] : [],
    };

    /// <summary>Shares in the order of some assets; what belongs to assets that are not listed yet goes to the others in proportion.</summary>
    private static double[]? InPlace(ImmutableSortedDictionary<Asset, double>? shares, Asset[] assets)
    {
        if (shares is null) return null;
        double[] own = [.. assets.Select(a => shares.GetValueOrDefault(a))];
        return own.Sum() is var sum && sum > 0 ? [.. own.Select(b => b / sum)] : null;
    }

    private static Answer<Computation> Scaled(TargetNode.Compute node, Asset[] assets, Estimates estimates, Chosen chosen, Limits limits)
    {
        var weights = chosen.Portfolio.Weights;
        var volatility = PortfolioRisk.Volatility(weights, estimates.Covariance) * Math.Sqrt(estimates.PeriodsAYear);
        var scale = node.ScaleTo is { } aim && volatility > aim ? aim / volatility : 1;
        var total = Math.Round((decimal)Math.Min(1, weights.Sum() * scale), 12);
        var from = Sentence(node, assets, estimates, chosen) + (scale < 1 ? $"; {Figures.Percent(scale)} of it, for a volatility of {Figures.Percent(node.ScaleTo!.Value)} a year, and the rest in cash" : "");
        return Chooser.Nearest([.. weights.Select(w => Math.Abs(w) < Dust ? 0 : w * scale)], limits with { Total = (double)total })
            .Then<Computation>(p => new Computation(p.Weights, total, from));
    }

    private static string Sentence(TargetNode.Compute node, Asset[] assets, Estimates estimates, Chosen chosen)
    {
        var means = chosen.Method.NeedsMean() ? $" and {Named(node.Estimation.Returns)} returns" : "";
        var notes = string.Concat(estimates.Notes.Skip(1).Concat(chosen.Notes).Select(n => "; " + n));
        var covariance = chosen.Method.LooksAtCovariance() || node.ScaleTo is not null ? $" with {Named(node.Estimation.Covariance)} covariance{means}" : "";
        return $"{string.Join(", ", assets.AsEnumerable())} by {chosen.Method.Name()}, from {estimates.Notes[0]}{covariance}{notes}";
    }

    private static string Named(Enum value) => value.ToString() is var name ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : "";
}
