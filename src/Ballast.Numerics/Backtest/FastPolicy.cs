using System.Collections.Immutable;

namespace Ballast.Numerics.Backtest;

/// <summary>How far a rebalance goes: to the targets, part of the way, or to the nearest point inside the bands.</summary>
public enum Destination { Target, Halfway, BandEdge }

/// <summary>Whether targets are weights of the value after its costs (solved exactly) or before (the fee comes out of cash).</summary>
public enum Sizing { AfterCosts, BeforeCosts }

/// <summary>When and at what price a decision of a bar's close is filled.</summary>
public enum Fill { Close, NextClose, NextOpen }

/// <summary>What the purchase at the first close costs; <see cref="None"/> waits in cash for the first decision.</summary>
public enum InitialPurchase { Free, Charged, None }

/// <summary>No-trade band per asset as absolute weights (shape n), and of cash where it has a target; every rule of drift is a pair of edges.</summary>
/// <remarks>Edges beyond [0, 1] are clipped to it: the fast path is long-only.</remarks>
public sealed record WeightBands
{
    public WeightBands(ImmutableArray<double> lower, ImmutableArray<double> upper, double cashLower = 0, double cashUpper = 1)
    {
        (Lower, CashLower) = (lower.IsDefault ? lower : [.. lower.Select(Clip)], Clip(cashLower));
        (Upper, CashUpper) = (upper.IsDefault ? upper : [.. upper.Select(Clip)], Clip(cashUpper));
    }

    public ImmutableArray<double> Lower { get; }

    public ImmutableArray<double> Upper { get; }

    public double CashLower { get; }

    public double CashUpper { get; }

    /// <summary>A weight on its edge, or closer to it than this, is not a breach.</summary>
    public const double Tolerance = 1e-12;

    // Not Math.Clamp: an edge that is not a number has to stay one, so that the check of the policy refuses it.
    private static double Clip(double edge) => edge < 0 ? 0 : edge > 1 ? 1 : edge;
}

/// <summary>
/// Exactly what the fast path can run: long-only constant targets over complete prices.
/// At bars of <see cref="Act"/> it trades to target; at bars of <see cref="Look"/> it trades to <see cref="Destination"/> when a weight
/// has left its band. So "any of a date and a band" is both sets, and "a date and a band" is the dates as <see cref="Look"/>.
/// </summary>
public sealed record FastPolicy
{
    /// <summary>Target weights, shape n, none negative, sum at most 1.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>Weight of the base asset where the portfolio names it; null where cash is the rest, has no band, and is no reason to trade.</summary>
    public double? CashTarget { get; init; }

    public WeightBands? Bands { get; init; }

    /// <summary>Bars whose close is compared with the bands; null: none.</summary>
    public BarSet? Look { get; init; }

    /// <summary>Bars whose close trades whatever the weights are; null: none.</summary>
    public BarSet? Act { get; init; }

    public Destination Destination { get; init; } = Destination.Target;

    /// <summary>Part of the way that <see cref="Destination.Halfway"/> goes, in [0, 1].</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>One-way cost as a fraction of traded value, shape n.</summary>
    public required ImmutableArray<double> CostRates { get; init; }

    public Sizing Sizing { get; init; } = Sizing.AfterCosts;

    public Fill Fill { get; init; } = Fill.NextClose;

    public InitialPurchase Initial { get; init; } = InitialPurchase.Charged;

    /// <summary>Whether a trigger of the final close trades at that close; later fills of it never happen.</summary>
    public bool LastBarTrades { get; init; }

    public double StartValue { get; init; } = 10_000;

    /// <summary>Decisions are taken at bars before this one.</summary>
    internal int DecisionsEnd(int bars) => Fill == Fill.Close && LastBarTrades ? bars : bars - 1;
}
