namespace Ballast.Numerics.Futures;

/// <summary>A perpetual or dated future on an amount of money, settled in coin: it gains fewer coins the higher the price.</summary>
/// <param name="Notional">N, in money, signed: contracts times contract size.</param>
/// <param name="Entry">E, the average price it was entered at, above zero.</param>
public readonly record struct InverseFuture(double Notional, double Entry)
{
    /// <summary>The gain in coins at a mark X: N (1/E − 1/X).</summary>
    public double GainInCoin(double mark) => Notional / Price.Checked(Entry) * ((Price.Checked(mark) - Entry) / mark);

    /// <summary>The same valued at the mark: N (X/E − 1).</summary>
    public double Gain(double mark) => Notional * ((Price.Checked(mark) - Price.Checked(Entry)) / Entry);

    /// <summary>N/X: the delta to report, in coins, where gains up to now are counted in the equity.</summary>
    public double Coins(double mark) => Notional / Price.Checked(mark);

    /// <summary>d(gain in money)/dX = N/E: <see cref="Coins"/> and the coins gained up to now, which are an asset themselves. Report one or the other, never both.</summary>
    public double CoinsWithGain => Notional / Price.Checked(Entry);

    /// <summary>d(gain in coins)/dX = N/X².</summary>
    public double SlopeInCoin(double mark) => Coins(mark) / mark;

    /// <summary>d²(gain in coins)/dX² = −2N/X³: who is long loses coins faster the lower the price.</summary>
    public double CurvatureInCoin(double mark) => -2 * SlopeInCoin(mark) / mark;

    /// <summary>The short position that makes so many coins a fixed amount of money.</summary>
    public static InverseFuture Freezing(double coins, double mark) => new(-coins * Price.Checked(mark), mark);

    /// <summary>Positions taken together, which gain the same at every price: E = ΣN / Σ(N/E), the harmonic mean; what is of size 0 is passed over.</summary>
    public static InverseFuture Together(IReadOnlyList<InverseFuture> parts)
    {
        var (money, coins) = (0.0, 0.0);
        foreach (var part in parts)
        {
            if (part.Notional == 0) continue;
            money += part.Notional;
            coins += part.CoinsWithGain;
        }
        return new(money, money == 0 ? 0 : money / coins);
    }
}
