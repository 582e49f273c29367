using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Smiles;

/// <summary>An SVI slice by what traders see of it (SVI-JW): it means the same at every expiry.</summary>
/// <remarks>Gatheral and Jacquier (2014), section 3.3.</remarks>
/// <param name="Variance">v = w(0)/T, at the forward, a year.</param>
/// <param name="Skew">ψ, the slope of √w at the forward.</param>
/// <param name="PutWing">p, the slope of the left wing over √w(0).</param>
/// <param name="CallWing">c, the slope of the right wing over √w(0).</param>
/// <param name="LeastVariance">ṽ, the least of all strikes, a year.</param>
public readonly record struct JumpWings(double Variance, double Skew, double PutWing, double CallWing, double LeastVariance, double Years)
{
    /// <summary>The slice with the same v, ψ and p that has no butterfly arbitrage: c' = p + 2ψ and ṽ' = 4vpc'/(p + c')², which makes it an SSVI slice (section 5.1).</summary>
    public JumpWings WithoutButterflies()
    {
        var call = PutWing + 2 * Skew;
        return this with { CallWing = call, LeastVariance = Variance * 4 * PutWing * call / ((PutWing + call) * (PutWing + call)) };
    }

    /// <summary>Raw parameters.</summary>
    /// <remarks>
    /// With ρ = sin A and m/√(m² + s²) = sin B, the variance above the least is w(0) − w̃ = 2br sin²((A − B)/2), where r = √(m² + s²).
    /// That needs neither of the paper's cases for the sign of m and for m = 0.
    /// </remarks>
    /// <returns><c>JumpWingsOutOfRange</c> where no slice has these; <c>JumpWingsAmbiguous</c> where the least variance is at the forward, because then many do.</returns>
    public Answer<RawSvi> ToRaw()
    {
        var (w, least) = (Variance * Years, LeastVariance * Years);
        var b = Math.Sqrt(w) / 2 * (CallWing + PutWing);
        var rho = 1 - PutWing * Math.Sqrt(w) / b;
        var place = rho - 2 * Skew * Math.Sqrt(w) / b;
        if (!(w > 0 && b > 0 && Math.Abs(rho) < 1 && Math.Abs(place) < 1 && least >= 0 && least <= w))
            return new Answer<RawSvi>.Refused("JumpWingsOutOfRange", $"{this} is no SVI slice");
        var half = Math.Sin((Math.Asin(rho) - Math.Asin(place)) / 2);
        if (half == 0 || least == w) return new Answer<RawSvi>.Refused("JumpWingsAmbiguous", "the least variance is at the forward: any roundness fits");
        var r = (w - least) / (2 * b * half * half);
        var s = r * Math.Sqrt(1 - place * place);
        return new RawSvi(least - b * s * Math.Sqrt(1 - rho * rho), b, rho, place * r, s);
    }
}
