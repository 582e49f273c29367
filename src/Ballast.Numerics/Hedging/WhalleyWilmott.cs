namespace Ballast.Numerics.Hedging;

/// <summary>The band of delta in which hedging costs more than the risk it takes away, for small proportional costs.</summary>
public static class WhalleyWilmott
{
    /// <summary>H = (3/2 e^(−rτ) λ S Γ²/γ)^⅓ on either side of delta, in coins.</summary>
    /// <remarks>
    /// Whalley and Wilmott (1997), Mathematical Finance 7. It balances the turnover a²/2H of a delta that is reflected at ±H, a = |Γ|Sσ, against
    /// the risk ½γS²σ²H²/3 inside; σ falls out. The exact band is 0.65 to 0.98 of it for short gamma and 0.83 to 1.39 for long.
    /// </remarks>
    public static double HalfWidth(HedgeTerms terms)
    {
        terms.Check();
        return Math.Cbrt(1.5 * Math.Exp(-terms.Rate * terms.Years) * terms.Cost * terms.Spot * terms.Gamma * terms.Gamma / terms.Aversion);
    }

    /// <summary>The same where the end is near: √(H² + H₀²), H₀ = λ/(γSσ²τ) being what a trade has to save in the time that is left even without gamma.</summary>
    /// <remarks>H₀ is exact where gamma is nothing (it is Zakamouline's floor); that the two add in squares is our choice, made on prices before 2022: see docs/hedging.md.</remarks>
    public static double FiniteHalfWidth(HedgeTerms terms)
    {
        var (half, floor) = (HalfWidth(terms), Floor(terms));
        return Math.Sqrt(half * half + floor * floor);
    }

    /// <summary>H₀ = λ/(γSσ²τ): infinite at expiry, unless trading is free.</summary>
    internal static double Floor(HedgeTerms terms) =>
        terms.Cost == 0 ? 0 : terms.Cost / (terms.Aversion * terms.Spot * terms.Volatility * terms.Volatility * terms.Years);
}
