using Ballast.Numerics.Options;

namespace Ballast.Numerics.Convexity;

/// <summary>A move of everything that an option's value hangs on.</summary>
/// <param name="Move">Of the price, a fraction.</param>
/// <param name="Volatility">Of the volatility: 0.01 is a point.</param>
/// <param name="Years">Of time.</param>
public readonly record struct MarketMove(double Move, double Volatility, double Years);

/// <summary>A gain split over the Greeks, and what they do not explain.</summary>
/// <param name="Full">The gain by full revaluation.</param>
public readonly record struct TaylorAttribution(double Delta, double Gamma, double Vega, double Vanna, double Volga, double Theta, double Full)
{
    /// <summary>The flag of <see cref="IsUnreliable"/>.</summary>
    public const string TaylorUnreliable = "TaylorUnreliable";

    private const double MostUnexplained = 0.2;

    public double Explained => Delta + Gamma + Vega + Vanna + Volga + Theta;

    public double Residual => Full - Explained;

    /// <summary>Whether more than a fifth of the gain is left over: then only full revaluation may decide a trade.</summary>
    public bool IsUnreliable => Math.Abs(Residual) > MostUnexplained * Math.Abs(Full);

    /// <param name="greeks">Of the whole book, raw, summed over quantities: per 1.00 of volatility and a year.</param>
    public static TaylorAttribution Of(OptionValue greeks, double price, MarketMove move, double full)
    {
        var step = price * move.Move;
        return new(greeks.Delta * step, greeks.Gamma * step * step / 2, greeks.Vega * move.Volatility, greeks.Vanna * step * move.Volatility,
            greeks.Volga * move.Volatility * move.Volatility / 2, greeks.Theta * move.Years, full);
    }
}
