namespace Ballast.Numerics.Margin;

/// <summary>An account's risks one by one, as venues that combine them name them, in money.</summary>
/// <param name="Spot">MR1: prices and volatilities move together.</param>
/// <param name="Theta">MR2: a day passes.</param>
/// <param name="VegaTerm">MR3: volatilities of different expiries part.</param>
/// <param name="Basis">MR4: futures of different expiries part.</param>
/// <param name="Interest">MR5.</param>
/// <param name="Extreme">MR6: half of the loss of a far move.</param>
/// <param name="Minimum">MR7 before its tiers: so much for each contract.</param>
/// <param name="Depeg">MR9: stablecoins part.</param>
public sealed record RiskParts(double Spot, double Theta, double VegaTerm, double Basis, double Interest, double Extreme, double Minimum, double Depeg);

/// <summary>Combines the risks of one underlying: max(max(MR1, MR2, MR6) + MR3 + MR4 + MR5 + MR9, MR7 in tiers).</summary>
/// <param name="MinimumTiers">By what each further slice of MR7 is multiplied.</param>
/// <param name="InitialFactor">Initial over maintenance margin.</param>
public sealed record CombinedCharge(Slices MinimumTiers, double InitialFactor)
{
    public MarginPair Of(RiskParts parts)
    {
        var risks = Math.Max(Math.Max(parts.Spot, parts.Theta), parts.Extreme) + parts.VegaTerm + parts.Basis + parts.Interest + parts.Depeg;
        var maintenance = Math.Max(risks, MinimumTiers.Of(parts.Minimum));
        return new(InitialFactor * maintenance, maintenance);
    }
}
