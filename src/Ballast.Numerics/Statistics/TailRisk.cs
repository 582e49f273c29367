namespace Ballast.Numerics.Statistics;

/// <summary>Value at risk and expected shortfall from moments, as positive numbers; α is the tail (0.05).</summary>
public static class TailRisk
{
    /// <summary>−(m + z_α s), with the sample deviation s.</summary>
    public static double GaussianVar(Moments moments, double alpha) => -(moments.Mean + Normal.InverseCdf(alpha) * moments.SampleDeviation);

    /// <summary>−(m − s φ(z_α)/α), with the sample deviation s.</summary>
    public static double GaussianShortfall(Moments moments, double alpha) =>
        -(moments.Mean - moments.SampleDeviation * Normal.Pdf(Normal.InverseCdf(alpha)) / alpha);

    /// <summary>−(m + z_cf s₀), with the population deviation s₀ and the Cornish–Fisher quantile z_cf.</summary>
    public static double CornishFisherVar(Moments moments, double alpha, double skew, double excessKurtosis) =>
        -(moments.Mean + CornishFisher(Normal.InverseCdf(alpha), skew, excessKurtosis) * moments.PopulationDeviation);

    /// <summary>Modified expected shortfall of Boudt, Peterson and Croux (2008), J. Risk 11: −(m − s₀ E).</summary>
    /// <remarks>
    /// Their sum of integrals I_q collapses, for h = z_cf, to
    /// E = φ(h)/α · [1 + h³S/6 + (h⁴ − 2h² − 1)K/24 + (h⁶ − 9h⁴ + 9h² + 3)S²/72]. Negative values mean that the expansion has failed.
    /// </remarks>
    public static double ModifiedShortfall(Moments moments, double alpha, double skew, double excessKurtosis)
    {
        var h = CornishFisher(Normal.InverseCdf(alpha), skew, excessKurtosis);
        var square = h * h;
        var correction = 1 + h * square * skew / 6
            + ((square - 2) * square - 1) * excessKurtosis / 24
            + (((square - 9) * square + 9) * square + 3) * skew * skew / 72;
        return moments.PopulationDeviation * Normal.Pdf(h) / alpha * correction - moments.Mean;
    }

    /// <summary>z + (z²−1)S/6 + (z³−3z)K/24 − (2z³−5z)S²/36.</summary>
    public static double CornishFisher(double z, double skew, double excessKurtosis) =>
        z + (z * z - 1) * skew / 6 + (z * z - 3) * z * excessKurtosis / 24 - (2 * z * z - 5) * z * skew * skew / 36;

    /// <summary>Whether the Cornish–Fisher quantile increases with z everywhere: its derivative a z² + b z + c has no real root (Maillard 2012).</summary>
    public static bool CornishFisherHolds(double skew, double excessKurtosis)
    {
        var a = excessKurtosis / 8 - skew * skew / 6;
        var b = skew / 3;
        var c = 1 - excessKurtosis / 8 + 5 * skew * skew / 36;
        return c > 0 && a >= 0 && b * b <= 4 * a * c;
    }
}
