using Ballast.Costs;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Engine.Venues;

/// <summary>By what a paper venue trades.</summary>
/// <param name="Costs">What it charges.</param>
/// <param name="Find">The contract of a symbol; null where it is none, as of every spot pair.</param>
/// <param name="Index">The price of a coin in money, as last seen; null where it never was.</param>
public sealed record PaperTerms(CostRules Costs, Func<string, Instrument.Derivative?> Find, Func<Asset, decimal?> Index)
{
    /// <summary>What it charges for so much of a contract, in its settlement asset, to eight places.</summary>
    public decimal Fee(Instrument.Derivative contract, decimal quantity, decimal price, bool maker) =>
        Math.Round(Costs.ContractsOrAll.Of(contract, quantity, price, Index(contract.Base) ?? price, maker), 8);

    /// <summary>For an account of spot pairs only.</summary>
    public static PaperTerms Spot(CostRules costs) => new(costs, _ => null, _ => null);
}
