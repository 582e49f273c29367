using Ballast.Market;
using Ballast.Money;

namespace Ballast.Costs;

/// <summary>What a trade is expected to cost: used by the planner and by the back-test alike, so that what was planned is what is charged.</summary>
/// <param name="Fee">Fraction of traded value, one side.</param>
/// <param name="Spread">Bid to ask as a fraction of the price; a trade pays half.</param>
/// <param name="Slippage">Further fraction of traded value.</param>
/// <param name="Minimum">Least fee of one trade.</param>
/// <param name="Fixed">Paid for each trade besides (gas too).</param>
/// <param name="Impact">k of the square-root law: k · daily volatility · √(traded value / daily volume), as a fraction of traded value; 0 for none.</param>
/// <param name="FeeAsset">A third asset in which fees are paid while there is enough of it; null: the instrument's own rule.</param>
public sealed record CostRules(decimal Fee, decimal Spread, decimal Slippage, Amount Minimum, Amount Fixed, double Impact, Asset? FeeAsset)
{
    public static CostRules None { get; } = new(0, 0, 0, default, default, 0, null);

    /// <summary>What contracts cost; null where nothing is said of them, and then they cost what everything does.</summary>
    public ContractFees? Contracts { get; init; }

    /// <summary>What contracts cost, said or not.</summary>
    public ContractFees ContractsOrAll => Contracts ?? new(Fee, Fee, Fee, 1m);

    /// <summary>Proportional cost of a trade, one side: κ in the formulas.</summary>
    public decimal Rate => Fee + Spread / 2 + Slippage;

    /// <summary>Whether value traded is all that matters: the case that has an exact solution in one step.</summary>
    public bool ProportionalOnly => Minimum.Value == 0 && Fixed.Value == 0 && Impact == 0;

    /// <summary>The same rules with their amounts in one asset, at the prices of a snapshot; an amount that cannot be converted throws.</summary>
    public CostRules In(Asset unit, MarketSnapshot market) => this with { Minimum = market.Convert(Minimum, unit), Fixed = market.Convert(Fixed, unit) };

    /// <summary>The fee that the venue takes for a trade of this value; all in the asset that <see cref="In"/> was given.</summary>
    public decimal FeeOf(decimal value) => Math.Max(Minimum.Value, Fee * Math.Abs(value)) + Fixed.Value;

    /// <summary>All of the cost of a trade of this value, impact excepted.</summary>
    public decimal CostOf(decimal value) => FeeOf(value) + (Spread / 2 + Slippage) * Math.Abs(value);
}
