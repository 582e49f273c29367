using Ballast.Numerics.Options;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>The volatilities of all strikes of one expiry.</summary>
/// <remarks>k = ln(K/F) is the log-moneyness of a strike; w(k) = σ²T its total variance.</remarks>
/// <param name="Forward">F, the price for delivery at expiry.</param>
/// <param name="Years">T, above zero.</param>
public abstract record Smile(double Forward, double Years)
{
    /// <summary>w, w' and w'' at a log-moneyness.</summary>
    public abstract VariancePoint Variance(double k);

    /// <summary>σ, per √year.</summary>
    public double Volatility(double k) => Math.Sqrt(Variance(k).Value / Years);

    /// <summary>dσ/dk.</summary>
    public double Skew(double k)
    {
        var w = Variance(k);
        return w.Slope / (2 * Math.Sqrt(w.Value * Years));
    }

    /// <summary>k = ln(K/F) of a strike.</summary>
    public double LogMoneyness(double strike) => Math.Log(strike / Forward);

    /// <summary>Black's delta of a call, N(d₁), not adjusted for a premium in coin.</summary>
    public double CallDelta(double k)
    {
        var w = Variance(k).Value;
        return Normal.Cdf((w / 2 - k) / Math.Sqrt(w));
    }

    /// <summary>The log-moneyness where an option has this delta in size, 0 to 1: 0.25 is the 25-delta call or put.</summary>
    public double OfDelta(OptionKind kind, double delta)
    {
        if (!(delta > 0 && delta < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "a delta lies between 0 and 1");
        var call = kind == OptionKind.Call ? delta : 1 - delta;
        var reach = Math.Sqrt(Variance(0).Value);
        var (low, high) = (-reach, reach);
        while (CallDelta(low) < call && low > -64) low *= 2;
        while (CallDelta(high) > call && high < 64) high *= 2;
        while (high - low > 1e-13 * (1 + Math.Abs(low)))
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (CallDelta(middle) > call) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>σ of the call less σ of the put of this delta: above zero where the upside is dear.</summary>
    public double RiskReversal(double delta = 0.25) => Volatility(OfDelta(OptionKind.Call, delta)) - Volatility(OfDelta(OptionKind.Put, delta));

    /// <summary>The mean σ of the call and the put of this delta, less σ at the forward.</summary>
    public double Butterfly(double delta = 0.25) =>
        (Volatility(OfDelta(OptionKind.Call, delta)) + Volatility(OfDelta(OptionKind.Put, delta))) / 2 - Volatility(0);
}
