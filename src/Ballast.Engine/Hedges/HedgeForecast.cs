using Ballast.Numerics.Hedging;

namespace Ballast.Engine.Hedges;

/// <summary>What hedging will cost: at the next look, by how the price has lately moved, and over a life, by a volatility.</summary>
public static class HedgeForecast
{
    /// <summary>Of the next look after one that has been answered, in the numeraire.</summary>
    public static double Next(HedgePoint point, HedgeBand band, HedgeRule rule, MoveAverage moves, HedgeSettings settings)
    {
        var gamma = Math.Abs(point.Options.Gamma) * point.Price;
        var traded = rule is HedgeRule.FixedTime ? gamma * moves.Modulus : BandCost.TradedPerLook(gamma * moves.Deviation, (band.Below + band.Above) / 2, band.Goal);
        return settings.Cost * traded * (settings.InCoin ? 1 : point.Price);
    }

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
            return Next(there, band, rule, moves, settings) / interval;
        });
    }

    private static HedgePoint At(HedgePath path, double price, double after, double least) =>
        new(path.First.Time + after, price, [.. path.First.Legs.Select(l => l with { Price = price, Years = Math.Max(least, l.Years - after) })]);
}
