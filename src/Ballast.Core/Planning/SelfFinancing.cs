namespace Ballast.Planning;

/// <summary>
/// Solves for the value after costs, V': V' + Σ kᵢ·|sᵢ·E(V') − vᵢ| = V over all lines but the base asset,
/// where E(V') is the value that the shares are of, the least of a few straight lines in V'. Exact but for the last digit of one division.
/// </summary>
public static class SelfFinancing
{
    /// <summary>
    /// The only V'; null where costs are so high that there need not be just one: max slope · Σ kᵢ·|sᵢ| ≥ 1.
    /// Below that the left side is continuous and strictly increasing, so a secant step on the linear piece at hand ends on the right piece.
    /// </summary>
    public static decimal? ValueAfter(decimal value, ReadOnlySpan<SizedLine> lines, ReadOnlySpan<Pool> pools)
    {
        var steepest = 0m;
        foreach (var line in lines) steepest += Math.Max(line.BuyRate, line.SellRate) * Math.Abs(line.Share);
        foreach (var pool in pools)
            if (steepest * Math.Abs(pool.Slope) >= 1) return null;
        return Root(value, lines, pools);
    }

    /// <summary>The value that the shares are of: the least of the pools, and never less than nothing.</summary>
    public static decimal Shared(ReadOnlySpan<Pool> pools, decimal valueAfter) => Math.Max(0, Least(pools, valueAfter).At(valueAfter));

    private static decimal Root(decimal value, ReadOnlySpan<SizedLine> lines, ReadOnlySpan<Pool> pools)
    {
        var (low, high, x) = (decimal.MinValue, decimal.MaxValue, value);
        for (var round = 0; round < 200; round++)
        {
            var (left, slope) = LeftSide(x, lines, pools);
            if (left == value) return x;
            if (left > value) high = x;
            else low = x;
            var next = x - (left - value) / slope;
            if (next == x) return x;
            // Where pieces of several pools meet a step can leave the bracket: halve it instead.
            if ((next <= low || next >= high) && low != decimal.MinValue && high != decimal.MaxValue) next = low + (high - low) / 2;
            if (next == low || next == high) return next;
            x = next;
        }
        return x;
    }

    private static (decimal Left, decimal Slope) LeftSide(decimal x, ReadOnlySpan<SizedLine> lines, ReadOnlySpan<Pool> pools)
    {
        var pool = Least(pools, x);
        var shared = pool.At(x);
        if (shared < 0) (shared, pool) = (0, default);
        var (cost, slope) = (0m, 1m);
        foreach (var line in lines)
        {
            var gap = line.Share * shared - line.Value;
            var rate = gap > 0 ? line.BuyRate : -line.SellRate;
            cost += rate * gap;
            slope += rate * line.Share * pool.Slope;
        }
        return (x + cost, slope);
    }

    private static Pool Least(ReadOnlySpan<Pool> pools, decimal x)
    {
        var least = pools[0];
        foreach (var pool in pools)
            if (pool.At(x) < least.At(x)) least = pool;
        return least;
    }
}

/// <summary>A line in the self-financing equation: its share of E, what it is worth now, and the cost of a unit of value bought or sold.</summary>
public readonly record struct SizedLine(decimal Share, decimal Value, decimal BuyRate, decimal SellRate);

/// <summary>E as a straight line in the value after costs: constant + slope · V'.</summary>
public readonly record struct Pool(decimal Constant, decimal Slope)
{
    public decimal At(decimal valueAfter) => Constant + Slope * valueAfter;
}
