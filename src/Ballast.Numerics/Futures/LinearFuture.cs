namespace Ballast.Numerics.Futures;

/// <summary>A perpetual or dated future on coins, settled in money.</summary>
/// <param name="Quantity">Coins, signed: contracts times multiplier.</param>
/// <param name="Entry">The average price it was entered at, above zero.</param>
public readonly record struct LinearFuture(double Quantity, double Entry)
{
    /// <summary>The gain in money at a mark: q (X − E).</summary>
    public double Gain(double mark) => Quantity * (Price.Checked(mark) - Price.Checked(Entry));

    /// <summary>The same counted in coins at the mark.</summary>
    public double GainInCoin(double mark) => Gain(mark) / mark;

    /// <summary>Positions taken together: arithmetic mean of the entries; what is of size 0 is passed over.</summary>
    public static LinearFuture Together(IReadOnlyList<LinearFuture> parts)
    {
        var (coins, money) = (0.0, 0.0);
        foreach (var part in parts)
        {
            if (part.Quantity == 0) continue;
            coins += part.Quantity;
            money += part.Quantity * Price.Checked(part.Entry);
        }
        return new(coins, coins == 0 ? 0 : money / coins);
    }
}
