using Ballast.Numerics.Allocation;

namespace Ballast.Numerics.MarketMaking;

/// <summary>A market as a maker sees it: how it moves, and how often quotes at a distance from its mid price are hit. Any unit of time, the same for all.</summary>
/// <param name="Arrivals">A: fills a unit of time at the mid price itself.</param>
/// <param name="Decay">k: a quote at distance δ is filled at the rate A e^(−kδ).</param>
/// <param name="Volatility">σ of the mid price, in money per √time; of a volatility per √time for a maker of options, whose inventory is vega.</param>
public sealed record MakerMarket(double Arrivals, double Decay, double Volatility)
{
    /// <summary>μ of the mid price, money a unit of time.</summary>
    public double Drift { get; init; }

    /// <summary>ξ: how far the mid price goes against the maker at each fill.</summary>
    public double AdverseSelection { get; init; }

    /// <summary>Fills a unit of time.</summary>
    public double Rate(double distance) => Arrivals * Math.Exp(-Decay * distance);

    /// <summary>The refusal of a market or an aversion without an answer; null where there is one.</summary>
    /// <returns><c>NoFillModel</c>, <c>NoVolatility</c> or <c>NoRiskAversion</c>.</returns>
    internal Answer<T>.Refused? Faulty<T>(double riskAversion) =>
        !(Arrivals > 0 && Decay > 0 && double.IsFinite(Arrivals * Decay)) ? new("NoFillModel", $"A is {Arrivals:G6} and k is {Decay:G6}; both must be above zero")
        : !(Volatility > 0 && double.IsFinite(Volatility)) || !double.IsFinite(Drift) || !(AdverseSelection >= 0 && double.IsFinite(AdverseSelection)) ? new("NoVolatility", $"volatility is {Volatility:G6}, drift {Drift:G6}, adverse selection {AdverseSelection:G6}; expected a number above zero, any, and none below")
        : !(riskAversion > 0 && double.IsFinite(riskAversion)) ? new("NoRiskAversion", $"the risk aversion is {riskAversion:G6}; it must be above zero")
        : null;

    /// <summary>ln(1 + γ/k)/γ, the half of the spread that does not depend on inventory; 1/k − γ/2k² for little γ.</summary>
    internal double HalfSpread(double riskAversion) =>
        riskAversion / Decay is < 1e-8 and var x ? (1 - 0.5 * x) / Decay : LogOnePlus(riskAversion / Decay) / riskAversion;

    /// <summary>ln(1 + x) with all its digits (Kahan).</summary>
    internal static double LogOnePlus(double x) => 1 + x is var u && u == 1 ? x : Math.Log(u) * (x / (u - 1));
}

/// <summary>How far from the mid price to quote; null where no quote is given.</summary>
public readonly record struct QuoteDistances(double? Bid, double? Ask);
