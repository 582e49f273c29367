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
    /// <summary>What a short option asks for, per coin and in the unit of its mark; a long one is paid for and asks for nothing.</summary>
    /// <param name="underlying">The price of the expiry's future: it says how far out of the money the option is.</param>
    /// <param name="size">One coin's worth in the unit of the mark: 1 where it is in coin, the index where it is in money.</param>
    /// <remarks>Out of the money by o: initial max(base − o, floor) × size + mark; maintenance m × size + mark; of a put m is taken of the mark where that is more, and initial is at least maintenance.</remarks>
    public MarginPair ShortOption(OptionKind right, double strike, double underlying, double size, double mark)
    {
        var outside = Math.Max(0, right == OptionKind.Call ? strike - underlying : underlying - strike) / underlying;
        var initial = Math.Max(OptionBase - outside, OptionFloor) * size + mark;
        var maintenance = MaintenanceOfShort(right, size, mark);
        return new(right == OptionKind.Call ? initial : Math.Max(initial, maintenance), maintenance);
    }

    internal double MaintenanceOfShort(OptionKind right, double size, double mark) => OptionMaintenance * (right == OptionKind.Put && mark > size ? mark : size) + mark;

    /// <summary>What a leg asks for in its settlement unit: coins, or money.</summary>
    /// <param name="index">The underlying's price in money.</param>
    public MarginPair Of(Leg leg, double index) => Of(leg, leg.Price, leg.Quantity, index, leg.UnitValue);

    /// <summary>The same with the leg's price, coins, index and unit value as they are after a move.</summary>
    internal MarginPair Of(Leg leg, double price, double coins, double index, double mark)
    {
        if (leg.Kind == LegKind.Coin || leg.IsOption && coins >= 0) return default;
        if (leg.IsOption) return Math.Abs(coins) * ShortOption(leg.Right, leg.Strike, price, leg.InCoin ? 1 : index, mark);
        return Math.Abs(coins) * (leg.InCoin ? 1 : price) * new MarginPair(Initial.At(coins), Maintenance.At(coins));
    }
}
