namespace Ballast.Numerics.Hedging;

/// <summary>An option seen from its first day under geometric Brownian motion without interest, and what is to be expected of its S²Γ later.</summary>
/// <param name="Spot">S₀, above zero.</param>
/// <param name="Strike">K, above zero.</param>
/// <param name="Years">T, above zero.</param>
/// <param name="Volatility">σ per √year, above zero.</param>
/// <param name="Drift">μ of the price, a year.</param>
public readonly record struct DollarGamma(double Spot, double Strike, double Years, double Volatility, double Drift = 0)
{
    /// <summary>E[(S²Γ)^p S^q] after so many years, of one option, call or put.</summary>
    /// <remarks>
    /// S²Γ = K φ(d₂)/√u with u = σ²(T − t), so that the expectation is a Gaussian integral over ln S: with v = σ²t, m = ln(S₀/K) + μt − v/2 and c = u/2,
    /// K^(p+q) (2πu)^(−p/2) e^(qm + q²v/2) √(u/(u + pv)) exp(−p (m + qv − c)²/2(u + pv)). For p = 1 it is Toft's (1996), for p = 2 the hedging error's.
    /// </remarks>
    public double Expected(double power, double spotPower, double after)
    {
        Check();
        if (!(after >= 0 && after < Years)) throw new ArgumentOutOfRangeException(nameof(after), after, $"a time is in [0, {Years:R})");
        if (!(power >= 0)) throw new ArgumentOutOfRangeException(nameof(power), power, "a power is not negative");
        var (u, v) = (Volatility * Volatility * (Years - after), Volatility * Volatility * after);
        var m = Math.Log(Spot / Strike) + Drift * after - v / 2;
        var (spread, off) = (u + power * v, m + spotPower * v - u / 2);
        return Math.Pow(Strike, power + spotPower) * Math.Pow(2 * Math.PI * u, -power / 2) * Math.Sqrt(u / spread)
            * Math.Exp(spotPower * m + spotPower * spotPower * v / 2 - power * off * off / (2 * spread));
    }

    /// <summary>S₀√T φ(d₁), which is S²ΓσT: for 1.00 of volatility.</summary>
    public double Vega => Expected(1, 0, 0) * Volatility * Years;

    private void Check()
    {
        if (!(Spot > 0 && double.IsFinite(Spot))) throw new ArgumentOutOfRangeException(nameof(Spot), Spot, "a price is above zero");
        if (!(Strike > 0 && double.IsFinite(Strike))) throw new ArgumentOutOfRangeException(nameof(Strike), Strike, "a strike is above zero");
        if (!(Years > 0 && double.IsFinite(Years))) throw new ArgumentOutOfRangeException(nameof(Years), Years, "the time to expiry is above zero");
        if (!(Volatility > 0 && double.IsFinite(Volatility))) throw new ArgumentOutOfRangeException(nameof(Volatility), Volatility, "a volatility is above zero");
        if (!double.IsFinite(Drift)) throw new ArgumentOutOfRangeException(nameof(Drift), Drift, "a drift is finite");
    }
}
