using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>How the smile moves with the price: dσ/dS at a fixed strike is −(R/S) dσ/dk.</summary>
/// <param name="R">1 where the smile moves with the price (sticky delta), 0 where it stays at its strikes (sticky strike), −1 as in a local-volatility model.</param>
/// <param name="Error">Standard error of an estimate, null for a choice.</param>
public readonly record struct Stickiness(double R, double? Error = null)
{
    private const int LeastObservations = 20;

    public static Stickiness Strike => new(0);
    public static Stickiness Delta => new(1);
    public static Stickiness LocalVolatility => new(-1);

    /// <summary>SSR = 1 − R, by how much more than the slope of the smile the volatility at the forward moves.</summary>
    public double SkewStickinessRatio => 1 - R;

    /// <summary>The delta of a price move and of what it does to the volatility: Δ − vega (R/S) dσ/dk.</summary>
    /// <param name="vega">For 1.00 of volatility.</param>
    /// <param name="skew">dσ/dk at the option's strike.</param>
    public double TotalDelta(double delta, double vega, double price, double skew) =>
        Math.Abs(R) <= 2 ? delta - vega * R / price * skew : throw new ArgumentOutOfRangeException(nameof(delta), R, "R lies in [−2, 2]");

    /// <summary>1 less the slope of changes of σ at the forward on skew times return, one a day, with a constant and Newey and West's errors (4 lags).</summary>
    /// <returns><c>InsufficientData</c> below 20 days; <c>SingularRegressors</c> where nothing moved. R is not cut to [−2, 2].</returns>
    public static Answer<Stickiness> Estimate(ReadOnlySpan<double> volatilityChange, ReadOnlySpan<double> skew, ReadOnlySpan<double> logReturn)
    {
        var n = volatilityChange.Length;
        if (skew.Length != n || logReturn.Length != n) throw new ArgumentException($"{n} changes of volatility, {skew.Length} skews and {logReturn.Length} returns");
        if (n < LeastObservations) return new Answer<Stickiness>.Refused("InsufficientData", $"{n} days; {LeastObservations} are needed");
        var x = new Matrix(n, 2);
        for (var t = 0; t < n; t++) (x[t, 0], x[t, 1]) = (1, skew[t] * logReturn[t]);
        return NeweyWest.Of(x, volatilityChange).Then<Stickiness>(fit => new Stickiness(1 - fit.Coefficients[1], fit.Errors[1]));
    }
}
