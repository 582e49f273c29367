using Ballast.Market;
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

/// <summary>Shares that sum to one, the part of the whole that they get (the rest is cash), and a sentence that says where they come from.</summary>
internal sealed record Computation(double[] Shares, double Scale, string? From)
{
    /// <param name="node">What the file says.</param>
    /// <param name="assets">Its assets that have prices.</param>
    /// <param name="past">Their returns; null where there are too few.</param>
    /// <param name="limits">Bounds of the shares.</param>
    /// <param name="now">Shares now.</param>
    /// <param name="costRate">Proportional cost of trading, one way.</param>
    public static Answer<Computation> Of(TargetNode.Compute node, Asset[] assets, PastReturns? past, Limits limits, double[] now, double costRate)
    {
        if (node is { Chain: [{ Method: Method.EqualWeight }], ScaleTo: null }) return new Computation(ClosedForm.Equal(assets.Length), 1, null);
        if (past is null || past.Assets.Length < assets.Length || node.Estimation.Gaps == GapRule.CommonWindow && past.Common() is null)
            return new Answer<Computation>.Refused("TooFewObservations", $"the computed targets need at least {PastReturns.Fewest} returns common to {string.Join(", ", assets.AsEnumerable())}");
        return Estimated(node, assets, past).Then(estimates =>
            Chooser.Choose([.. node.Chain.Select(r => With(r, node, assets, costRate))], estimates, node.CostsOver is null ? limits : limits with { Current = now })
                .Then(chosen => Scaled(node, assets, estimates, chosen)));
    }

    /// <summary>Where expected returns are refused, methods that do without them may still go on.</summary>
    private static Answer<Estimates> Estimated(TargetNode.Compute node, Asset[] assets, PastReturns past)
    {
        var table = Algebra.Filled(past.Table.Rows, assets.Length, (t, i) => past.Table[t, past.Assets.IndexOf(assets[i])]);
        var names = assets.Select(a => a.Code).ToArray();
        var estimation = node.Estimation with { Views = [.. node.Estimation.Views.Where(v => names.Contains(v.Asset) && (v.Over is null || names.Contains(v.Over)))] };
        var needsMean = node.Chain.Any(r => r.Method.NeedsMean());
        return estimation.Of(names, table, past.AYear, needsMean) is Answer<Estimates>.Refused refused && needsMean
            ? estimation.Of(names, table, past.AYear, needsMean: false).Then<Estimates>(e => e with { Notes = [.. e.Notes, $"expected returns are not known: {refused.Reason}"] })
            : estimation.Of(names, table, past.AYear, needsMean);
    }

    private static Recipe With(Recipe recipe, TargetNode.Compute node, Asset[] assets, double costRate) => recipe with
    {
        Budgets = node.Budgets is { } budgets ? Whole([.. assets.Select(a => budgets.GetValueOrDefault(a))]) : null,
        Costs = node.CostsOver is { } span && recipe.Method == Method.MaxUtility ? [.. assets.Select(_ => costRate / (span / Duration.FromDays(365)))] : [],
    };

    /// <summary>Budgets of assets that are not listed yet go to the others in proportion.</summary>
    private static double[]? Whole(double[] budgets) => budgets.Sum() is var sum && sum > 0 ? [.. budgets.Select(b => b / sum)] : null;

    private static Answer<Computation> Scaled(TargetNode.Compute node, Asset[] assets, Estimates estimates, Chosen chosen)
    {
        var sum = chosen.Portfolio.Weights.Sum();
        double[] shares = sum > 0 ? [.. chosen.Portfolio.Weights.Select(w => Math.Max(0, w / sum))] : ClosedForm.Equal(assets.Length);
        var volatility = PortfolioRisk.Volatility(chosen.Portfolio.Weights, estimates.Covariance) * Math.Sqrt(estimates.PeriodsAYear);
        var scale = node.ScaleTo is { } aim && volatility > 0 ? Math.Min(1, aim / volatility) : 1;
        return new Computation(shares, Math.Min(1, sum) * scale, Sentence(node, assets, estimates, chosen));
    }

    private static string Sentence(TargetNode.Compute node, Asset[] assets, Estimates estimates, Chosen chosen)
    {
        var means = chosen.Method.NeedsMean() ? $" and {Named(node.Estimation.Returns)} returns" : "";
        var notes = string.Concat(estimates.Notes.Skip(1).Concat(chosen.Notes).Select(n => "; " + n));
        return $"{string.Join(", ", assets.AsEnumerable())} by {chosen.Method.Name()}, from {estimates.Notes[0]} with {Named(node.Estimation.Covariance)} covariance{means}{notes}";
    }

    private static string Named(Enum value) => value.ToString() is var name ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : "";
}
