using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Margin;

namespace Ballast.Hedging;

/// <summary>One trade of a hedge.</summary>
/// <param name="Quantity">Above zero, in the venue's own quantity.</param>
/// <param name="Price">The mark that it was planned at, in the unit of the contract's price.</param>
/// <param name="Limit">The side of the market that it takes, on a tick: no worse is expected.</param>
/// <param name="Value">What changes hands or is taken on, in money.</param>
/// <param name="Fee">In money.</param>
/// <param name="Slippage">Half the spread, in money.</param>
/// <param name="Delta">Coins that it adds to delta.</param>
/// <param name="Reason">What it is for, in words.</param>
public sealed record HedgeTrade(
    int Number, Instrument.Derivative Contract, bool Buys, decimal Quantity, decimal Price, decimal Limit, decimal Value, decimal Fee, decimal Slippage, double Delta, string Reason)
{
    public decimal Cost => Fee + Slippage;

    public decimal Signed => Buys ? Quantity : -Quantity;
}

/// <summary>Where delta may be without a trade, in coins, and where that comes from.</summary>
/// <param name="Low">The lower edge.</param>
/// <param name="High">The upper edge.</param>
/// <param name="Half">The width of one side (the wider one).</param>
public sealed record DeltaEdges(double Low, double High, double Half, string Why);

/// <summary>What came of one look at a book: what to trade, or why nothing.</summary>
/// <param name="Reason">The sentence that a person reads first.</param>
/// <param name="Trades">In the order to send them.</param>
/// <param name="Before">The account as it is.</param>
/// <param name="After">The account after the trades at their prices, fees paid.</param>
/// <param name="Band">Null where delta is free or has no band.</param>
/// <param name="LeftOut">Contracts that the rules name and that could not be used, counted by code.</param>
public sealed record HedgePlan(
    string Reason, ImmutableArray<HedgeTrade> Trades, AccountLook Before, AccountLook After, DeltaEdges? Band, ImmutableArray<(string Code, int Count)> LeftOut)
{
    /// <summary>What every rule said, in the order of the file.</summary>
    public ImmutableArray<(Triggers.ITrigger Rule, Triggers.TriggerResult Result)> Answers { get; init; } = [];

    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>One-way cost of a delta trade as a fraction of what is traded, by the cheapest contract; null where there is none.</summary>
    public double? CostOfDelta { get; init; }

    /// <summary>Half of what the finest lot moves delta by, in coins: nearer than that no trade comes to a point.</summary>
    public double Reach { get; init; }

    /// <summary>The book after the trades, their costs paid.</summary>
    public required PositionBook Book { get; init; }

    /// <summary>What bands of half, one and two times the width would cost and leave; empty without a band.</summary>
    public ImmutableArray<BandPrice> Prices { get; init; } = [];

    /// <summary>Margin and delta at every step of the trades; null without a preset, or without trades.</summary>
    public LegRoute? Route { get; init; }

    /// <summary>What to close first, because more margin is in use than the policy allows; margin comes before any hedge.</summary>
    public ImmutableArray<ReliefStep> Relief { get; init; } = [];

    public decimal Cost => Trades.Sum(t => t.Cost);
}
