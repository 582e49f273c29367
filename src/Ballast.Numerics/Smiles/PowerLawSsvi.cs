namespace Ballast.Numerics.Smiles;

/// <summary>A whole surface of SVI slices, one for each variance θ at the forward: w = θ/2 (1 + ρφk + √((φk + ρ)² + 1 − ρ²)) with φ = η/(θ^γ (1 + θ)^(1−γ)).</summary>
/// <remarks>Gatheral and Jacquier (2014), section 4, example 4.2.</remarks>
/// <param name="Rho">ρ, between −1 and 1.</param>
/// <param name="Eta">η, above zero.</param>
/// <param name="Gamma">γ, between 0 and 1.</param>
public readonly record struct PowerLawSsvi(double Rho, double Eta, double Gamma)
{
    /// <summary>φ(θ), how much a strike's moneyness counts.</summary>
    public double Phi(double theta) => Eta / (Math.Pow(theta, Gamma) * Math.Pow(1 + theta, 1 - Gamma));

    /// <summary>The slice of variance θ, in raw parameters.</summary>
    public RawSvi Slice(double theta)
    {
        if (!(theta > 0 && double.IsFinite(theta))) throw new ArgumentOutOfRangeException(nameof(theta), theta, "a variance is above zero");
        var (phi, away) = (Phi(theta), 1 - Rho * Rho);
        return new(theta / 2 * away, theta * phi / 2, Rho, -Rho / phi, Math.Sqrt(away) / phi);
    }

    /// <summary>θφ(1 + |ρ|), below 4 in a slice that has no butterfly arbitrage (theorem 4.2).</summary>
    public double WingCondition(double theta) => theta * Phi(theta) * (1 + Math.Abs(Rho));

    /// <summary>θφ²(1 + |ρ|), at most 4 in a slice that surely has no butterfly arbitrage (theorem 4.2).</summary>
    public double CurvatureCondition(double theta) => WingCondition(theta) * Phi(theta);

    /// <summary>Whether both conditions hold: sufficient, not necessary.</summary>
    public bool HasNoButterflies(double theta) => WingCondition(theta) < 4 && CurvatureCondition(theta) <= 4;

    /// <summary>Whether a greater θ is nowhere less variance: 0 ≤ d(θφ)/dθ ≤ (1 + √(1 − ρ²))φ/ρ² (theorem 4.1); necessary and sufficient.</summary>
    /// <remarks>Here d(θφ)/dθ = φ(1 − γ)/(1 + θ).</remarks>
    public bool RisesWith(double theta)
    {
        var growth = (1 - Gamma) / (1 + theta);
        return growth >= 0 && growth * Rho * Rho <= 1 + Math.Sqrt(1 - Rho * Rho);
    }

    /// <summary>Whether no slice of any θ has butterfly arbitrage: 0 &lt; γ ≤ ½ and η(1 + |ρ|) ≤ 2 (remark 4.4).</summary>
    public bool HasNoButterfliesAtAll => Gamma is > 0 and <= 0.5 && Eta * (1 + Math.Abs(Rho)) <= 2;
}
