using Ballast.Market;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Attribution;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;
using Ballast.Targets;

namespace Ballast.Engine.Backtests;

/// <summary>Why a run ended elsewhere than holding did: Brinson and Fachler's effects of every bar, linked by Cariño, so that all parts sum to the difference.</summary>
/// <remarks>The weights of a bar are those at the close before; what trades within the bar changed stands under <see cref="Rest"/>.</remarks>
/// <param name="Total">Compounded return of the policy less that of holding.</param>
/// <param name="Assets">By asset: being over or under the weight that holding had. The asset's return is the same in both, so that there is nothing to select.</param>
/// <param name="Sleeves">The same by the first level of sleeves, where selection is what rebalancing did inside one; empty where there are none.</param>
/// <param name="Costs">What costs took, after the first purchase.</param>
/// <param name="Rest">Fills away from the close, interest, and money that came or went.</param>
/// <param name="Premium">What rebalancing these fixed targets every bar would have brought, per bar; null where targets are not fixed or prices are missing.</param>
public sealed record BacktestAttribution(
    double Total, ImmutableArray<Effect> Assets, ImmutableArray<Effect> Sleeves, double Costs, double Rest, RebalancingPremium? Premium)
{
    /// <returns>Null where the run kept no detail, there is nothing to hold beside it, or a return has no logarithm.</returns>
    public static BacktestAttribution? Of(BacktestStudy study)
    {
        var run = study.Run;
        if (run.Weights.IsEmpty || run.Equity.Length < 2 || HoldBenchmark.Path(study.Policy, study.History, study.Settings, run) is not { } hold) return null;
        var (own, held) = (run.Returns(), (run with { Equity = hold.Equity }).Returns());
        if (Carino.Of(own, held) is not Answer<Carino>.Found(var link)) return null;
        var bars = new Bars(run, hold.Weights, Returns(study), link);
        var assets = bars.Effects([.. run.Assets.Select((a, i) => (a.Code, (int[])[i]))]);
        var costs = 0.0;
        foreach (var r in run.Rebalances.Where(r => r.Bar > 0)) costs -= link.Link(r.Bar - 1, [r.Cost / (run.Equity[r.Bar - 1] + run.Flows[r.Bar])])[0];
        return new BacktestAttribution(link.Total, assets, SleevesOf(study, run) is { Length: > 0 } sleeves ? bars.Effects(sleeves) : [], costs,
            link.Total - costs - assets.Sum(a => a.Allocation), PremiumOf(study));
    }

    /// <summary>Bar returns of each asset of the run; a missing price is carried, and cash returns nothing.</summary>
    private static double[][] Returns(BacktestStudy study)
    {
        var (first, _) = BacktestSpan.Of(study.History, study.Settings);
        return [.. study.Run.Assets.Select(a => Of(a == study.Policy.Base ? null : study.History.In(a, study.Policy.Base)))];

        double[] Of(PriceSeries? series)
        {
            var (returns, last) = (new double[study.Run.Equity.Length - 1], series?.Close[first] ?? double.NaN);
            for (var t = 0; series is not null && t < returns.Length; t++)
            {
                var next = series.Close[first + t + 1];
                if (last > 0 && next > 0) returns[t] = next / last - 1;
                if (next > 0) last = next;
            }
            return returns;
        }
    }

    /// <summary>The first level of sleeves, each with its assets; what no sleeve names stands by itself.</summary>
    private static (string, int[])[] SleevesOf(BacktestStudy study, BacktestResult run)
    {
        if (study.Policy.Targets is not TargetNode.Sleeves tree) return [];
        var named = tree.Parts.Select(p => (p.Name, Assets: p.Node.AllAssets.Select(a => run.Assets.IndexOf(a)).ToArray())).ToArray();
        // An asset of two sleeves cannot be told apart in what is held.
        if (named.SelectMany(n => n.Assets).GroupBy(i => i).Any(g => g.Count() > 1)) return [];
        var rest = Enumerable.Range(0, run.Assets.Length).Except(named.SelectMany(n => n.Assets)).ToArray();
        return [.. named, .. rest.Select(i => (run.Assets[i].Code, (int[])[i]))];
    }

    private static RebalancingPremium? PremiumOf(BacktestStudy study)
    {
        var (targets, _) = TargetResolver.Resolve(study.Policy.Targets, study.Policy.Base, null, 365);
        var (first, last) = BacktestSpan.Of(study.History, study.Settings);
        if (targets is null || last - first < 2) return null;
        var series = targets.Weights.Where(w => w.Asset != study.Policy.Base && w.Weight > 0).Select(w => (Prices: study.History.In(w.Asset, study.Policy.Base), Weight: (double)w.Weight)).ToArray();
        if (series.Any(s => s.Prices is null || s.Prices.Close.AsSpan(first, last - first + 1).Contains(double.NaN))) return null;
        var returns = new Matrix(last - first, series.Length + 1);
        for (var i = 0; i < series.Length; i++)
            for (var t = 0; t < returns.Rows; t++) returns[t, i] = series[i].Prices!.Close[first + t + 1] / series[i].Prices!.Close[first + t] - 1;
        double[] weights = [.. series.Select(s => s.Weight)];
        return RebalancingPremium.Of(returns, [.. weights, Math.Max(0, 1 - weights.Sum())], (double)study.Policy.Costs.Default.Rate);
    }

    private sealed class Bars(BacktestResult run, ImmutableArray<double[]> held, double[][] returns, Carino link)
    {
        /// <summary>The linked effects of groups of assets, which must be all of them.</summary>
        public ImmutableArray<Effect> Effects((string Name, int[] Assets)[] groups)
        {
            var sums = new double[3][];
            for (var e = 0; e < 3; e++) sums[e] = new double[groups.Length];
            for (var t = 0; t < returns[0].Length; t++)
            {
                var (own, ownReturns) = Of(run.Weights, groups, t);
                var (benchmark, benchmarkReturns) = Of(held, groups, t);
                for (var g = 0; g < groups.Length; g++)
                {
                    // A group that one of the two does not hold has the other's return: nothing was selected.
                    if (own[g] == 0) ownReturns[g] = benchmarkReturns[g];
                    else if (benchmark[g] == 0) benchmarkReturns[g] = ownReturns[g];
                }
                if (Brinson.Of(own, benchmark, ownReturns, benchmarkReturns) is not Answer<Brinson>.Found(var effects)) continue;
                double[][] linked = [link.Link(t, effects.AllocationBF), link.Link(t, effects.Selection), link.Link(t, effects.Interaction)];
                for (var e = 0; e < 3; e++)
                    for (var g = 0; g < groups.Length; g++) sums[e][g] += linked[e][g];
            }
            return [.. groups.Select((x, g) => new Effect(x.Name, sums[0][g], sums[1][g], sums[2][g]))];
        }

        private (double[] Weights, double[] Returns) Of(ImmutableArray<double[]> weights, (string Name, int[] Assets)[] groups, int t)
        {
            double[] sums = [.. groups.Select(g => g.Assets.Sum(i => weights[i][t]))];
            return (sums, [.. groups.Select((g, k) => g.Assets is [var only] ? returns[only][t] : sums[k] == 0 ? 0 : g.Assets.Sum(i => weights[i][t] * returns[i][t]) / sums[k])]);
        }
    }
}

/// <summary>One part's effects, linked over all bars, as parts of the difference in compounded return.</summary>
/// <param name="Allocation">Of holding more or less of it than the benchmark.</param>
/// <param name="Selection">Of what was held inside it.</param>
/// <param name="Interaction">Of both together.</param>
public sealed record Effect(string Name, double Allocation, double Selection, double Interaction);
