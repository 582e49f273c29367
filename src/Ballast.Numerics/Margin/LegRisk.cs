using Ballast.Numerics.Derivatives;

namespace Ballast.Numerics.Margin;

/// <summary>What a leg brings to every scenario and every add-on; all of it is in proportion to its quantity.</summary>
public sealed class LegRisk
{
    private readonly double[] _gains;

    internal LegRisk(Leg leg, double[] gains, double delta, CountedIn unit)
    {
        (Leg, _gains, Delta) = (leg, gains, delta);
        RollValue = leg.Kind == LegKind.Coin ? 0 : unit == CountedIn.Coin ? delta : delta * leg.Price;
    }

    public Leg Leg { get; }

    /// <summary>The weighted gain of each scenario, in the account's unit.</summary>
    public ReadOnlySpan<double> Gains => _gains;

    /// <summary>Coins to sell so that the account counted in its unit does not move: of coin-settled options the premium counts.</summary>
    public double Delta { get; }

    /// <summary>What the roll charge counts: the delta in the account's unit.</summary>
    internal double RollValue { get; }

    internal bool IsLongOption => Leg.IsOption && Leg.Quantity > 0;

    /// <summary>Expiries are one bucket each; coin-settled and money-settled contracts are not set against each other.</summary>
    internal (double Years, bool InCoin) Bucket => (Leg.Years, Leg.InCoin);
}
