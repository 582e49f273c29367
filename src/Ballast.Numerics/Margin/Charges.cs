namespace Ballast.Numerics.Margin;

/// <summary>What is charged for expiries that may move apart: for each expiry |net delta| × max(least, e^(annual × years) − 1).</summary>
public sealed record RollCharge(double Annual, double Least)
{
    public double Rate(double years) => Math.Max(Least, Math.Exp(Annual * years) - 1);
}

/// <summary>What is charged for more delta than a market takes at once.</summary>
/// <param name="Threshold">Money of delta that is free.</param>
/// <param name="PerCoin">The fraction of the excess that is charged, for each coin of delta.</param>
/// <param name="Most">The largest charge, a fraction of the delta's value.</param>
public sealed record LiquidityCharge(double Threshold, double PerCoin, double Most)
{
    /// <summary>The delta that counts, in coins: long options may make the shocked delta of the rest smaller, never larger or turn it round.</summary>
    public static double Shocked(double longOptions, double others) =>
        others < 0 ? Math.Min(Math.Max(longOptions + others, others), 0) : Math.Max(Math.Min(longOptions + others, others), 0);

    /// <summary>The charge in money.</summary>
    public double Of(double shockedCoins, double index)
    {
        var value = Math.Abs(shockedCoins) * index;
        return Math.Min(Math.Max(value - Threshold, 0) * PerCoin * Math.Abs(shockedCoins), Most * value);
    }
}

/// <summary>The least that is asked for, in money, whatever the scenarios say; parts add up.</summary>
/// <param name="PerOption">Money for each coin of an option, long or short.</param>
/// <param name="PerShortOption">Money for each coin of a short option.</param>
/// <param name="Net">A fraction of the value of the net delta.</param>
/// <param name="Hedged">A fraction of the value of the delta that is hedged: half of gross less net.</param>
public sealed record MinimumCharge(double PerOption = 0, double PerShortOption = 0, double Net = 0, double Hedged = 0);
