using Ballast.Costs;
using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Hedging;

/// <summary>A contract that may be traded for a hedge: what one lot of it costs and what it adds to the book.</summary>
/// <param name="Price">The mark, in coin for coin-settled options, in money for all others.</param>
/// <param name="HalfSpread">Half of bid to ask, in the unit of the price.</param>
/// <param name="CostPerLot">Half the spread and the fee, in money.</param>
/// <param name="Delta">Coins a lot adds to the delta in either numeraire: the premium of a coin-settled option is paid in coin.</param>
/// <param name="Gamma">Coins per 1 % of price.</param>
/// <param name="Vega">Money per point of volatility.</param>
public sealed record HedgeCandidate(Instrument.Derivative Contract, decimal Price, decimal HalfSpread, double CostPerLot, double Delta, double Gamma, double Vega)
{
    public bool IsOption => Contract is Instrument.Option;

    /// <summary>The cost as a fraction of the delta traded: λ of the formulas.</summary>
    public double CostOfDelta(decimal index) => CostPerLot / (Math.Abs(Delta) * (double)index);

    /// <summary>What the venue takes for so much of it, in the settlement unit.</summary>
    public decimal FeeOf(decimal quantity, ContractFees fees) => fees.Of(Contract, quantity, Price, Underlying, waits: false);

    /// <summary>The price of what it is on.</summary>
    public required decimal Underlying { get; init; }
}

/// <summary>Finds what a hedge may be made with.</summary>
public static class HedgeCandidates
{
    /// <summary>The contracts of a chain, and futures held or named outright, that the rules allow and the market offers; and what was left out, counted by reason.</summary>
    /// <param name="named">Contracts that the patterns name in full, which a chain of options need not have.</param>
    /// <param name="spread">Bid to ask as a fraction, where the market shows none.</param>
    public static (ImmutableArray<HedgeCandidate> Found, ImmutableArray<(string Code, int Count)> LeftOut) Of(
        HedgeRules rules, Exposure exposure, Chain chain, IEnumerable<Instrument.Derivative> named, ContractFees fees, decimal spread)
    {
        var left = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<HedgeCandidate>();
        var contracts = chain.Quotes.Select(q => q.Contract).Concat(named).Where(c => c.Base == exposure.Underlying).DistinctBy(c => c.Symbol).OrderBy(c => c.Symbol, StringComparer.Ordinal);
        foreach (var contract in contracts)
        {
            if (!rules.With.Any(w => w.Fits(contract.Symbol))) continue;
            var (candidate, code) = Of(contract, exposure, chain, fees, spread);
            if (candidate is not null) found.Add(candidate);
            else left[code] = left.GetValueOrDefault(code) + 1;
        }
        return (found.ToImmutable(), [.. left.Select(l => (l.Key, l.Value))]);
    }

    private static (HedgeCandidate?, string) Of(Instrument.Derivative contract, Exposure exposure, Chain chain, ContractFees fees, decimal spread)
    {
        if (contract.Rules.Lot == 0) return (null, "LOT_UNKNOWN");
        if (PositionPricer.Price(new Position(contract, contract.Rules.Lot, null, ""), chain) is not PricedPosition.Known lot) return (null, "NO_PRICE");
        var half = chain.Find(contract)?.HalfSpread ?? (contract is Instrument.Option ? null : lot.Mark * spread / 2);
        if (half is not { } halfSpread) return (null, "ONE_SIDED");
        var candidate = new HedgeCandidate(contract, lot.Mark, halfSpread, 0, lot.NetDelta, 0, 0) { Underlying = (decimal)lot.Leg.Price };
        var cost = contract.Coins(contract.Rules.Lot, lot.Mark) * halfSpread * ToMoney(contract, exposure, inCoin: contract.Inverse && contract is Instrument.Option)
            + candidate.FeeOf(contract.Rules.Lot, fees) * ToMoney(contract, exposure, contract.Inverse);
        var greeks = Sensitivities.Of([lot], (double)exposure.Index);
        return (candidate with { CostPerLot = (double)cost, Gamma = greeks.GammaCoins, Vega = greeks.VegaPoint }, "");
    }

    private static decimal ToMoney(Instrument.Derivative contract, Exposure exposure, bool inCoin) => inCoin ? exposure.Index : 1m;
}
