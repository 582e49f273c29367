namespace Ballast.Numerics.Statistics;

/// <summary>The standard normal distribution to double accuracy, for VaR, tests of significance and random numbers.</summary>
public static class Normal
{
    private const double InverseSqrt2Pi = 0.39894228040143267794;
    private const double InverseSqrtPi = 0.56418958354775628695;

    public static double Pdf(double x) => InverseSqrt2Pi * Math.Exp(-0.5 * x * x);

    /// <summary>P(X ≤ x), with full relative accuracy in the left tail: Φ(x) = ½ erfc(−x/√2).</summary>
    public static double Cdf(double x)
    {
        var y = Math.Abs(x) * Math.Sqrt(0.5);
        if (y <= 0.46875 || double.IsNaN(x)) return 0.5 * Erfc(-x * Math.Sqrt(0.5));
        // The exponential is taken of x itself: the rounding of x/√2 would cost x² ulps.
        var tail = y > 27.3 ? 0 : 0.5 * ExpOfHalfSquare(Math.Abs(x)) * ScaledErfc(y);
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>The x with Φ(x) = p; −∞ at 0 and +∞ at 1.</summary>
    /// <remarks>Wichura (1988), algorithm AS 241 (PPND16): relative error about 1e-16.</remarks>
    public static double InverseCdf(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "a probability lies in [0, 1]");
        if (p is 0 or 1) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425) return q * Ratio(0.180625 - q * q, CentralTop, CentralBottom);
        var r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var tail = r <= 5 ? Ratio(r - 1.6, MiddleTop, MiddleBottom) : Ratio(r - 5, FarTop, FarBottom);
        return Math.CopySign(tail, q);
    }

    /// <summary>The complementary error function 1 − erf(x).</summary>
    /// <remarks>Cody (1969), "Rational Chebyshev approximations for the error function": relative error below 1e-15 wherever the result is a normal number.</remarks>
    public static double Erfc(double x)
    {
        var y = Math.Abs(x);
        if (y <= 0.46875) return 1 - x * Ratio(x * x, SmallTop, SmallBottom);
        if (double.IsNaN(x)) return x;
        var upper = y > 27.3 ? 0 : ExpOfHalfSquare(y) * ExpOfHalfSquare(y) * ScaledErfc(y);
        return x < 0 ? 2 - upper : upper;
    }

    /// <summary>exp(y²) erfc(y) for y above 0.46875.</summary>
    internal static double ScaledErfc(double y)
    {
        if (y <= 4) return Ratio(y, ErfcTop, ErfcBottom);
        var z = 1 / (y * y);
        return (InverseSqrtPi - z * Ratio(z, TailTop, TailBottom)) / y;
    }

    /// <summary>exp(−y²/2), with y split so that the square of its leading part is exact.</summary>
    private static double ExpOfHalfSquare(double y)
    {
        var lead = Math.Truncate(y * 16) / 16;
        return Math.Exp(-0.5 * lead * lead) * Math.Exp(-0.5 * (y - lead) * (y + lead));
    }

    /// <summary>Quotient of two polynomials whose coefficients run from the constant upwards.</summary>
    private static double Ratio(double x, ReadOnlySpan<double> top, ReadOnlySpan<double> bottom) => Polynomial(x, top) / Polynomial(x, bottom);

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
        return sum;
    }

    // Cody (1969), |x| ≤ 0.46875, in x².
    private static ReadOnlySpan<double> SmallTop => [3.20937758913846947e3, 3.77485237685302021e2, 1.13864154151050156e2, 3.16112374387056560, 1.85777706184603153e-1];
    private static ReadOnlySpan<double> SmallBottom => [2.84423683343917062e3, 1.28261652607737228e3, 2.44024637934444173e2, 2.36012909523441209e1, 1];

    // Cody (1969), 0.46875 ≤ x ≤ 4, in x.
    private static ReadOnlySpan<double> ErfcTop =>
        [1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.81952221241769090e2, 2.98635138197400131e2, 6.61191906371416295e1, 8.88314979438837594, 5.64188496988670089e-1, 2.15311535474403846e-8];

    private static ReadOnlySpan<double> ErfcBottom =>
        [1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3, 1.62138957456669019e3, 5.37181101862009858e2, 1.17693950891312499e2, 1.57449261107098347e1, 1];

    // Cody (1969), x ≥ 4, in 1/x².
    private static ReadOnlySpan<double> TailTop => [6.58749161529837803e-4, 1.60837851487422766e-2, 1.25781726111229246e-1, 3.60344899949804439e-1, 3.05326634961232344e-1, 1.63153871373020978e-2];
    private static ReadOnlySpan<double> TailBottom => [2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346725, 2.56852019228982242, 1];

    // Wichura (1988), |p − ½| ≤ 0.425.
    private static ReadOnlySpan<double> CentralTop =>
        [3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3];

    private static ReadOnlySpan<double> CentralBottom =>
        [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3];

    // Wichura (1988), 1.6 ≤ √(−ln p) ≤ 5.
    private static ReadOnlySpan<double> MiddleTop =>
        [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4];

    private static ReadOnlySpan<double> MiddleBottom =>
        [1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9];

    // Wichura (1988), √(−ln p) > 5.
    private static ReadOnlySpan<double> FarTop =>
        [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];

    private static ReadOnlySpan<double> FarBottom =>
        [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];
}
