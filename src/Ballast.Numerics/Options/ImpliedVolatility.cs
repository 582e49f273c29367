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
    private const double HalfUlp = 1.0 / (1L << 53), Nothing = 1e-300;

    /// <summary>Of an undiscounted price of an option on a forward, both in one currency; T in years, above zero.</summary>
    /// <remarks>Relative error below 64 · 2⁻⁵³ · max(1, κ), where κ = price/(σ vega) is the condition of the question. A time value below 1e-300 √(FK), which no price shows, is none.</remarks>
    public static ImpliedVolatility Of(OptionKind kind, double forward, double strike, double years, double undiscounted)
    {
        BlackScholes.Check(forward, strike, years, 0);
        if (years == 0) throw new ArgumentOutOfRangeException(nameof(years), years, "there is time to expiry");
        if (!double.IsFinite(undiscounted)) throw new ArgumentOutOfRangeException(nameof(undiscounted), undiscounted, "a price is finite");
        if (undiscounted >= (kind == OptionKind.Call ? forward : strike)) return new(null, VolatilityVerdict.AboveMaximum);
        var (time, most) = (TimeValue(kind == OptionKind.Call ? 1 : -1, forward, strike, undiscounted), Math.Min(forward, strike));
        if (time <= 0) return time < -2 * HalfUlp * Math.Abs(undiscounted) || undiscounted < 0 ? new(null, VolatilityVerdict.BelowIntrinsic) : new(0, VolatilityVerdict.NoTimeValue);
        if (time >= most) return new(null, VolatilityVerdict.AboveMaximum);
        var (x, unit) = (-Math.Abs(NormalisedBlack.LogMoneyness(forward, strike)), Math.Sqrt(forward) * Math.Sqrt(strike));
        if (time / unit < Nothing) return new(0, VolatilityVerdict.NoTimeValue);
        var (s, ratio) = VolatilitySearch.Find(x, Math.Abs(forward - strike) / unit, time / unit, (most - time) / unit);
        var condition = undiscounted / s * (ratio / Math.Min(time, most - time));
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
}
