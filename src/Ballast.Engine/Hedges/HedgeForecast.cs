using Ballast.Numerics.Hedging;

namespace Ballast.Engine.Hedges;

/// <summary>What hedging will cost: at the next look, by how the price has lately moved, and over a life, by a volatility.</summary>
public static class HedgeForecast
{
    /// <summary>Of the next look, by where delta is now, in the numeraire.</summary>
    /// <param name="distance">Delta less target, after the trade of this look.</param>
    public static double Next(HedgePoint point, double distance, HedgeBand band, HedgeRule rule, MoveAverage moves, HedgeSettings settings) => rule is HedgeRule.FixedTime
        ? Usual(point, band, rule, moves, settings)
        : InNumeraire(BandCost.TradedNext(distance, Gamma(point) * moves.Deviation, band), point, settings);

    /// <summary>Of a look, wherever delta is, in the numeraire.</summary>
    public static double Usual(HedgePoint point, HedgeBand band, HedgeRule rule, MoveAverage moves, HedgeSettings settings) =>
        InNumeraire(rule is HedgeRule.FixedTime ? Gamma(point) * moves.Modulus : BandCost.TradedPerLook(Gamma(point) * moves.Deviation, (band.Below + band.Above) / 2, band.Goal), point, settings);

    /// <summary>Of the whole life, at its first point, in the numeraire: the expectation over prices without drift at the first volatilities.</summary>
    /// <param name="interval">Years from look to look.</param>
    /// <param name="volatility">That the price will move by; null for the one that the options say.</param>
    public static double Ahead(HedgePath path, HedgeRule rule, HedgeSettings settings, double interval, double? volatility = null)
    {
        var (first, moving) = (path.First, volatility ?? path.First.Volatility);
        var moves = MoveAverage.Of(moving, interval);
        return Life.Expected(first.Price, moving, path.Years - interval, (price, left) =>
        {
            // From the look at which so much is left, to the next; the last look is an interval before the end.
            var years = left + interval;
            var there = At(path, price, path.Years - years, interval);
            var (band, _) = rule.At(there, settings, path.Units);
            return Usual(there, band, rule, moves, settings) / interval;
        });
    }

    private static HedgePoint At(HedgePath path, double price, double after, double least) =>
        new(path.First.Time + after, price, [.. path.First.Legs.Select(l => l with { Price = price, Years = Math.Max(least, l.Years - after) })]);

    /// <summary>Coins of delta for a move of 100 %.</summary>
    private static double Gamma(HedgePoint point) => Math.Abs(point.Options.Gamma) * point.Price;

    private static double InNumeraire(double coins, HedgePoint point, HedgeSettings settings) => settings.Cost * coins * (settings.InCoin ? 1 : point.Price);
}
