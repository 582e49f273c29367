using Ballast.Numerics.Clustering;
using Ballast.Numerics.Convex;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Optimisation;

namespace Ballast.Benchmarks;

/// <summary>Rows O1 to O7: checked against their results and against the peers that are installed, then timed.</summary>
/// <remarks>O1d agrees in cvxopt 1.3.0 and R quadprog 1.5-8; O4, Σw², in SciPy 1.10.1's linkage (PyPortfolioOpt's rule) and its spanning tree; O7 in cvxopt: peers/.</remarks>
internal static class OptimiserRows
{
    private static readonly Row[] All =
    [
        new("O1", 20, 0.0182327558789, 1e-13, 0.001, LeastVariance),
        new("O1", 100, 0.0128312900821, 1e-13, 0.008, LeastVariance),
        new("O1", 500, 0.0124153855469, 1e-13, 0.2, LeastVariance),
        new("O1w", 500, 0.0124153855469, 1e-13, 0.04, LeastVarianceAgain),
        new("O1d", 20, 0.0262318620260, 1e-13, 0.1, Capped),
        new("O1d", 100, 0.0180192863244, 1e-13, 0.5, Capped),
        new("O1d", 500, 0.0185166210995, 1e-13, 10, Capped),
        new("O2", 20, 0.07786105411128, 1e-13, 0.02, WithCosts),
        new("O2", 100, 0.01462303072705, 1e-13, 0.2, WithCosts),
        new("O2", 500, -0.00047754687674, 1e-13, 3, WithCosts),
        new("O3", 100, 0.225616665045, 2e-12, 0.04, EqualRisk),
        new("O3", 500, 0.228873187977, 2e-12, 0.4, EqualRisk),
        new("O4", 500, 0.00242985765529, 1e-14, 2, Tree),
        new("O5", 100, 29, 0, 0.3, WholeFrontier),
        new("O6", 50, 0.0227090471268, 1e-12, 3, LeastShortfall),
        new("O7", 5000, -0.00992290932773, 1e-12, double.NaN, ManyAssets),
    ];

    /// <summary>False when a result does not agree.</summary>
    public static bool Run(string wanted)
    {
        Machine.UseOneCore();
        var rows = All.Where(row => row.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (rows.Length == 0) return true;
        var peers = MarketTables.Folder is { } inputs ? Peers.Of(wanted, inputs) : [];
        Console.WriteLine("row      n      result                    ms   goal ms  reached   peers: ms, and ours as a part of it");
        return rows.Select(row => Measure(row, [.. peers.Where(peer => peer.Row == row.Name.TrimEnd('w') && peer.Assets == row.Assets)])).ToArray().All(agrees => agrees);
    }

    private static bool Measure(Row row, Peer[] peers)
    {
        if (row.Make(row.Assets) is not { } action)
        {
            Console.WriteLine($"{row.Name,-4}{row.Assets,6}      its input is not here: set BALLAST_BENCH");
            return true;
        }
        var result = action();
        if (!(Math.Abs(result - row.Result) <= row.Tolerance) || peers.Any(peer => !(Math.Abs(result - peer.Objective) <= 1e-8)))
        {
            Console.WriteLine($"{row.Name,-4}{row.Assets,6}  {result:R} is not {row.Result:R}, {string.Join(", ", peers.Select(peer => $"{peer.Name} {peer.Objective:R}"))}");
            return false;
        }
        for (var warm = 0; warm < 50; warm++) action();
        var time = Timing.Cpu(() => action(), 15);
        var beside = string.Join("  ", peers.Select(peer => $"{peer.Name} {peer.Ms:G3} {time / peer.Ms:G2}"));
        Console.WriteLine($"{row.Name,-4}{row.Assets,6}  {result,20:G14} {time,11:F4} {row.GoalMs,9}  {(double.IsNaN(row.GoalMs) ? "" : time <= row.GoalMs ? "yes" : "no"),-7}   {beside}");
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

    private static Func<double>? Tree(int assets) => Covariance(assets) is { } covariance ? () => HierarchicalRiskParity.Of(covariance).OrThrow().Weights.Sum(w => w * w) : null;

    /// <summary>Twenty factors from formulas, so that a peer has the same ones.</summary>
    private static Func<double> ManyAssets(int assets)
    {
        const int Factors = 20;
        var (exposures, variances, own, linear) = (new Matrix(assets, Factors), new Matrix(Factors, Factors), new double[assets], new double[assets]);
        for (var j = 0; j < Factors; j++) variances[j, j] = 0.04 / (j + 1);
        for (var i = 0; i < assets; i++)
        {
            for (var j = 0; j < Factors; j++) exposures[i, j] = Math.Cos(0.7 * ((i + 1) * (j + 1)));
            (own[i], linear[i]) = (0.02 * (1.2 + Math.Sin(i + 1)), -0.01 * Math.Sin(3.0 * (i + 1)));
        }
        return Objective(new(Curvature.OfFactors(exposures, variances, own), linear, Limits.Between(assets, 0, 0.01)));
    }

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
