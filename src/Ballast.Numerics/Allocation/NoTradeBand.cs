namespace Ballast.Numerics.Allocation;

/// <summary>The weights of one risky asset, beside cash, between which trading costs more than it is worth.</summary>
/// <param name="Merton">π = μ/(γσ²), the weight without costs.</param>
/// <param name="Lower">Buy up to this weight, measured at the ask.</param>
/// <param name="Upper">Sell down to this weight, measured at the bid.</param>
/// <param name="Lambda">λ of the exact solution, which is also the welfare loss in drift; null for the asymptotic band.</param>
/// <param name="Warning">What to beware of, or null.</param>
public sealed record NoTradeBand(double Merton, double Lower, double Upper, double? Lambda, string? Warning)
{
    /// <summary>Half the width, [3κ/(2γ)·π²(1−π)²]^(1/3): first order in κ^(1/3) (Shreve and Soner 1994; Rogers 2004).</summary>
    /// <param name="excessReturn">μ − r, a year.</param>
    /// <param name="volatility">σ, a year.</param>
    /// <param name="riskAversion">γ, relative.</param>
    /// <param name="cost">κ: proportional, one way.</param>
    /// <returns><c>MertonWeightDegenerate</c> where π is 0 or 1: the width is then zero to this order.</returns>
    public static Answer<NoTradeBand> Asymptotic(double excessReturn, double volatility, double riskAversion, double cost)
    {
        Require(excessReturn, volatility, riskAversion, cost);
        var merton = excessReturn / (riskAversion * volatility * volatility);
        if (merton is 0 or 1) return new Answer<NoTradeBand>.Refused("MertonWeightDegenerate", $"the weight without costs is {merton}: the asymptotic band has no width");
        var halfWidth = Math.Cbrt(1.5 / riskAversion * cost * Squared(merton * (1 - merton)));
        var warning = merton is > 0 and < 1 ? null : $"MertonWeightOutsideUnit: the weight without costs is {merton:R}";
        return new NoTradeBand(merton, merton - halfWidth, merton + halfWidth, null, warning);
    }

    /// <summary>The exact long-run region of Gerhold, Guasoni, Muhle-Karbe and Schachermayer (2014), Finance and Stochastics 18, theorem 2.2.</summary>
    /// <param name="excessReturn">μ, a year.</param>
    /// <param name="volatility">σ, a year.</param>
    /// <param name="riskAversion">γ, relative.</param>
    /// <param name="spread">ε: buys at S, sells at (1 − ε)S.</param>
    /// <returns><c>MertonWeightOutsideUnit</c> unless 0 &lt; μ &lt; γσ²; <c>NoTradeBandNotFound</c> where the costs are too large for a root.</returns>
    public static Answer<NoTradeBand> Exact(double excessReturn, double volatility, double riskAversion, double spread)
    {
        Require(excessReturn, volatility, riskAversion, spread);
        var scale = riskAversion * volatility * volatility;
        var merton = excessReturn / scale;
        if (!(merton > 0 && merton < 1))
            return new Answer<NoTradeBand>.Refused("MertonWeightOutsideUnit", $"the weight without costs is {merton:R}, not between 0 and 1");
        if (spread == 0) return new NoTradeBand(merton, merton, merton, 0, null);
        var boundary = new FreeBoundary(excessReturn, volatility, riskAversion, spread);
        var guess = AsymptoticLambda(excessReturn, volatility, riskAversion, spread);
        var most = Math.Min(excessReturn, scale - excessReturn);
        return (boundary.Root(0.5 * guess, Math.Min(1.5 * guess, most)) ?? boundary.Root(0, most)) is { } lambda
            ? new NoTradeBand(merton, (excessReturn - lambda) / scale, (excessReturn + lambda) / scale, lambda, null)
            : new Answer<NoTradeBand>.Refused("NoTradeBandNotFound", $"no free boundary for a spread of {spread:R}");
    }

    /// <summary>λ ≈ γσ² [3/(4γ)·π²(1−π)²·ε]^(1/3), the leading term for small costs.</summary>
    public static double AsymptoticLambda(double excessReturn, double volatility, double riskAversion, double spread)
    {
        var scale = riskAversion * volatility * volatility;
        var merton = excessReturn / scale;
        return scale * Math.Cbrt(0.75 / riskAversion * Squared(merton * (1 - merton)) * spread);
    }

    private static void Require(double excessReturn, double volatility, double riskAversion, double cost)
    {
        if (!double.IsFinite(excessReturn)) throw new ArgumentOutOfRangeException(nameof(excessReturn), excessReturn, "a return must be finite");
        if (!(volatility > 0 && double.IsFinite(volatility))) throw new ArgumentOutOfRangeException(nameof(volatility), volatility, "volatility must be positive");
        if (!(riskAversion > 0 && double.IsFinite(riskAversion))) throw new ArgumentOutOfRangeException(nameof(riskAversion), riskAversion, "risk aversion must be positive");
        if (!(cost >= 0 && cost < 1)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "a cost lies in [0, 1)");
    }

    private static double Squared(double x) => x * x;
}
