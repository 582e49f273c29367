using System.Globalization;
using Ballast.Numerics.Execution;
using Ballast.Numerics.Options;
using Ballast.Numerics.Random;

namespace Ballast.Benchmarks;

/// <summary>Row P4: delta, gamma and vega brought within their bounds at once with 199 options and a perpetual, in milliseconds; first relaxed, then in whole lots.</summary>
internal static class HedgeRows
{
    private const double Forward = 60_000;

    /// <summary>False when a bound is broken, or a cost is not that of the other solver.</summary>
    public static bool Run(string wanted)
    {
        if (!"P4".Contains(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        Machine.UseOneCore();
        var problems = Enumerable.Range(1, 4).ToDictionary(seed => seed, seed => Problem((ulong)seed));
        var peers = Written(problems, Peers.OfHedges);
        Console.WriteLine("row   hedge               cost       ms   goal   programmes   gap     other solver   ms      off");
        return problems.All(p => Time(p.Key, p.Value, peers));
    }

    private static bool Time(int seed, GreekHedgeProblem problem, IReadOnlyList<Peer> peers)
    {
        var whole = Say("whole", seed, problem, peers, 2e-6, "");
        return Say("relaxed", seed, problem with { WholeLots = false }, peers, 1e-10, "20") && whole;
    }

    private static bool Say(string kind, int seed, GreekHedgeProblem problem, IReadOnlyList<Peer> peers, double tolerance, string goal)
    {
        var (found, peer) = (GreekHedge.Solve(problem).OrThrow(), peers.FirstOrDefault(p => p.Name == kind && p.Assets == seed));
        var (kept, off) = (problem.Greeks.Zip(found.After).All(g => Math.Abs(g.First.Excess(g.Second)) <= 1e-6), peer is null ? 0 : found.Cost / peer.Objective - 1);
        if (kept && Math.Abs(off) <= Math.Max(tolerance, found.Gap))
        {
            Console.WriteLine($"P4    {seed} {kind,-10} {found.Cost,12:F3} {Timing.Cpu(() => GreekHedge.Solve(problem), 5),8:F3} {goal,6} {found.Nodes,12}   {found.Gap:E1} {peer?.Objective,12:F3} {peer?.Ms,8:F2} {off,9:E1}");
            return true;
        }
        Console.WriteLine($"P4: hedge {seed}, {kind}: {(kept ? $"costs {found.Cost:R} where another solver finds {peer!.Objective:R}" : "breaks a bound")}");
        return false;
    }

    /// <summary>What another program says of the same numbers.</summary>
    private static IReadOnlyList<Peer> Written(IReadOnlyDictionary<int, GreekHedgeProblem> problems, Func<string, IReadOnlyList<Peer>> ask)
    {
        var folder = Directory.CreateTempSubdirectory("ballast-hedges");
        string Row(IEnumerable<double> numbers) => string.Join(' ', numbers.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        foreach (var (seed, p) in problems)
            File.WriteAllLines(Path.Combine(folder.FullName, $"hedge{seed}.txt"), [.. p.Greeks.Select(g => Row([g.Now, g.Low, g.High, .. g.PerLot])), Row(p.Costs), Row(p.MostBought)]);
        var answers = ask(folder.FullName);
        folder.Delete(recursive: true);
        return answers;
    }

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
