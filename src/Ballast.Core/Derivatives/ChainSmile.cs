using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Allocation;
using Ballast.Numerics.Options;
using Ballast.Numerics.Smiles;

namespace Ballast.Derivatives;

/// <summary>What a smile was fitted to at one strike: the volatility of the option that is out of the money.</summary>
public readonly record struct SmileStrike(Instrument.Option Contract, SmileQuote Quote);

/// <summary>The smile of one expiry, as a venue's marks say it, or why there is none.</summary>
/// <param name="Forward">The price for delivery at expiry that the venue's options are on; null where it gave none.</param>
/// <param name="Years">To expiry, in years of 365 days.</param>
/// <param name="Strikes">What was used, by strike.</param>
/// <param name="LeftOut">Strikes that were not: without a volatility, at one that says no market, or crossed.</param>
/// <param name="Fit">The smile, or the reason.</param>
public sealed record ChainSmile(
    Asset Underlying, Asset Settlement, Instant Expiry, decimal? Forward, double Years, ImmutableArray<SmileStrike> Strikes, int LeftOut, Answer<SmileFit> Fit)
{
    private const double NoMarket = 5;

    /// <summary>The smile where there is one.</summary>
    public SmileFit? Found => (Fit as Answer<SmileFit>.Found)?.Value;

    /// <summary>How this smile lies over an earlier one, where both have quotes; null where either has no smile or no strike is common.</summary>
    public CalendarCheck? After(ChainSmile earlier)
    {
        if (Found is not { } own || earlier.Found is not { } before) return null;
        var low = Math.Max(Strikes[0].Quote.LogMoneyness, earlier.Strikes[0].Quote.LogMoneyness);
        var high = Math.Min(Strikes[^1].Quote.LogMoneyness, earlier.Strikes[^1].Quote.LogMoneyness);
        return low <= high ? CalendarCheck.Of(before.Smile, own.Smile, low, high) : null;
    }

    /// <summary>One an expiry that is still ahead, by underlying and time.</summary>
    public static ImmutableArray<ChainSmile> Of(Chain chain) =>
    [
        .. chain.Quotes.Where(q => q.Contract is Instrument.Option option && option.Expiry > chain.At)
            .GroupBy(q => (q.Contract.Base, q.Contract.Settlement, q.Contract.Expires))
            .OrderBy(g => g.Key.Base.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Settlement.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Expires)
            .Select(g => One(chain, [.. g])),
    ];

    private static ChainSmile One(Chain chain, ChainQuote[] quotes)
    {
        var any = (Instrument.Option)quotes[0].Contract;
        var years = PositionPricer.Years(chain.At, any.Expiry);
        var listed = quotes.Select(q => ((Instrument.Option)q.Contract).Strike).Distinct().Count();
        if (chain.Forward(any) is not { } forward)
            return new(any.Base, any.Settlement, any.Expiry, null, years, [], listed, new Answer<SmileFit>.Refused("NoForward", "no option of this expiry says what its underlying costs"));
        ImmutableArray<SmileStrike> used = [.. quotes.Where(q => q.Volatility is > 0 and < NoMarket && !q.Crossed)
            .GroupBy(q => ((Instrument.Option)q.Contract).Strike).OrderBy(g => g.Key).Select(g => OutOfTheMoney(g, forward))];
        return new(any.Base, any.Settlement, any.Expiry, forward, years, used, listed - used.Length, SmileFit.Of((double)forward, years, [.. used.Select(u => u.Quote)]));
    }

    /// <summary>Of a call and a put at one strike the one that is out of the money, where there are both.</summary>
    private static SmileStrike OutOfTheMoney(IGrouping<decimal, ChainQuote> strike, decimal forward)
    {
        var outside = strike.Key < forward ? OptionKind.Put : OptionKind.Call;
        var quote = strike.FirstOrDefault(q => ((Instrument.Option)q.Contract).Right == outside) ?? strike.First();
        return new((Instrument.Option)quote.Contract, new SmileQuote(Math.Log((double)(strike.Key / forward)), quote.Volatility!.Value));
    }
}
