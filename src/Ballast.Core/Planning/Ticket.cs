using Ballast.Costs;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>One order before its quantity is known: how much value it should move, and what the venue accepts. Amounts are in base.</summary>
public sealed record Ticket
{
    /// <summary>Half the spread and the slippage.</summary>
    private readonly decimal _besides;

    public required Asset Asset { get; init; }
    public required Side Side { get; init; }

    /// <summary>Value to move, positive.</summary>
    public required decimal Want { get; init; }

    /// <summary>Base per unit.</summary>
    public required decimal Price { get; init; }
    public required decimal Lot { get; init; }
    public decimal MinQuantity { get; init; }

    /// <summary>Least value of an order: the venue's or the user's.</summary>
    public decimal MinValue { get; init; }

    /// <summary>Most that may be traded; null without a bound.</summary>
    public decimal? MaxQuantity { get; init; }

    /// <summary>A quantity that closes the position though it is no multiple of the lot; null where that does not arise.</summary>
    public decimal? Whole { get; init; }

    /// <summary>Which pot of cash it pays from or into.</summary>
    public int Pot { get; init; }
    public CostRules Costs
    {
        get;
        init => (field, _besides) = (value, value.Spread / 2 + value.Slippage);
    } = CostRules.None;

    /// <summary>Whether a buy's fee is kept back from what is bought.</summary>
    public bool FeeReceived { get; init; }

    /// <summary>Further cost by value: impact.</summary>
    public Func<decimal, decimal>? Impact { get; init; }

    public bool Buys => Side == Side.Buy;

    /// <summary>Least quantity of an order, in whole lots.</summary>
    public decimal Least
    {
        get
        {
            var least = Math.Max(Lot, MinQuantity);
            if (MinValue > least * Price) least = MinValue / Price;
            return Math.Ceiling(least / Lot) * Lot is var lots && lots * Price < MinValue ? lots + Lot : lots;
        }
    }

    /// <summary>Value to order, so that what is received after a fee kept back is what is wanted.</summary>
    public decimal ToOrder => !FeeReceived || Costs.Fee >= 1 ? Want
        : Math.Max((Want + Costs.Fixed.Value) / (1 - Costs.Fee), Want + Costs.Minimum.Value + Costs.Fixed.Value);

    public decimal Cost(decimal quantity) =>
        quantity == 0 ? 0 : CostOfValue(quantity * Price);

    /// <summary>Cash that it brings, or takes when negative.</summary>
    public decimal Cash(decimal quantity) =>
        quantity == 0 ? 0 : CashOfValue(quantity * Price);

    private decimal CostOfValue(decimal value) => Costs.FeeOf(value) + _besides * value + (Impact?.Invoke(value) ?? 0);

    private decimal CashOfValue(decimal value) =>
        !Buys ? value - CostOfValue(value) : (FeeReceived ? Costs.FeeOf(value) : 0) - value - CostOfValue(value);

    /// <summary>Distance from what is wanted, and cost: what a choice of quantities is to make least.</summary>
    public decimal Loss(decimal quantity) =>
        Math.Abs(quantity * Price - (FeeReceived && quantity != 0 ? Costs.FeeOf(quantity * Price) : 0) - Want) + Cost(quantity);

    /// <summary>The largest whole lots whose value, and whose cash where it is a buy, stay within bounds; 0 below the least order.</summary>
    public decimal Within(decimal value, decimal cash)
    {
        var bound = Math.Max(0, value) / Price;
        if (MaxQuantity is { } most && most < bound) bound = most;
        if (Buys && -Cash(bound) > cash) bound = Math.Min(bound, AffordableFor(cash));
        var lots = WholeLots(bound);
        while (Buys && lots > 0 && -Cash(lots) > cash) lots -= Lot;
        return lots >= Least ? lots : 0;
    }

    /// <summary>Rounded down, but for what lies a billionth of a lot below the next: that is a division's last digit.</summary>
    public decimal WholeLots(decimal quantity) =>
        decimal.Truncate(quantity / Lot + 0.000000001m) * Lot is var lots && lots > MaxQuantity ? lots - Lot : lots;

    /// <summary>An upper bound from the proportional costs alone; the minimum and fixed parts are checked lot by lot.</summary>
    private decimal AffordableFor(decimal cash)
    {
        var fixedPart = Math.Max(0, cash - Costs.Fixed.Value);
        var rate = FeeReceived ? Costs.Rate - Costs.Fee : Costs.Rate;
        var bound = fixedPart / (Price * (1 + rate));
        return Costs.Minimum.Value > Costs.Fee * bound * Price && !FeeReceived
            ? Math.Max(0, fixedPart - Costs.Minimum.Value) / (Price * (1 + rate - Costs.Fee)) : bound;
    }
}
