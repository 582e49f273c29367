using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Futures;

/// <summary>Both sides of a call's and a put's market at one strike.</summary>
public readonly record struct ParityQuote(double Strike, double CallBid, double CallAsk, double PutBid, double PutAsk)
{
    /// <summary>The middle of the call's market less the middle of the put's.</summary>
    public double CallLessPut => (CallBid + CallAsk - PutBid - PutAsk) / 2;

    internal bool IsTwoSided => Strike > 0 && CallBid > 0 && PutBid > 0 && CallAsk > CallBid && PutAsk > PutBid && double.IsFinite(CallAsk) && double.IsFinite(PutAsk);
}

/// <summary>The forward of an expiry that has no listed future, from put-call parity at the three strikes nearest to it.</summary>
public static class SyntheticForward
{
    private const int Strikes = 3;
    private const double WidestSpread = 0.01;

    /// <summary>Of options settled in money: the median of K + e^(rT)(C − P).</summary>
    /// <returns><c>TooFewQuotes</c> below three strikes with two-sided markets in both; <c>ParityDisagrees</c> where they are more than 1 % apart.</returns>
    public static Answer<double> FromMoney(IEnumerable<ParityQuote> quotes, double rate, double years) =>
        Median(quotes, q => q.Strike + Math.Exp(rate * years) * q.CallLessPut);

    /// <summary>Of options settled in coin, whose prices are over the forward: c − p = 1 − K/F, so F = K/(1 − (c − p)).</summary>
    public static Answer<double> FromCoin(IEnumerable<ParityQuote> quotes) => Median(quotes, q => q.Strike / (1 - q.CallLessPut));

    private static Answer<double> Median(IEnumerable<ParityQuote> quotes, Func<ParityQuote, double> forward)
    {
        double[] found = [.. quotes.Where(q => q.IsTwoSided).OrderBy(q => Math.Abs(q.CallLessPut)).ThenBy(q => q.Strike).Take(Strikes).Select(forward).Order()];
        if (found.Length < Strikes) return new Answer<double>.Refused("TooFewQuotes", $"{found.Length} strikes have a bid and an ask for the call and the put; {Strikes} are needed");
        if (!(found[^1] - found[0] <= WidestSpread * found[1]))
            return new Answer<double>.Refused("ParityDisagrees", $"strikes say {found[0]:G7} to {found[^1]:G7}, more than 1 % apart");
        return found[1];
    }
}
