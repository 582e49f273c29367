using Ballast.Numerics.Execution;
using Ballast.Numerics.Options;
using Ballast.Numerics.Random;

namespace Ballast.Benchmarks;

/// <summary>Row P4: delta, gamma and vega brought within their bounds at once with 199 options and a perpetual, in milliseconds; first relaxed, then in whole lots.</summary>
internal static class HedgeRows
{
    private const double Forward = 60_000;

    /// <summary>False when a bound is broken or the whole lots are cheaper than the relaxation.</summary>
    public static bool Run(string wanted)
    {
        if (!"P4".Contains(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        Machine.UseOneCore();
        Console.WriteLine("row   hedge            instruments         cost       ms   goal   programmes   gap");
        return Enumerable.Range(1, 3).All(seed => Time((ulong)seed));
    }

    private static bool Time(ulong seed)
    {
        var problem = Problem(seed);
        var (relaxed, whole) = (GreekHedge.Solve(problem with { WholeLots = false }).OrThrow(), GreekHedge.Solve(problem).OrThrow());
        if (relaxed.Cost > whole.Cost || new[] { relaxed, whole }.Any(s => problem.Greeks.Zip(s.After).Any(g => Math.Abs(g.First.Excess(g.Second)) > 1e-6)))
        {
            Console.WriteLine("P4: a bound is broken, or whole lots are cheaper than parts of lots");
            return false;
        }
        Say("relaxed", relaxed, "20", () => GreekHedge.Solve(problem with { WholeLots = false }));
        Say("whole lots", whole, "", () => GreekHedge.Solve(problem));
        return true;
    }

    private static void Say(string name, GreekHedgeSolution found, string goal, Action act) =>
        Console.WriteLine($"P4    {name,-14}{found.Lots.Length,14}  {found.Cost,11:F3} {Timing.Cpu(act, 5),8:F3} {goal,6} {found.Nodes,12}   {found.Gap:E1}");

    /// <summary>A chain of puts and calls over seven expiries with spreads that differ, caps that press, and a book to hedge.</summary>
    private static GreekHedgeProblem Problem(ulong seed)
    {
        var chance = new Xoshiro256(seed);
        var (delta, gamma, vega, costs, most) = (new double[200], new double[200], new double[200], new double[200], new double[200]);
        for (var i = 0; i < 199; i++)
        {
            var (years, moneyness, vol) = ((7 + 30 * (i % 7)) / 365.0, Math.Exp(0.8 * (chance.NextDouble() - 0.5)), 0.5 + 0.3 * chance.NextDouble());
            var value = BlackScholes.OnForward(i % 2 == 0 ? OptionKind.Call : OptionKind.Put, Forward, Forward * moneyness, years, 0, vol);
            (delta[i], gamma[i], vega[i]) = (0.1 * value.Delta, 0.1 * value.Gamma * Forward * Forward / 100, 0.1 * value.Vega / 100);
            (costs[i], most[i]) = (0.1 * (18 + 0.03 * value.Price * (0.5 + chance.NextDouble())), 20 + chance.NextInt(80));
        }
        (delta[199], costs[199], most[199]) = (0.001, 0.0306, 200_000);
        return new([new("delta", 3.7, delta, -0.05, 0.05), new("gamma", -52_000, gamma, -500, 500), new("vega", -14_500, vega, -250, 250)], costs, most, most);
    }
}
