using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks;

/// <summary>Rows P5 to P7: margin of 500 positions in 35 scenarios from nothing, with one leg more, and the search for what liquidates 200 positions.</summary>
internal static class MarginRows
{
    private const double Index = 60_000;

    private static readonly ScenarioRules Rules = new(ScenarioRules.Grid(0.16, 4, [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]), new(0.5, 0.25) { UpFloor = 0.5, ShortPower = 0.3, LongPower = 0.13 })
    {
        Edge = 0.16, Dampener = 100_000, Roll = new(0.075, 0.01), Liquidity = new(20_000_000, 5e-5, 0.1), MaintenanceFactor = 0.8, Decimals = 9,
    };

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        if (!new[] { "P5", "P6", "P7" }.Any(row => row.Contains(wanted, StringComparison.OrdinalIgnoreCase))) return true;
        Machine.UseOneCore();
        Console.WriteLine("row   what                                    result        CPU ms    goal");
        return Cold(wanted) & More(wanted) & Search(wanted);
    }

    private static bool Cold(string wanted)
    {
        if (!"P5".Contains(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        var (legs, margin) = (Legs(500), default(ScenarioMargin)!);
        void Act() => margin = new ScenarioBook(Rules, CountedIn.Coin, Index, legs).Margin;
        Act();
        var scalar = Enumerable.Range(0, Rules.Scenarios.Count).Max(s => Math.Abs(margin.Gains[s] - legs.Sum(l => Scalar(l, Rules.Scenarios[s]))));
        return Say("P5", "margin, 500 positions x 35 scenarios", margin.Risk, scalar, 1e-9, Act, 2);
    }

    private static bool More(string wanted)
    {
        if (!"P6".Contains(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        Leg[] legs = Legs(501);
        var (book, margin) = (new ScenarioBook(Rules, CountedIn.Coin, Index, legs[..500]), default(ScenarioMargin)!);
        void Act() => margin = book.With(legs[500]);
        Act();
        return Say("P6", "what if: one leg more", margin.Risk, Math.Abs(margin.Risk - new ScenarioBook(Rules, CountedIn.Coin, Index, legs).Margin.Risk), 1e-9, Act, 0.020);
    }

    private static bool Search(string wanted)
    {
        if (!"P7".Contains(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        var standard = new StandardMargin(0.15, 0.10, 0.075, new(0.02, 5e-5), new(0.01, 5e-5));
        var account = new CrossAccount(CountedIn.Coin, Index, [.. Legs(200).Select(l => AccountLeg.Entered(l, l.Price))], [new(300, IsCoin: true)]);
        var (headroom, found) = (account.Headroom(standard), default(Liquidation)!);
        void Act() => found = LiquidationSearch.Of(headroom);
        Act();
        if (found.Below is not { } below) throw new InvalidOperationException("the account is never liquidated: nothing to time");
        Span<double> there = [0];
        headroom([below], there);
        return Say("P7", "liquidation search, 200 positions", below, Math.Abs(there[0]), 1e-6, Act, 5);
    }

    private static double Scalar(Leg leg, Scenario s)
    {
        var scale = s.Far ? s.Weight * (1 + s.Move) / (1 + Math.Sign(s.Move) * Rules.Edge) : 1;
        return scale * leg.Gain(s.Move, Rules.Volatility.At(s.Volatility, leg.Volatility, leg.Years), leg.Years);
    }

    /// <summary>One leg in ten a future, the others options of six expiries; from a seed.</summary>
    private static Leg[] Legs(int count)
    {
        var random = new Random(20261123);
        double[] years = [0.01, 0.05, 0.1, 0.25, 0.5, 1];
        return [.. Enumerable.Range(0, count).Select(i => i % 10 == 0
            ? new Leg(LegKind.InverseFuture, Math.Round(20 * random.NextDouble() - 10, 1), Index, years[random.Next(6)])
            : new Leg(LegKind.InverseOption, Math.Round(40 * random.NextDouble() - 20, 1), Index, years[random.Next(6)]) { Right = (OptionKind)random.Next(2), Strike = 1_000 * random.Next(30, 120), Volatility = 0.3 + 0.6 * random.NextDouble() })];
    }

    private static bool Say(string name, string what, double result, double off, double tolerance, Action act, double goal)
    {
        if (!(off <= tolerance))
        {
            Console.WriteLine($"{name}: off by {off:E1}, more than {tolerance:E1}");
            return false;
        }
        Console.WriteLine($"{name,-4}  {what,-36}{result,14:F6} {Timing.Cpu(act, 7),11:F4} {goal,7}");
        return true;
    }
}
