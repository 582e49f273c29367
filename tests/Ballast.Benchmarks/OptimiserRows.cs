using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;

namespace Ballast.Benchmarks;

/// <summary>Rows O1 to O3, O5 and O6: checked against their results, then timed.</summary>
internal static class OptimiserRows
{
    private static readonly Row[] All =
    [
        new("O1", 20, 0.0182327558789, 1e-13, 0.001, LeastVariance),
        new("O1", 100, 0.0128312900821, 1e-13, 0.008, LeastVariance),
        new("O1", 500, 0.0124153855469, 1e-13, 0.2, LeastVariance),
        new("O1w", 500, 0.0124153855469, 1e-13, 0.04, LeastVarianceAgain),
        new("O1d", 20, double.NaN, 0, 0.1, Capped),
        new("O1d", 100, double.NaN, 0, 0.5, Capped),
        new("O1d", 500, double.NaN, 0, 10, Capped),
        new("O2", 20, 0.07786105411128, 1e-13, 0.02, WithCosts),
        new("O2", 100, 0.01462303072705, 1e-13, 0.2, WithCosts),
        new("O2", 500, -0.00047754687674, 1e-13, 3, WithCosts),
        new("O3", 100, 0.225616665045, 2e-12, 0.04, EqualRisk),
        new("O3", 500, 0.228873187977, 2e-12, 0.4, EqualRisk),
        new("O5", 100, 29, 0, 0.3, WholeFrontier),
        new("O6", 50, 0.0227090471268, 1e-12, 3, LeastShortfall),
    ];

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        Machine.UseOneCore();
        var rows = All.Where(row => row.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (rows.Length == 0) return true;
        Console.WriteLine("row   n      result                    ms   goal ms  reached");
        return rows.Select(Measure).ToArray().All(agrees => agrees);
    }

    private static bool Measure(Row row)
    {
        if (row.Make(row.Assets) is not { } action)
        {
            Console.WriteLine($"{row.Name,-4}{row.Assets,4}      its input is not here: set BALLAST_BENCH");
            return true;
        }
        var result = action();
        if (!double.IsNaN(row.Result) && !(Math.Abs(result - row.Result) <= row.Tolerance))
        {
            Console.WriteLine($"{row.Name,-4}{row.Assets,4}  {result:R} is not {row.Result:R}");
            return false;
        }
        for (var warm = 0; warm < 50; warm++) action();
        var time = Timing.Cpu(() => action(), 15);
        Console.WriteLine($"{row.Name,-4}{row.Assets,4}  {result,20:G14} {time,11:F4} {row.GoalMs,9}  {(time <= row.GoalMs ? "yes" : "no")}");
        return true;
    }

    private static Func<double>? LeastVariance(int assets)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, assets)];
        return Covariance(assets) is { } covariance ? () => 0.5 / LongOnlyWalk.Solve(covariance, ones)!.Value.Y.Sum() : null;
    }

    private static Func<double>? LeastVarianceAgain(int assets)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, assets)];
        if (Covariance(assets) is not { } covariance) return null;
        var support = LongOnlyWalk.Solve(covariance, ones)!.Value.Support;
        return () => 0.5 / LongOnlyWalk.Solve(covariance, ones, support)!.Value.Y.Sum();
    }

    private static Func<double>? Capped(int assets) => Covariance(assets) is { } covariance
        ? Objective(new(Curvature.Dense(covariance), new double[assets], Limits.Between(assets, 0, 2.0 / assets)))
        : null;

    private static Func<double>? WithCosts(int assets)
    {
        if (Covariance(assets) is not { } covariance || MarketTables.Column($"mu{assets}.csv") is not { } mean || MarketTables.Column($"w0_{assets}.csv") is not { } current) return null;
        var limits = Limits.Between(assets, 0, 4.0 / assets) with { Current = current, Turnover = 0.3 };
        return Objective(new(Curvature.Dense(covariance, 5), [.. mean.Select(m => -m)], limits) { Costs = [.. Enumerable.Repeat(0.001, assets)] });
    }

    private static Func<double>? EqualRisk(int assets) => Covariance(assets) is { } covariance ? () => RiskBudget.Equal(covariance).OrThrow().Objective : null;

    private static Func<double>? WholeFrontier(int assets)
    {
        var limits = Limits.LongOnlyOf(assets);
        return Covariance(assets) is { } covariance && MarketTables.Column($"mu{assets}.csv") is { } mean ? () => CriticalLine.Solve(covariance, mean, limits).OrThrow().Points.Count : null;
    }

    private static Func<double>? LeastShortfall(int assets)
    {
        var limits = Limits.LongOnlyOf(assets);
        return MarketTables.Table("R50.csv.gz", labelled: true) is { } returns ? () => ScenarioRisk.MinShortfall(returns, 0.95, limits).OrThrow().Portfolio.Objective : null;
    }

    private static Func<double> Objective(PortfolioProblem problem) => () => PortfolioSolver.Solve(problem).Objective;

    private static Matrix? Covariance(int assets) => MarketTables.Table($"S{assets}.csv.gz", labelled: false);

    private sealed record Row(string Name, int Assets, double Result, double Tolerance, double GoalMs, Func<int, Func<double>?> Make);
}
