using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Engine.Hedges;

/// <summary>What the options of a position come to, together.</summary>
/// <param name="Delta">Coins; of coin-settled options net of their premium, which is an asset of its own.</param>
/// <param name="Gamma">Coins per unit of money, Black's.</param>
/// <param name="Coins">What coin-settled options are worth, in coin.</param>
/// <param name="Money">What money-settled ones are worth.</param>
public readonly record struct OptionSum(double Delta, double Gamma, double Coins, double Money)
{
    /// <param name="stretch">By which every volatility is multiplied.</param>
    public static OptionSum Of(IReadOnlyList<Leg> legs, double stretch = 1)
    {
        var sum = default(OptionSum);
        foreach (var leg in legs) sum = sum.Plus(leg, stretch);
        return sum;
    }

    /// <summary>The gamma alone at another price, with so many years left: what a forecast asks thousands of times.</summary>
    public static double GammaAt(IReadOnlyList<Leg> legs, double price, double years)
    {
        var gamma = 0.0;
        foreach (var leg in legs)
        {
            var deviation = leg.Volatility * Math.Sqrt(years);
            var d1 = Math.Log(price / leg.Strike) / deviation + deviation / 2;
            gamma += leg.Quantity * Math.Exp(-d1 * d1 / 2) / (price * deviation * Math.Sqrt(2 * Math.PI));
        }
        return gamma;
    }

    private OptionSum Plus(Leg leg, double stretch)
    {
        if (!leg.IsOption) throw new ArgumentException($"a {leg.Kind} is no option");
        var (value, q) = (BlackScholes.OnForward(leg.Right, leg.Price, leg.Strike, leg.Years, 0, leg.Volatility * stretch), leg.Quantity);
        var coin = value.Price / leg.Price;
        return leg.InCoin
            ? new(Delta + q * (value.Delta - coin), Gamma + q * value.Gamma, Coins + q * coin, Money)
            : new(Delta + q * value.Delta, Gamma + q * value.Gamma, Coins, Money + q * value.Price);
    }
}
