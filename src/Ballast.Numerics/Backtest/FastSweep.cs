using System.Collections.Immutable;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// Many policies over one history. Policies that differ in their bands alone run eight to a vector, sixteen to a unit; all others
/// run one by one. Units are independent and are fixed by the policies, so any number of cores returns the same bytes.
/// </summary>
public sealed class FastSweep
{
    private readonly PriceMatrix _prices;
    private readonly IReadOnlyList<FastPolicy> _policies;
    private readonly int[][] _units;

    private FastSweep(PriceMatrix prices, IReadOnlyList<FastPolicy> policies, int[][] units) => (_prices, _policies, _units) = (prices, policies, units);

    /// <summary>How many pieces the work has; give each to one core.</summary>
    public int Units => _units.Length;

    /// <summary>Checks the policies and plans the units. Throws where a policy does not fit the prices.</summary>
    public static FastSweep Plan(PriceMatrix prices, IReadOnlyList<FastPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(policies);
        foreach (var policy in policies) PolicyCheck.Check(policy, prices);
        var together = new Dictionary<LaneKey, List<int>>();
        var units = new List<int[]>();
        for (var k = 0; k < policies.Count; k++)
        {
            if (!SweepKernel.CanRun(policies[k])) units.Add([k]);
            else if (together.TryGetValue(new(policies[k]), out var lanes)) lanes.Add(k);
            else together.Add(new(policies[k]), [k]);
        }
        // A dictionary's order is an accident: the order of the units is that of their first policies.
        units.AddRange(together.Values.SelectMany(lanes => lanes.Chunk(SweepKernel.Lanes)));
        return new(prices, policies, [.. units.OrderBy(unit => unit[0])]);
    }

    /// <summary>All policies on the calling thread; results in their order.</summary>
    public static FastResult[] Run(PriceMatrix prices, IReadOnlyList<FastPolicy> policies)
    {
        var plan = Plan(prices, policies);
        var results = new FastResult[policies.Count];
        for (var unit = 0; unit < plan.Units; unit++) plan.RunUnit(unit, results);
        return results;
    }

    /// <summary>Runs one unit and writes the results of its policies, at their places, into an array of one place per policy.</summary>
    public void RunUnit(int unit, FastResult[] results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Length != _policies.Count) throw new ArgumentException($"{results.Length} places for {_policies.Count} policies", nameof(results));
        var lanes = _units[unit];
        if (SweepKernel.CanRun(_policies[lanes[0]])) SweepKernel.Run(_prices, _policies, lanes, results);
        else results[lanes[0]] = FastBacktest.Run(_prices, _policies[lanes[0]], new double[_prices.Bars]);
    }

    /// <summary>Everything of a policy but the edges of its bands.</summary>
    private readonly struct LaneKey(FastPolicy policy) : IEquatable<LaneKey>
    {
        private readonly FastPolicy _policy = policy;

        public bool Equals(LaneKey other)
        {
            var (a, b) = (_policy, other._policy);
            return a.StartValue == b.StartValue && a.CashTarget == b.CashTarget && a.Fill == b.Fill && a.Initial == b.Initial && a.Sizing == b.Sizing
                && a.LastBarTrades == b.LastBarTrades && Equals(a.Look, b.Look) && Equals(a.Act, b.Act)
                && Same(a.Weights, b.Weights) && Same(a.CostRates, b.CostRates);
        }

        public override bool Equals(object? obj) => obj is LaneKey key && Equals(key);

        public override int GetHashCode() => HashCode.Combine(_policy.StartValue, _policy.Look, _policy.Act, _policy.Fill, _policy.Weights[0], _policy.CostRates[0]);

        private static bool Same(ImmutableArray<double> a, ImmutableArray<double> b) => a == b || a.AsSpan().SequenceEqual(b.AsSpan());
    }
}
