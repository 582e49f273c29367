namespace Ballast.Numerics.Convex;

/// <summary>What happens next on a walk down the price of trading: a weight reaches a stop, or begins to trade.</summary>
internal sealed class WalkEvents
{
    private readonly ActiveLimits active;
    private readonly Limits limits;
    private readonly double[] costs;

    public WalkEvents(PortfolioProblem problem, ActiveLimits active, double unit)
    {
        (this.active, limits) = (active, problem.Limits);
        costs = new double[problem.Size];
        for (var i = 0; i < costs.Length; i++) costs[i] = problem.Cost(i) / unit;
    }

    /// <summary>The highest price at which a purchase and a sale pay for each other, the price of the sum there, and the two assets.</summary>
    public (double Price, double Level, int Buyer, int Seller) First(double[] slope)
    {
        var (buyer, seller, least, most) = (-1, -1, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < slope.Length; i++)
        {
            if (limits.Current[i] < limits.Upper[i] && slope[i] + costs[i] < least) (buyer, least) = (i, slope[i] + costs[i]);
            if (limits.Current[i] > limits.Lower[i] && slope[i] - costs[i] > most) (seller, most) = (i, slope[i] - costs[i]);
        }
        if (buyer < 0 || seller < 0) return (0, buyer < 0 ? seller < 0 ? 0 : -most : -least, buyer, seller);
        return (Math.Max(0, (most - least) / 2), -(most + least) / 2, buyer, seller);
    }

    /// <param name="fall">How fast the slopes fall as the price does.</param>
    /// <returns>How far the price falls until then, infinitely far where nothing happens; who; and where to.</returns>
    public (double Length, int Asset, Place Place) Next(double[] w, double[] move, double[] slope, double[] fall, double price, double level, double levelRate)
    {
        var (length, asset, place) = (double.PositiveInfinity, -1, Place.Free);
        for (var i = 0; i < w.Length; i++)
        {
            var (at, to) = active.Places[i] is Place.Bought or Place.Sold
                ? Stop(i, w[i], move[i])
                : Start(i, slope[i] + level, levelRate - fall[i], costs[i] + price);
            if (at < length) (length, asset, place) = (at, i, to);
        }
        return (length, asset, place);
    }

    /// <summary>Where a weight that trades arrives: its bound ahead, or the weight it came from.</summary>
    private (double, Place) Stop(int i, double w, double rate)
    {
        if (rate == 0) return (double.PositiveInfinity, Place.Free);
        var (outward, bought) = (rate > 0, active.Places[i] == Place.Bought);
        var (stop, place) = outward == bought
            ? bought ? (limits.Upper[i], Place.Upper) : (limits.Lower[i], Place.Lower)
            : (limits.Current[i], Place.Current);
        return (Math.Max(0, (stop - w) / rate), place);
    }

    /// <summary>When a resting weight's pull, which grows at some rate, outgrows what trading costs, or falls below it at a bound.</summary>
    private (double, Place) Start(int i, double pull, double rate, double cost)
    {
        switch (active.Places[i])
        {
            // Back from the bound it was sold to or bought up to.
            case Place.Lower: return (Crossing(pull - cost, -rate - 1), Place.Sold);
            case Place.Upper: return (Crossing(-pull - cost, rate - 1), Place.Bought);
            default:
                var toBuy = limits.Current[i] < limits.Upper[i] ? Crossing(cost + pull, 1 - rate) : double.PositiveInfinity;
                var toSell = limits.Current[i] > limits.Lower[i] ? Crossing(cost - pull, 1 + rate) : double.PositiveInfinity;
                return toBuy < toSell ? (toBuy, Place.Bought) : (toSell, Place.Sold);
        }
    }

    private static double Crossing(double room, double rate) => rate > 0 ? Math.Max(0, room) / rate : double.PositiveInfinity;
}
