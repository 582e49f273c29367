namespace Ballast.Numerics.Convexity;

/// <summary>What a hedged book's curvature earns or costs while prices move more or less than its options expect.</summary>
public static class GammaCarry
{
    /// <summary>Expected gain a day: ½ΓS²(σ²realised − σ²implied)/365.</summary>
    /// <param name="gamma">Γ in coins for 1.00 of price, of the whole book.</param>
    /// <param name="realised">The volatility that is expected to be realised, per √year.</param>
    /// <param name="implied">The volatility that its options are valued at.</param>
    public static double ADay(double gamma, double price, double realised, double implied) =>
        0.5 * gamma * price * price * (realised * realised - implied * implied) / 365;
}
