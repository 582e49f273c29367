using System.Globalization;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Programming;

namespace Ballast.Numerics.Execution;

/// <summary>The cheapest trades in several instruments that bring several Greeks within their bounds at once, in whole lots.</summary>
public static class GreekHedge
{
    private const double Gap = 1e-6;
    private const int MostRounds = 40, MostRecuts = 5;

    /// <summary>Solves the linear relaxation, then for whole lots by branch and bound; the margin engine looks at every answer, and where it disagrees its line there becomes a limit, five times at most.</summary>
    /// <returns>
    /// <c>Infeasible</c> with the bounds that cannot be kept and how near each can come; <c>MarginNotMet</c> where the engine still disagrees;
    /// <c>NotProved</c> where no whole lots were found within the looks that were allowed.
    /// </returns>
    public static Answer<GreekHedgeSolution> Solve(GreekHedgeProblem problem)
    {
        var programme = new HedgeProgramme(problem.Require());
        var best = Cheapest(problem, programme);
        for (var recuts = 0; best is Answer<GreekHedgeSolution>.Found { Value: { Margin: { } margin } found } && margin > problem.Margin!.Available + 1e-9 * Math.Abs(problem.Margin.Available); recuts++)
        {
            if (recuts == MostRecuts) return new Answer<GreekHedgeSolution>.Refused("MarginNotMet", $"the margin after the hedge is {Short(margin)}, above the {Short(problem.Margin.Available)} available, after {MostRecuts} corrections");
            programme.AddMargin(found.Lots);
            best = Cheapest(problem, programme);
        }
        return best;
    }

    /// <summary>The least loosening, each bound measured in its own scale, with which there is a solution; empty where none is needed.</summary>
    public static IReadOnlyList<GreekShortfall> Shortfalls(GreekHedgeProblem problem) => Shortfalls(problem.Require(), new HedgeProgramme(problem));

    private static Answer<GreekHedgeSolution> Cheapest(GreekHedgeProblem problem, HedgeProgramme programme)
    {
        var (simplex, relaxed) = Relaxed(programme);
        if (relaxed is null) return Infeasible(problem, programme);
        var solution = new GreekHedgeSolution(relaxed, CostOf(problem, relaxed), problem.After(relaxed), [.. problem.Greeks.Select((_, i) => Math.Abs(simplex.Price(i)))])
        {
            RelaxedLots = relaxed, RelaxedCost = CostOf(problem, relaxed), RiskCost = programme.RiskCost(relaxed),
        };
        var answer = problem.WholeLots ? Whole(problem, programme, solution) : solution;
        return answer.Then<GreekHedgeSolution>(s => s with { Margin = problem.Margin?.At(s.Lots).Margin, Notes = [.. Notes(problem, s)] });
    }

    /// <summary>The relaxation, with tangents laid until the squares are held; no lots where the bounds contradict each other.</summary>
    private static (DualSimplex, double[]?) Relaxed(HedgeProgramme programme)
    {
        for (var round = 0; ; round++)
        {
            var built = programme.Build();
            var simplex = new DualSimplex(built);
            var status = simplex.Solve(built.Low, built.High);
            if (status == Status.Infeasible) return (simplex, null);
            if (status != Status.Optimal) throw new InvalidOperationException($"the relaxation of a hedge ended {status} after {simplex.Steps} steps");
            var lots = programme.Lots(simplex.Values);
            if (round == MostRounds || Missing(programme, built, simplex.Values, lots) <= 0.1 * Gap * Math.Max(1, simplex.Objective)) return (simplex, lots);
            programme.AddTangents(lots);
        }
    }

    private static Answer<GreekHedgeSolution> Whole(GreekHedgeProblem problem, HedgeProgramme programme, GreekHedgeSolution relaxed)
    {
        var (best, least, nodes) = (relaxed, double.PositiveInfinity, 0);
        for (var round = 0; ; round++)
        {
            var built = programme.Build();
            var found = BranchAndBound.Solve(built, programme.Whole, problem.MostNodes, Gap);
            nodes += found.Nodes;
            if (found.Status == Status.Infeasible) return Infeasible(problem, programme);
            if (!found.Found) return new Answer<GreekHedgeSolution>.Refused("NotProved", $"no whole lots were found in {nodes} looks, and none were proved not to exist");
            double[] lots = [.. programme.Lots(found.Values).Select(x => Math.Round(x))];
            var missing = Missing(programme, built, found.Values, lots);
            var (total, risk) = (found.Objective + missing, programme.RiskCost(lots));
            if (total < least)
                (least, best) = (total, relaxed with { Lots = lots, Cost = CostOf(problem, lots), After = problem.After(lots), RiskCost = risk });
            var gap = Math.Max(0, least - found.Bound) / Math.Max(1, Math.Abs(least));
            if (round == MostRounds || missing <= 0.1 * Gap * Math.Max(1, least) || gap <= Gap) return best with { Gap = gap, Nodes = nodes };
            programme.AddTangents(lots);
        }
    }

    /// <summary>How much of the risk the tangents do not yet hold up.</summary>
    private static double Missing(HedgeProgramme programme, BoundedProgramme built, ReadOnlySpan<double> values, double[] lots)
    {
        var lotVariables = 2 * lots.Length;
        return programme.RiskCost(lots) - Linear.Algebra.Dot(built.Costs.AsSpan(lotVariables), values[lotVariables..]);
    }

    private static Answer<GreekHedgeSolution> Infeasible(GreekHedgeProblem problem, HedgeProgramme programme)
    {
        var shortfalls = Shortfalls(problem, programme);
        var reason = shortfalls.Count == 0 ? "no lots keep all bounds, by less than can be measured"
            : string.Join("; ", shortfalls.Select(s => $"{s.Name} cannot come {Within(s)}: {Short(s.Reached)} is the nearest beside the other bounds"));
        return new Answer<GreekHedgeSolution>.Refused("Infeasible", reason);
    }

    private static IReadOnlyList<GreekShortfall> Shortfalls(GreekHedgeProblem problem, HedgeProgramme programme)
    {
        var elastic = programme.Elastic();
        var whole = new bool[elastic.Size];
        if (problem.WholeLots) whole.AsSpan(0, 2 * problem.Size).Fill(true);
        var found = BranchAndBound.Solve(elastic, whole, problem.MostNodes, Gap);
        if (!found.Found) return [];
        var (after, broken) = (problem.After(programme.Lots(found.Values)), programme.Broken(found.Values));
        return [.. Enumerable.Range(0, programme.ElasticRows).Where(i => Math.Abs(broken[i]) > 1e-7 * programme.Scale(i)).Select(i => i < problem.Greeks.Length
            ? new GreekShortfall(problem.Greeks[i].Name, problem.Greeks[i].Low, problem.Greeks[i].High, after[i], broken[i])
            : new GreekShortfall("margin", double.NegativeInfinity, problem.Margin!.Available, problem.Margin.Available + broken[i], broken[i]))];
    }

    private static IEnumerable<string> Notes(GreekHedgeProblem problem, GreekHedgeSolution s)
    {
        string[] disturbed = [.. problem.Greeks.Where((g, i) => g.Excess(g.Now) == 0 && s.Prices[i] > 0).Select(g => g.Name)];
        if (disturbed.Length > 0) yield return $"the cheapest trades for the other bounds alone would break {string.Join(" and ", disturbed)}, which kept its bounds before";
        if (problem.Costs.Any(c => c < 0)) yield return "rebates are counted as nothing, so that no trade is made for its rebate";
        if (s.Gap > 100 * Gap) yield return $"looking ended after {s.Nodes} programmes: another hedge may be cheaper, by {Short(s.Gap * Math.Max(1, s.Cost + s.RiskCost))} at most";
    }

    private static double CostOf(GreekHedgeProblem problem, double[] lots) => lots.Select((x, i) => Math.Abs(x) * problem.Cost(i)).Sum();

    private static string Within(GreekShortfall s) => double.IsNegativeInfinity(s.Low) ? $"to {Short(s.High)} or less" : double.IsPositiveInfinity(s.High) ? $"to {Short(s.Low)} or more" : $"within {Short(s.Low)} and {Short(s.High)}";

    private static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
