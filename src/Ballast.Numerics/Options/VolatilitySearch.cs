namespace Ballast.Numerics.Options;

/// <summary>The s = σ√T at which <see cref="NormalisedBlack"/> gives a price.</summary>
/// <remarks>
/// The start is Stefanica and Radoičić (2017), "An explicit implied volatility formula": with Pólya's N(z) ≈ ½ ± ½ √(1 − e^(−2z²/π)) the equation is quadratic
/// in u = e^(−2g/π), where g = (x/s)² + s²/4. Then Householder's third-order steps, as in Jäckel (2015), "Let's Be Rational": on ln b below half of the highest
/// value and on ln of what is missing to it above. Two are enough nearly always; a bracket that each of them narrows keeps them from leaving.
/// </remarks>
internal static class VolatilitySearch
{
    /// <summary>A step of this part of s leaves less than its fourth power, which is nothing.</summary>
    public const double NearEnough = 3e-5;

    /// <param name="gap">|F − K|/√(FK) = 2 sinh(|x|/2).</param>
    /// <param name="β">The time value over √(FK), above zero.</param>
    /// <param name="missing">e^(x/2) − β, above zero.</param>
    /// <returns>s, and value over slope at it: of b, or of what is missing where that is less.</returns>
    public static (double Deviation, double ValueOverSlope) Find(double x, double gap, double β, double missing)
    {
        var upper = β > missing;
        var goal = NormalisedBlack.Sqrt2Pi * (upper ? missing : β);
        var (s, low, high) = (Start(-x, gap, β, missing), 0.0, double.PositiveInfinity);
        for (var i = 0; ; i++)
        {
            var ratio = upper ? NormalisedBlack.Missing(x, s) : NormalisedBlack.Difference(x, s);
            var off = Math.Log(ratio / goal) - 0.5 * (x / s * (x / s) + s * s / 4);
            if (off > 0 != upper) high = s;
            else low = s;
            var step = Step(x, s, off, upper ? -1 / ratio : 1 / ratio);
            if (Math.Abs(step) <= NearEnough * s || i == 60) return (s + step, ratio);
            var next = s + step;
            s = next > low && next < high ? next : double.IsInfinity(high) ? 2 * s : 0.5 * (low + high);
        }
    }

    /// <summary>Au² + Bu = C, all three sums of what is positive, and g = −π/2 ln u; then s = √(g+y) ± √(g−y) for y = |x|, plus beyond the inflection s² = 2y.</summary>
    /// <remarks>At least β√(2π), which is s at the money as it vanishes and below s elsewhere.</remarks>
    private static double Start(double y, double gap, double β, double missing)
    {
        const double Narrow = 1 - 2 / Math.PI;
        var (part, least) = (β * (β + gap), β * NormalisedBlack.Sqrt2Pi);
        var (grown, little) = (Math.Exp(Narrow * y), Math.Exp((0.5 - Narrow) * y));
        var (cosh2, sinh2) = (grown + 1 / grown, grown - 1 / grown);
        var (a, b, c) = (sinh2 * sinh2, 8 * (gap * 0.5 * (little - 1 / little) + part * cosh2), 16 * part * missing * (missing + 2 * β + gap));
        var u = Math.Max(2 * c / (b + Math.Sqrt(b * b + 4 * a * c)), double.Epsilon);
        var g = Math.Max(-Math.PI / 2 * Math.Log(u), y);
        var (more, less) = (Math.Sqrt(g + y), Math.Sqrt(g - y));
        var s = u * cosh2 > 2 - 4 * part ? more + less : 2 * y / (more + less);
        return s > least ? s : least;
    }

    /// <summary>Householder's step of the third order to where the logarithm is the goal.</summary>
    /// <remarks>With p = b''/b' = h²/s − s/4 and r the slope: f''/f' = p − r and f'''/f' = p² + p' − 3rp + 2r².</remarks>
    private static double Step(double x, double s, double off, double r)
    {
        var h = x / s;
        var p = h * h / s - s / 4;
        var (second, third) = (p - r, p * p - 3 * h * h / (s * s) - 0.25 - 3 * r * p + 2 * r * r);
        var ν = -off / r;
        return ν * (1 + 0.5 * second * ν) / (1 + second * ν + third * ν * ν / 6);
    }
}
