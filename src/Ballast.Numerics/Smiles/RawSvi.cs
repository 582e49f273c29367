using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Smiles;

/// <summary>Gatheral's raw SVI slice: w(k) = a + b(ρ(k − m) + √((k − m)² + s²)).</summary>
/// <param name="A">a, the level of total variance.</param>
/// <param name="B">b ≥ 0, how steep the wings are.</param>
/// <param name="Rho">ρ, between −1 and 1: how much steeper the right wing is.</param>
/// <param name="M">m, where the wings would meet, as a log-moneyness.</param>
/// <param name="S">s > 0, how round the bottom is.</param>
public readonly record struct RawSvi(double A, double B, double Rho, double M, double S)
{
    /// <summary>The steepest slope of total variance that option prices allow (Lee 2004).</summary>
    public const double SteepestWing = 2;

    /// <summary>The least total variance of all strikes, a + bs√(1 − ρ²).</summary>
    public double Least => A + B * S * Math.Sqrt(1 - Rho * Rho);

    /// <summary>How steeply total variance rises far to the left, b(1 − ρ).</summary>
    public double LeftWing => B * (1 - Rho);

    /// <summary>How steeply it rises far to the right, b(1 + ρ).</summary>
    public double RightWing => B * (1 + Rho);

    public VariancePoint At(double k)
    {
        var z = k - M;
        var root = Math.Sqrt(z * z + S * S);
        return new(A + B * (Rho * z + root), B * (Rho + z / root), B * S * S / (root * root * root));
    }

    /// <summary>The same slice, once its parameters are possible; butterflies are another question (<see cref="ButterflyCheck"/>).</summary>
    /// <returns><c>SviOutOfRange</c> where b, ρ or s are; <c>NegativeVariance</c>; <c>WingTooSteep</c> beyond <see cref="SteepestWing"/>.</returns>
    public Answer<RawSvi> Checked() =>
        !(B >= 0 && Math.Abs(Rho) < 1 && S > 0 && double.IsFinite(A) && double.IsFinite(B) && double.IsFinite(M) && double.IsFinite(S))
            ? new Answer<RawSvi>.Refused("SviOutOfRange", $"{this}: b ≥ 0, −1 < ρ < 1 and s > 0 are needed")
        : !(Least >= 0) ? new Answer<RawSvi>.Refused("NegativeVariance", $"the least total variance is {Least:R}")
        : !(Math.Max(LeftWing, RightWing) <= SteepestWing)
            ? new Answer<RawSvi>.Refused("WingTooSteep", $"the wings rise by {LeftWing:R} and {RightWing:R}; no option prices allow more than {SteepestWing}")
        : this;

    /// <summary>The same in traders' words.</summary>
    public JumpWings ToJumpWings(double years)
    {
        var (money, root) = (At(0).Value, Math.Sqrt(At(0).Value));
        return new(money / years, B / (2 * root) * (Rho - M / Math.Sqrt(M * M + S * S)), LeftWing / root, RightWing / root, Least / years, years);
    }
}

/// <summary>An SVI slice as the smile of an expiry.</summary>
public sealed record SviSmile(double Forward, double Years, RawSvi Slice) : Smile(Forward, Years)
{
    public override VariancePoint Variance(double k) => Slice.At(k);
}
