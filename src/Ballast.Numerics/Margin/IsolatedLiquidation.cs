namespace Ballast.Numerics.Margin;

/// <summary>The price at which one position that is secured by its own margin is liquidated.</summary>
public static class IsolatedLiquidation
{
    /// <summary>A position settled in money: margin + q(P − entry) = rate |q| P − deduction.</summary>
    /// <param name="coins">q: signed.</param>
    /// <param name="margin">Money, not negative.</param>
    /// <returns>The price, or null where no price above zero liquidates. Of several tiers' roots the nearest to the entry counts.</returns>
    public static double? Linear(double coins, double entry, double margin, MaintenanceTiers tiers)
    {
        Check(coins, entry, margin);
        return Nearest(tiers, entry, tier => (margin - coins * entry + tier.Deduction) / (tier.Rate * Math.Abs(coins) - coins), price => Math.Abs(coins) * price);
    }

    /// <summary>A position on so much money that is settled in coin: margin + N(1/entry − 1/P) = rate |N|/P − deduction/P.</summary>
    /// <param name="money">N: signed.</param>
    /// <param name="margin">Coins, not negative.</param>
    /// <returns>The price, or null: a short that its coins cover whole is never liquidated.</returns>
    public static double? Inverse(double money, double entry, double margin, MaintenanceTiers tiers)
    {
        Check(money, entry, margin);
        return Nearest(tiers, entry, tier => (money + tier.Rate * Math.Abs(money) - tier.Deduction) / (margin + money / entry), _ => Math.Abs(money));
    }

    /// <summary>The roots that are prices and lie in their own tier; the one nearest to the entry.</summary>
    private static double? Nearest(MaintenanceTiers tiers, double entry, Func<MaintenanceTier, double> root, Func<double, double> notional)
    {
        double? nearest = null;
        var from = 0.0;
        foreach (var tier in tiers.Tiers)
        {
            var price = root(tier);
            if (price > 0 && double.IsFinite(price) && notional(price) is var size && (size > from || from == 0) && size <= tier.UpTo
                && (nearest is not { } found || Math.Abs(price - entry) < Math.Abs(found - entry))) nearest = price;
            from = tier.UpTo;
        }
        return nearest;
    }

    private static void Check(double size, double entry, double margin)
    {
        if (size == 0 || !double.IsFinite(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "a position has a size");
        if (!(entry > 0 && double.IsFinite(entry))) throw new ArgumentOutOfRangeException(nameof(entry), entry, "an entry price is above zero");
        if (!(margin >= 0 && double.IsFinite(margin))) throw new ArgumentOutOfRangeException(nameof(margin), margin, "a margin is not negative");
    }
}
