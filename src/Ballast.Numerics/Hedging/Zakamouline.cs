using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Hedging;

/// <summary>A band fitted to the exact solution: around a delta at another volatility, and never narrower than a floor.</summary>
/// <param name="Floor">H₀: what is left where gamma is nothing.</param>
/// <param name="Width">H₁: what gamma adds.</param>
/// <param name="Shift">K: how far the variance that delta is computed with is from the market's, as a fraction; not above zero.</param>
/// <param name="Volatility">σ√(1 ± K), plus for long gamma: what to compute delta with.</param>
/// <remarks>Zakamouline (2006), "European option pricing and hedging with both fixed and proportional transaction costs", JEDC 30; fitted to a single option.</remarks>
public readonly record struct Zakamouline(double Floor, double Width, double Shift, double Volatility)
{
    /// <summary>H₀ + H₁.</summary>
    public double HalfWidth => Floor + Width;

    /// <summary>Refused as ZakOutOfRange where the variance would not stay above zero; the sign of gamma says whether the position is long.</summary>
    public static Answer<Zakamouline> Of(HedgeTerms terms)
    {
        terms.Check();
        if (terms.Years == 0 || terms.Gamma == 0) return new Answer<Zakamouline>.Refused("ZakOutOfRange", "without time or without gamma there is nothing to fit");
        var (λ, S, σ, τ, γ, Γ) = (terms.Cost, terms.Spot, terms.Volatility, terms.Years, terms.Aversion, Math.Abs(terms.Gamma));
        var quarter = Math.Pow(Math.Exp(-terms.Rate * τ) / σ, 0.25);
        var floor = WhalleyWilmott.Floor(terms);
        var width = 1.12 * Math.Pow(λ, 0.31) * Math.Pow(τ, 0.05) * quarter * Math.Sqrt(Γ / γ);
        var shift = -4.76 * Math.Pow(λ, 0.78) * Math.Pow(τ, -0.02) * quarter * Math.Pow(γ * S * S * Γ, 0.15);
        var variance = 1 + Math.Sign(terms.Gamma) * shift;
        return variance > 0
            ? new Zakamouline(floor, width, shift, σ * Math.Sqrt(variance))
            : new Answer<Zakamouline>.Refused("ZakOutOfRange", $"K = {shift:R} leaves a variance of {variance:R} times the market's");
    }
}
