using Ballast.Numerics.Statistics;

namespace Ballast.Numerics.Smiles;

/// <summary>What the market says of one strike.</summary>
/// <param name="LogMoneyness">k = ln(K/F).</param>
/// <param name="Volatility">σ, per √year: the middle of the market, or a venue's mark.</param>
/// <param name="HalfSpread">Half of the ask's σ less the bid's; the same for all where it is not known.</param>
public readonly record struct SmileQuote(double LogMoneyness, double Volatility, double HalfSpread = 0.01)
{
    /// <summary>From the volatilities at which one can sell and buy.</summary>
    public static SmileQuote Between(double logMoneyness, double bid, double ask) => new(logMoneyness, (bid + ask) / 2, (ask - bid) / 2);

    /// <summary>Black's vega of a forward of 1: φ(d₁)√T.</summary>
    internal double Vega(double years)
    {
        var v = Volatility * Math.Sqrt(years);
        var d1 = v / 2 - LogMoneyness / v;
        return Math.Sqrt(years) * Normal.Pdf(d1);
    }
}
