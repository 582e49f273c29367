using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.Hedging;

/// <summary>Whose band is asked for.</summary>
public enum BandModel
{
    /// <summary>For costs that are small and an end that is far.</summary>
    WhalleyWilmott,

    /// <summary>The same, wider where little time is left for a trade to pay.</summary>
    FiniteLife,

    /// <summary>Fitted to the exact band of a single option.</summary>
    Zakamouline,
}

/// <summary>Something that the user of an answer should know, with a stable code.</summary>
public readonly record struct HedgeNote(string Code, string Reason);

/// <summary>A band to use, from the model that was asked for or from the one that stands in for it.</summary>
/// <param name="HalfWidth">In coins.</param>
/// <param name="Volatility">What to compute the delta in the middle of the band with.</param>
/// <param name="Model">Whose band it is.</param>
/// <param name="Notes">ZakOutOfRange, ZakOutOfDomain (both: Whalley and Wilmott's band instead), NoHedgeOptimal.</param>
public sealed record UtilityBand(double HalfWidth, double Volatility, BandModel Model, IReadOnlyList<HedgeNote> Notes)
{
    /// <summary>Risk aversion times value from which Zakamouline's fit is up to half too narrow for long gamma.</summary>
    private const double OutOfDomain = 50;

    /// <summary>Never refuses: what one model cannot say, the other does.</summary>
    /// <param name="units">Coins that the options are on; with spot and aversion it says how large the position is to its holder.</param>
    /// <param name="mostDistance">How far delta can be from its target at any price; a band beyond means never to hedge.</param>
    public static UtilityBand Choose(BandModel model, HedgeTerms terms, double units, double mostDistance = double.PositiveInfinity)
    {
        if (!(units >= 0)) throw new ArgumentOutOfRangeException(nameof(units), units, "a size is not negative");
        var notes = new List<HedgeNote>();
        var (half, volatility, used) = model == BandModel.Zakamouline && Fitted(terms, units, notes) is { } fit
            ? (fit.HalfWidth, fit.Volatility, BandModel.Zakamouline)
            : model == BandModel.FiniteLife ? (WhalleyWilmott.FiniteHalfWidth(terms), terms.Volatility, model)
            : (WhalleyWilmott.HalfWidth(terms), terms.Volatility, BandModel.WhalleyWilmott);
        if (half > mostDistance) notes.Add(new("NoHedgeOptimal", $"the band of {half:R} is wider than the {mostDistance:R} that delta can be away"));
        return new(half, volatility, used, notes);
    }

    private static Zakamouline? Fitted(HedgeTerms terms, double units, List<HedgeNote> notes)
    {
        var size = terms.Aversion * terms.Spot * units;
        if (size >= OutOfDomain)
        {
            notes.Add(new("ZakOutOfDomain", $"risk aversion times value is {size:R}, and the fit holds below {OutOfDomain}; Whalley and Wilmott's band is used"));
            return null;
        }
        if (Zakamouline.Of(terms) is Answer<Zakamouline>.Refused refused)
        {
            notes.Add(new(refused.Code, refused.Reason + "; Whalley and Wilmott's band is used"));
            return null;
        }
        return Zakamouline.Of(terms).OrThrow();
    }
}
