namespace Ballast.Numerics.Hedging;

/// <summary>What it costs to keep a delta hedged, in money; the cost λ is one way, a fraction of the traded value.</summary>
/// <remarks>Opening and closing the hedge come on top: λS₀|Δ₀|, and λS_T where the option is exercised.</remarks>
public static class HedgingCost
{
    private static readonly double MeanOfModulus = Math.Sqrt(2 / Math.PI);

    /// <summary>Of one rebalance after an interval: λ S E|ΔD|, with E|ΔD| = |Γ| S σ √(2Δt/π).</summary>
    public static double PerRebalance(double cost, double spot, double gamma, double volatility, double interval) =>
        PerLook(cost, spot, gamma, MeanOfModulus * volatility * Math.Sqrt(interval));

    /// <summary>Of one look: λ S |Γ| S times the mean of |move|, a fraction; with a measured mean it is the running forecast, which fat tails do not mislead.</summary>
    public static double PerLook(double cost, double spot, double gamma, double meanMove) => cost * spot * spot * Math.Abs(gamma) * meanMove;

    /// <summary>Of an option's life, hedged at N equal steps from now: Σ λ √(2/π) σ √Δt E[S²Γ].</summary>
    public static double OverLife(DollarGamma option, double cost, int steps)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, "there is one step at least");
        var (interval, sum) = (option.Years / steps, 0.0);
        for (var i = 0; i < steps; i++) sum += option.Expected(1, 0, i * interval);
        return cost * MeanOfModulus * option.Volatility * Math.Sqrt(interval) * sum;
    }

    /// <summary>Of an option's life without drift: λ √(2/π) vega/√Δt, for S²Γ is then a martingale and the sum telescopes.</summary>
    public static double OverLife(double vega, double cost, double interval) => cost * MeanOfModulus * vega / Math.Sqrt(interval);

    /// <summary>Δt* = (A/γB)^⅔, where the cost A/√Δt and the risk ½γBΔt together are least; A = λ√(2/π) vega, B = π/4 vega²σ²/T. In years.</summary>
    public static double BestInterval(double vega, double volatility, double years, double cost, double aversion)
    {
        if (!(vega > 0 && volatility > 0 && years > 0 && cost >= 0)) throw new ArgumentOutOfRangeException(nameof(vega), vega, "vega, volatility and time are above zero, the cost is not negative");
        if (!(aversion > 0)) throw new ArgumentOutOfRangeException(nameof(aversion), aversion, "an aversion to risk is above zero");
        return Math.Pow(cost * MeanOfModulus * vega / (aversion * Math.PI / 4 * vega * vega * volatility * volatility / years), 2.0 / 3);
    }
}
