namespace Ballast.Numerics.Hedging;

/// <summary>What a venue takes for a trade: a rate on the underlying's value and, of options, no more than a share of the price.</summary>
/// <param name="Rate">Of the index or notional; below zero where the venue pays.</param>
/// <param name="Cap">The most, as a share of the option's price; null where nothing caps it.</param>
public readonly record struct TradingFee(double Rate, double? Cap = null)
{
    /// <summary>Of so many coins' worth of options: min(rate · index, cap · price) a coin, in the unit of both.</summary>
    /// <param name="index">The underlying's price; 1 for an option that is paid for in coin.</param>
    /// <param name="price">Of an option on one coin, not negative.</param>
    public double OfOption(double index, double price, double coins)
    {
        if (!(index > 0)) throw new ArgumentOutOfRangeException(nameof(index), index, "a price is above zero");
        if (!(price >= 0)) throw new ArgumentOutOfRangeException(nameof(price), price, "an option's price is not negative");
        var each = Rate * index;
        return Math.Abs(coins) * (Cap is { } cap ? Math.Min(each, cap * price) : each);
    }

    /// <summary>Of a future or spot trade, in the unit of its value.</summary>
    public double OfValue(double value) => Rate * Math.Abs(value);
}
