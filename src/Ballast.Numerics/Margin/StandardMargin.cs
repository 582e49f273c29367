using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Numerics.Margin;

/// <summary>Initial and maintenance margin, in the unit that the account is counted in.</summary>
public readonly record struct MarginPair(double Initial, double Maintenance)
{
    public static MarginPair operator +(MarginPair a, MarginPair b) => new(a.Initial + b.Initial, a.Maintenance + b.Maintenance);

    public static MarginPair operator *(double factor, MarginPair pair) => new(factor * pair.Initial, factor * pair.Maintenance);
}

/// <summary>A fraction of a future's value that grows with the size of the position: base + slope × |coins|.</summary>
public readonly record struct SizedRate(double Base, double Slope)
{
    public double At(double coins) => Base + Slope * Math.Abs(coins);
}

/// <summary>Position-by-position ("standard") margin: nothing is set against anything.</summary>
/// <param name="OptionBase">Of the underlying, for a short option at the money.</param>
/// <param name="OptionFloor">Of the underlying, the least for a short option far from the money.</param>
/// <param name="OptionMaintenance">Of the underlying, for a short option.</param>
/// <param name="Initial">For futures and perpetuals.</param>
/// <param name="Maintenance">For futures and perpetuals.</param>
public sealed record StandardMargin(double OptionBase, double OptionFloor, double OptionMaintenance, SizedRate Initial, SizedRate Maintenance)
{
    /// <summary>One coin of an option, as a fraction of the underlying; a long option is paid for and asks for nothing.</summary>
    /// <param name="mark">Its value as a fraction of the underlying, which is its price in coin.</param>
    /// <param name="underlying">The price of the expiry's future.</param>
    /// <remarks>Out of the money by o: initial max(base − o, floor) + mark; maintenance m + mark; of a put m is at least m × mark, and initial at least maintenance.</remarks>
    public MarginPair ShortOption(OptionKind right, double strike, double underlying, double mark)
    {
        var outside = Math.Max(0, right == OptionKind.Call ? strike - underlying : underlying - strike) / underlying;
        var initial = Math.Max(OptionBase - outside, OptionFloor) + mark;
        if (right == OptionKind.Call) return new(initial, OptionMaintenance + mark);
        var maintenance = Math.Max(OptionMaintenance, OptionMaintenance * mark) + mark;
        return new(Math.Max(initial, maintenance), maintenance);
    }

    /// <summary>What a leg asks for in its settlement unit: coins, or money.</summary>
    public MarginPair Of(Leg leg)
    {
        var size = Math.Abs(leg.Quantity) * (leg.InCoin ? 1 : leg.Price);
        if (leg.Kind == LegKind.Coin || leg.IsOption && leg.Quantity >= 0) return default;
        if (!leg.IsOption) return size * new MarginPair(Initial.At(leg.Quantity), Maintenance.At(leg.Quantity));
        return size * ShortOption(leg.Right, leg.Strike, leg.Price, leg.InCoin ? leg.UnitValue : leg.UnitValue / leg.Price);
    }
}
