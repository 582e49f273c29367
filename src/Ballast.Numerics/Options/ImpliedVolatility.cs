namespace Ballast.Numerics.Options;

/// <summary>What is to be said of a price whose volatility was asked for.</summary>
public enum VolatilityVerdict
{
    /// <summary>The volatility is what the price says.</summary>
    Good,

    /// <summary>The price is the intrinsic value: any volatility too small to show fits, and 0 is given.</summary>
    NoTimeValue,

    /// <summary>The last digit of the price moves the volatility by more than 1 %.</summary>
    NoInformation,

    /// <summary>Below the intrinsic value: no volatility gives this price.</summary>
    BelowIntrinsic,

    /// <summary>As high as the forward (call) or the strike (put), or higher: no volatility gives this price.</summary>
    AboveMaximum,
}

/// <summary>The volatility that Black's formula needs to give a price, per √year; null where no volatility does.</summary>
public readonly record struct ImpliedVolatility(double? Volatility, VolatilityVerdict Verdict)
{
    private const double HalfUlp = 1.0 / (1L << 53), SqrtHalfPi = 1.25331413731550025121;

    /// <summary>Of an undiscounted price of an option on a forward, both in one currency; T in years, above zero.</summary>
    /// <remarks>Relative error below 64 · 2⁻⁵³ · max(1, κ), where κ = price/(σ vega) is the condition of the question.</remarks>
    public static ImpliedVolatility Of(OptionKind kind, double forward, double strike, double years, double undiscounted)
    {
        BlackScholes.Check(forward, strike, years, 0);
        if (years == 0) throw new ArgumentOutOfRangeException(nameof(years), years, "there is time to expiry");
        if (!double.IsFinite(undiscounted)) throw new ArgumentOutOfRangeException(nameof(undiscounted), undiscounted, "a price is finite");
        if (undiscounted >= (kind == OptionKind.Call ? forward : strike)) return new(null, VolatilityVerdict.AboveMaximum);
        var time = TimeValue(kind == OptionKind.Call ? 1 : -1, forward, strike, undiscounted);
        if (time <= 0) return time < -2 * HalfUlp * Math.Abs(undiscounted) || undiscounted < 0 ? new(null, VolatilityVerdict.BelowIntrinsic) : new(0, VolatilityVerdict.NoTimeValue);
        var x = -Math.Abs(NormalisedBlack.LogMoneyness(forward, strike));
        var s = Deviation(x, time / Math.Sqrt(forward) / Math.Sqrt(strike));
        var condition = undiscounted / (s * Math.Sqrt(forward) * Math.Sqrt(strike) * Math.Exp(NormalisedBlack.LogVega(x, s)));
        return new(s / Math.Sqrt(years), condition * HalfUlp > 0.01 ? VolatilityVerdict.NoInformation : VolatilityVerdict.Good);
    }

    /// <summary>The price less its intrinsic value, which is taken off without rounding where it is above zero.</summary>
    private static double TimeValue(double w, double forward, double strike, double price)
    {
        var intrinsic = w * (forward - strike);
        if (intrinsic <= 0) return price;
        var (high, low) = w > 0 ? (forward, strike) : (strike, forward);
        var back = high - intrinsic;
        var rest = high - (intrinsic + back) + (back - low);
        return price - intrinsic - rest;
    }

    /// <summary>The s = σ√T with b(x, s) = β.</summary>
    /// <remarks>
    /// After Jäckel (2015), "Let's Be Rational": Householder's third-order step on ln b below half of the highest value and on ln(e^(x/2) − b) above.
    /// Here the start is simpler, and the steps are kept inside of a bracket that each of them narrows.
    /// </remarks>
    private static double Deviation(double x, double β)
    {
        var most = Math.Exp(x / 2);
        var upper = β > most / 2;
        var goal = Math.Log(upper ? most - β : β);
        var (s, low, high) = (Start(x, β, upper), 0.0, double.PositiveInfinity);
        for (var i = 0; i < 60; i++)
        {
            var (value, slope) = upper ? Upper(x, s) : Lower(x, s);
            var off = value - goal;
            if (off > 0 == slope > 0) high = s;
            else low = s;
            var step = Step(x, s, off, slope);
            if (Math.Abs(step) <= 2 * HalfUlp * s) break;
            var next = s + step;
            s = next > low && next < high ? next : double.IsInfinity(high) ? 2 * s : 0.5 * (low + high);
        }
        return s;
    }

    private static double Start(double x, double β, bool upper)
    {
        if (x == 0) return upper ? 1.5 : β * 2 * SqrtHalfPi;
        var inflection = Math.Sqrt(-2 * x);
        return upper ? inflection : Math.Min(inflection, -x / Math.Sqrt(2 * Math.Max(0.5 * -x, -Math.Log(β))));
    }

    /// <summary>ln b and its slope.</summary>
    private static (double Value, double Slope) Lower(double x, double s) => (NormalisedBlack.LogPrice(x, s), 1 / NormalisedBlack.Difference(x / s, s / 2));

    /// <summary>ln(e^(x/2) − b) and its slope.</summary>
    private static (double Value, double Slope) Upper(double x, double s)
    {
        var missing = NormalisedBlack.Missing(x, s);
        return (Math.Log(missing), -Math.Exp(NormalisedBlack.LogVega(x, s)) / missing);
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
