using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Hedging;

/// <summary>What it costs to keep a delta in a band, as a value traded or as money; the cost λ is one way, a fraction of the traded value.</summary>
public static class BandCost
{
    /// <summary>How far a walk of normal steps is past an edge when it is first seen there, in standard deviations of a step: −ζ(½)/√(2π) (Chernoff 1965, Siegmund 1979).</summary>
    private const double Overshoot = 0.5825971579390106;

    private static readonly double MeanOfModulus = Math.Sqrt(2 / Math.PI);

    /// <summary>What is traded on average at one look, in coins.</summary>
    /// <param name="move">s: the standard deviation of delta's move from one look to the next.</param>
    /// <param name="half">H.</param>
    /// <remarks>
    /// To the edge s²/2H′ with H′ = H + 0.583 s, as if the walk were watched without a break and reflected at H′. To a point y inside, a delta leaves
    /// again at H′ on average, after (H′² + s²/4 − y²)/s² looks (the overshoot has the variance s²/4, Siegmund 1985). Never more than every move.
    /// </remarks>
    public static double TradedPerLook(double move, double half, HedgeGoal goal = HedgeGoal.Edge)
    {
        if (!(move >= 0)) throw new ArgumentOutOfRangeException(nameof(move), move, "a standard deviation is not negative");
        if (!(half >= 0)) throw new ArgumentOutOfRangeException(nameof(half), half, "a band is not negative");
        if (move == 0 || double.IsInfinity(half)) return 0;
        var (seen, square, to) = (half + Overshoot * move, move * move, goal == HedgeGoal.Midpoint ? half / 2 : 0);
        var traded = goal == HedgeGoal.Edge ? square / (2 * seen) : square * (seen - to) / (seen * seen + square / 4 - to * to);
        return Math.Min(traded, MeanOfModulus * move);
    }

    /// <summary>What is traded on average at the next look, in coins, by where delta is now: a normal move that ends outside is brought back.</summary>
    /// <param name="distance">Delta less target.</param>
    public static double TradedNext(double distance, double move, HedgeBand band)
    {
        if (!(move >= 0)) throw new ArgumentOutOfRangeException(nameof(move), move, "a standard deviation is not negative");
        if (move == 0) return 0;
        return Beyond(distance, move, band.Above, band.Destination(0, isAbove: true)) + Beyond(-distance, move, band.Below, -band.Destination(0, isAbove: false));
    }

    /// <summary>E[(x + sZ − to)⁺ where x + sZ > edge] = (x − to) N(−a) + s φ(a), a = (edge − x)/s.</summary>
    private static double Beyond(double x, double s, double edge, double to)
    {
        if (double.IsInfinity(edge)) return 0;
        var a = (edge - x) / s;
        return (x - to) * Normal.Cdf(-a) + s * Normal.Pdf(a);
    }

    /// <summary>Of an option's life in Whalley and Wilmott's band, watched without a break: ½λσ² (γ/(3/2 λ))^⅓ ∫E[(S²Γ)^4/3]dt, without interest.</summary>
    /// <param name="units">Options, whose gammas are all alike.</param>
    public static double WhalleyWilmottOverLife(DollarGamma option, double units, double cost, double aversion) =>
        0.5 * cost * option.Volatility * option.Volatility * Math.Cbrt(aversion / (1.5 * cost)) * Math.Pow(units, 4.0 / 3) * Life.Integral(option.Years, t => option.Expected(4.0 / 3, 0, t));

    /// <summary>Of an option's life in a band of one width, watched without a break: λσ²/2H ∫E[(S²Γ)²/S]dt, without interest.</summary>
    public static double FixedOverLife(DollarGamma option, double units, double cost, double half) =>
        cost * option.Volatility * option.Volatility / (2 * half) * units * units * Life.Integral(option.Years, t => option.Expected(2, -1, t));
}
