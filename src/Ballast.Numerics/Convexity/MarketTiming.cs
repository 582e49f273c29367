using Ballast.Numerics.Allocation;
using Ballast.Numerics.Linear;
using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Convexity;

/// <summary>How a portfolio's returns bent over those of a benchmark: convexity that was realised.</summary>
public static class MarketTiming
{
    /// <summary>Fewer periods of either sign say nothing.</summary>
    public const int LeastPeriods = 12;

    /// <summary>Treynor and Mazuy (1966): a, b and c of R = a + bM + cM², with Newey and West's errors (4 lags); c above zero is convexity.</summary>
    /// <returns><c>InsufficientData</c> with fewer than <paramref name="least"/> periods in which the benchmark rose, or fell.</returns>
    public static Answer<NeweyWest> TreynorMazuy(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, int least = LeastPeriods) =>
        Regress(returns, benchmark, least, m => m * m);

    /// <summary>Henriksson and Merton (1981): a, b and c of R = a + bM + c max(−M, 0); c is how many puts on the benchmark it was like.</summary>
    /// <returns>As <see cref="TreynorMazuy"/>.</returns>
    public static Answer<NeweyWest> HenrikssonMerton(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, int least = LeastPeriods) =>
        Regress(returns, benchmark, least, m => Math.Max(-m, 0));

    /// <summary>Whether there are enough rises and falls to say anything; the reason where not.</summary>
    internal static Answer<T>.Refused? TooFew<T>(ReadOnlySpan<double> benchmark, int least)
    {
        var (up, down) = (0, 0);
        foreach (var m in benchmark)
        {
            if (m > 0) up++;
            if (m < 0) down++;
        }
        return Math.Min(up, down) < least ? new("InsufficientData", $"the benchmark rose in {up} periods and fell in {down}; {least} of each are needed") : null;
    }

    private static Answer<NeweyWest> Regress(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, int least, Func<double, double> bend)
    {
        if (returns.Length != benchmark.Length) throw new ArgumentException($"{returns.Length} returns against {benchmark.Length} of the benchmark");
        if (TooFew<NeweyWest>(benchmark, least) is { } refused) return refused;
        var x = new Matrix(returns.Length, 3);
        for (var t = 0; t < returns.Length; t++) (x[t, 0], x[t, 1], x[t, 2]) = (1, benchmark[t], bend(benchmark[t]));
        return NeweyWest.Of(x, returns);
    }
}
