using Ballast.Numerics.Convexity;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Options;

namespace Ballast.Derivatives;

/// <summary>What a book's contracts gain when everything moves at once, revalued in full; coins held are left out.</summary>
public static class Revaluation
{
    /// <summary>The gain in money: options by their own forwards, coins of inverse futures at the moved index.</summary>
    /// <param name="move">Of every price, a fraction above −1.</param>
    /// <param name="volatilityShift">Added to every volatility; none falls below zero.</param>
    public static double Gain(Exposure exposure, double move, double volatilityShift = 0) =>
        exposure.Positions.Sum(p => Gain(p, move, volatilityShift, (double)exposure.Index));

    /// <summary>How the gains bend over a move up and down, beside what gamma alone says.</summary>
    public static ShockConvexity Convexity(Exposure exposure, double move) => ShockConvexity.Of(x => Gain(exposure, x), exposure.DeltaBlack * (double)exposure.Index, move);

    private static double Gain(PricedPosition.Known p, double move, double volatilityShift, double index) => p.Leg switch
    {
        { IsOption: true } leg => leg.Quantity * (BlackScholes.OnForward(leg.Right, leg.Price * (1 + move), leg.Strike, leg.Years, 0, Math.Max(0, leg.Volatility + volatilityShift)).Price - p.Greeks.Price),
        { Kind: LegKind.InverseFuture } leg => leg.Gain(move) * index * (1 + move),
        var leg => leg.Gain(move),
    };
}
