using System.Numerics;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Options.LaneMath;

namespace Ballast.Numerics.Options;

/// <summary>The undiscounted prices of many options on forwards, an array each and all of one length; <paramref name="sign"/> is +1 for a call and −1 for a put.</summary>
public readonly ref struct OptionQuotes(ReadOnlySpan<double> sign, ReadOnlySpan<double> forward, ReadOnlySpan<double> strike, ReadOnlySpan<double> years, ReadOnlySpan<double> price)
{
    public ReadOnlySpan<double> Sign { get; } = sign;
    public ReadOnlySpan<double> Forward { get; } = forward;
    public ReadOnlySpan<double> Strike { get; } = strike;
    public ReadOnlySpan<double> Years { get; } = years;
    public ReadOnlySpan<double> Price { get; } = price;
}

/// <summary>The volatilities that many prices say, eight to a step.</summary>
/// <remarks>As good as <see cref="ImpliedVolatility"/>, which what is hard goes to: prices without time value, next to a bound or below 1e-280 of the forward.</remarks>
public static class ImpliedVolatilityBatch
{
    /// <summary>Writes the volatility of each, per √year, and what is to be said of it; where no volatility gives the price, what is written is no number.</summary>
    public static void Of(OptionQuotes quotes, Span<double> volatilities, Span<VolatilityVerdict> verdicts)
    {
        Check(quotes, volatilities.Length, verdicts.Length);
        verdicts.Clear(); // All good until found otherwise.
        for (var at = 0; at < volatilities.Length; at += Width)
        {
            var (found, good) = LaneVolatility.Of(Load(quotes.Sign, at, 1), Load(quotes.Forward, at, 1), Load(quotes.Strike, at, 1), Load(quotes.Years, at, 1), Load(quotes.Price, at, 0.5));
            Store(found, volatilities[at..]);
            for (var hard = ~good & 0xFF; hard != 0; hard &= hard - 1) One(quotes, at + BitOperations.TrailingZeroCount(hard), volatilities, verdicts);
        }
    }

    private static void One(OptionQuotes quotes, int i, Span<double> volatilities, Span<VolatilityVerdict> verdicts)
    {
        var found = ImpliedVolatility.Of(quotes.Sign[i] > 0 ? OptionKind.Call : OptionKind.Put, quotes.Forward[i], quotes.Strike[i], quotes.Years[i], quotes.Price[i]);
        (volatilities[i], verdicts[i]) = (found.Volatility ?? double.NaN, found.Verdict);
    }

    private static void Check(OptionQuotes quotes, int volatilities, int verdicts)
    {
        var count = quotes.Forward.Length;
        if (quotes.Sign.Length != count || quotes.Strike.Length != count || quotes.Years.Length != count || quotes.Price.Length != count)
            throw new ArgumentException($"{count} forwards, but {quotes.Sign.Length} signs, {quotes.Strike.Length} strikes, {quotes.Years.Length} times and {quotes.Price.Length} prices");
        if (volatilities != count || verdicts != count) throw new ArgumentException($"{count} prices, but {volatilities} volatilities and {verdicts} verdicts");
    }
}
