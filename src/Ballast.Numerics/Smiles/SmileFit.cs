using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Smiles;

/// <summary>How a smile was found.</summary>
public enum SmileMethod
{
    /// <summary>A raw SVI slice.</summary>
    Svi,

    /// <summary>A monotone cubic over Black's delta.</summary>
    Delta,
}

/// <summary>The smile of an expiry's quotes, and how far it can be trusted.</summary>
/// <param name="Rms">Root of the mean squared error at the quotes, in σ (0.01 is a point), each counted as in the fit: by its vega and its spread.</param>
/// <param name="Worst">The greatest error at any quote, in σ, however little its vega.</param>
/// <param name="Butterfly">Where the density is least.</param>
/// <param name="Repaired">Whether quotes had to be left further off than a free fit would, for there to be no arbitrage.</param>
/// <param name="Note">Why it is not the slice that was asked for, or null.</param>
public sealed record SmileFit(Smile Smile, SmileMethod Method, double Rms, double Worst, ButterflyCheck Butterfly, bool Repaired, string? Note = null)
{
    /// <summary>The flag of <see cref="Repaired"/>.</summary>
    public const string ArbitrageRepaired = "ArbitrageRepaired";

    /// <summary>An SVI slice with a greater error than this is not used where deltas do better.</summary>
    public const double WorthUsing = 0.005;

    private const double OneHour = 1.0 / 8760, HighestVolatility = 5;

    /// <summary>An SVI slice without arbitrage; where five strikes or a close fit are missing, a <see cref="DeltaSmile"/>, and <see cref="Note"/> says why.</summary>
    /// <param name="years">T, in years of 365 days.</param>
    /// <param name="quotes">One a strike, in any order.</param>
    /// <returns>
    /// <c>TooFewQuotes</c> below 3; <c>Crossed</c> where a bid is not below its ask; <c>NoMarket</c> where σ is 0 or 5, which venues print for no market;
    /// <c>ExpiresTooSoon</c> in the last hour; <c>TwoQuotesOneStrike</c>; <c>ArbitrageRemains</c> where neither form is free of it.
    /// </returns>
    public static Answer<SmileFit> Of(double forward, double years, IReadOnlyList<SmileQuote> quotes)
    {
        if (!(forward > 0 && double.IsFinite(forward))) throw new ArgumentOutOfRangeException(nameof(forward), forward, "a forward is above zero");
        if (!(years >= 0 && double.IsFinite(years))) throw new ArgumentOutOfRangeException(nameof(years), years, "the time to expiry is not negative");
        SmileQuote[] sorted = [.. quotes.OrderBy(q => q.LogMoneyness)];
        if (Refusal(years, sorted) is { } refused) return refused;
        if (sorted.Length < 5) return DeltaFit.Of(forward, years, sorted, $"{sorted.Length} strikes are too few for SVI");
        var svi = SviFit.Of(forward, years, sorted);
        if (svi.Butterfly.Holds && svi.Rms < WorthUsing) return svi;
        var why = svi.Butterfly.Holds ? $"SVI is off by {100 * svi.Rms:F2} points on average" : $"SVI keeps a butterfly of {svi.Butterfly.Least:G3} at k = {svi.Butterfly.At:F2}";
        return DeltaFit.Of(forward, years, sorted, why) is Answer<SmileFit>.Found { Value: var byDelta } && (!svi.Butterfly.Holds || byDelta.Rms < svi.Rms) ? byDelta
            : svi.Butterfly.Holds ? svi with { Note = why + ", and deltas do no better" }
            : new Answer<SmileFit>.Refused("ArbitrageRemains", why + ", and no curve over deltas is free of arbitrage");
    }

    internal static SmileFit Judged(Smile smile, SmileMethod method, IReadOnlyList<SmileQuote> quotes, bool repaired, string? note)
    {
        double[] off = [.. quotes.Select(q => smile.Volatility(q.LogMoneyness) - q.Volatility)];
        return new(smile, method, Math.Sqrt(off.Zip(WeightedQuotes.Of(quotes, smile.Years).Weight).Sum(x => x.Second * x.First * x.First)), off.Max(Math.Abs), ButterflyCheck.Of(smile), repaired, note);
    }

    private static Answer<SmileFit>.Refused? Refusal(double years, SmileQuote[] sorted)
    {
        if (years < OneHour) return new("ExpiresTooSoon", $"{years * 8760:F2} hours are left; a smile is read until the last hour");
        if (sorted.Length < 3) return new("TooFewQuotes", $"{sorted.Length} strikes; a smile takes 3, and SVI 5");
        for (var i = 0; i < sorted.Length; i++)
        {
            var q = sorted[i];
            if (!double.IsFinite(q.LogMoneyness)) return new("NotFinite", $"a log-moneyness is {q.LogMoneyness}");
            if (!(q.HalfSpread > 0 && double.IsFinite(q.HalfSpread))) return new("Crossed", $"at k = {q.LogMoneyness:F4} the bid is not below the ask");
            if (!(q.Volatility > 0 && q.Volatility < HighestVolatility)) return new("NoMarket", $"at k = {q.LogMoneyness:F4} the volatility is {q.Volatility:R}: nobody makes that market");
            if (i > 0 && q.LogMoneyness == sorted[i - 1].LogMoneyness) return new("TwoQuotesOneStrike", $"two quotes at k = {q.LogMoneyness:F4}");
        }
        return null;
    }
}
