using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Engine.Backtests;

/// <summary>What a policy did in history, bar by bar. Figures are made from this; it makes none itself.</summary>
/// <param name="Engine">Which engine ran: the exact planner, or arrays.</param>
/// <param name="Opens">Opening times of the bars that were run.</param>
/// <param name="Equity">Value at each close, in the base asset.</param>
/// <param name="Flows">Deposits less withdrawals at each bar's start.</param>
/// <param name="Costs">All costs paid, in the base asset.</param>
/// <param name="Turnover">Σ over rebalances of Σ|trade| / value before, both sides.</param>
public sealed record BacktestResult(
    string Engine, ImmutableArray<Instant> Opens, double[] Equity, double[] Flows,
    ImmutableArray<Rebalanced> Rebalances, double Costs, double Turnover)
{
    /// <summary>Return of each bar but the first, flows at the bar's start left out: V_t / (V_{t−1} + F_t) − 1.</summary>
    public double[] Returns()
    {
        var returns = new double[Equity.Length - 1];
        for (var t = 1; t < Equity.Length; t++) returns[t - 1] = Equity[t] / (Equity[t - 1] + Flows[t]) - 1;
        return returns;
    }

    public int TradeCount { get; init; }

    /// <summary>Trades with their fills, in order; empty unless detail was kept.</summary>
    public ImmutableArray<Filled> Fills { get; init; } = [];

    /// <summary>The assets of <see cref="Weights"/>; empty unless detail was kept.</summary>
    public ImmutableArray<Asset> Assets { get; init; } = [];

    /// <summary>Weight of each asset at each close, an array an asset.</summary>
    public ImmutableArray<double[]> Weights { get; init; } = [];

    /// <summary>The bands at the last look; null where no rule has one.</summary>
    public Triggers.BandSet? Bands { get; init; }

    /// <summary>The targets at the last look.</summary>
    public Targets.TargetSet? Targets { get; init; }

    /// <summary>Share of bars at whose close some rule with a band was outside it; null where there is none.</summary>
    public double? TimeOutside { get; init; }

    /// <summary>What a reader should know: delistings, gaps, rules that could not be measured.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The quantities that the first purchase left, and the cash; for holding them ever after.</summary>
    public ImmutableSortedDictionary<Asset, double> FirstHoldings { get; init; } = ImmutableSortedDictionary<Asset, double>.Empty;

    /// <summary>The bar of the first purchase; −1 where there was none.</summary>
    public int FirstBar { get; init; } = -1;

    /// <summary>What is held at the end.</summary>
    public Ballast.Holdings.Book? Book { get; init; }

    public Plan? LastPlan { get; init; }
}

/// <summary>One rebalance: when, why, and how much it traded and cost.</summary>
public sealed record Rebalanced(int Bar, Instant At, string Reason, double Turnover, double Cost);

/// <summary>One fill.</summary>
/// <param name="Price">In the base asset.</param>
/// <param name="Cost">All that the trade cost, in the base asset.</param>
public sealed record Filled(int Bar, Instant At, Side Side, Asset Asset, decimal Quantity, decimal Price, decimal Value, decimal Cost, string Reason);
