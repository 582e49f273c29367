using Ballast.Numerics.Allocation;
using Ballast.Numerics.Random;

namespace Ballast.Numerics.Execution;

/// <summary>How an order is cut into children over time, as fractions or as units: evenly, by volume, or with the volume of others.</summary>
public static class ChildOrders
{
    /// <summary>Even sizes, each moved by at most a part of itself, together exactly the quantity.</summary>
    /// <param name="jitter">0 to below 1: how far a size may be from even.</param>
    public static double[] Even(double quantity, int steps, double jitter = 0, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(jitter >= 0 && jitter < 1)) throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "0 to below 1");
        var chance = new Xoshiro256(seed);
        double[] drawn = [.. Enumerable.Range(0, steps).Select(_ => 2 * chance.NextDouble() - 1)];
        var mean = drawn.Average();
        var widest = drawn.Max(u => Math.Abs(u - mean));
        return Exactly(quantity, [.. drawn.Select(u => quantity / steps * (1 + jitter * (u - mean) / Math.Max(1, widest)))]);
    }

    /// <summary>In proportion to the volume that is expected.</summary>
    /// <returns><c>NoVolume</c> where none is.</returns>
    public static Answer<double[]> ByVolume(double quantity, double[] volumes) =>
        volumes.Any(v => !(v >= 0 && double.IsFinite(v))) ? throw new ArgumentOutOfRangeException(nameof(volumes), "no volume is below zero")
        : volumes.Sum() is > 0 and var all ? Exactly(quantity, [.. volumes.Select(v => quantity * (v / all))])
        : new Answer<double[]>.Refused("NoVolume", "no volume is expected at any time");

    /// <summary>A share of all trading: ρ/(1 − ρ) times the volume of others, until the quantity is done.</summary>
    /// <param name="rate">ρ, above 0 and below 1.</param>
    /// <returns>Sizes, which are less than the quantity together where there is too little volume.</returns>
    public static double[] WithVolume(double quantity, double[] others, double rate)
    {
        if (!(rate > 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "above 0, below 1");
        var (sizes, left) = (new double[others.Length], Math.Abs(quantity));
        for (var k = 0; k < sizes.Length; k++)
        {
            var size = Math.Min(left, rate / (1 - rate) * others[k]);
            (sizes[k], left) = (Math.CopySign(size, quantity), left - size);
        }
        return sizes;
    }

    /// <summary>Children that a venue takes: whole lots, none below the least, none above its cap; what one cannot take the next does, and the last takes what rounding left.</summary>
    /// <param name="lot">0 where any size is good.</param>
    /// <param name="least">No child is smaller, but the last.</param>
    /// <param name="caps">The most of each; empty where there are none.</param>
    /// <returns>The children and what did not fit beneath the caps.</returns>
    public static (double[] Sizes, double Left) Fitted(double[] sizes, double lot = 0, double least = 0, double[]? caps = null)
    {
        if (caps is { Length: > 0 } && caps.Length != sizes.Length) throw new ArgumentException($"{caps.Length} caps for {sizes.Length} children", nameof(caps));
        var (fitted, carried) = (new double[sizes.Length], 0.0);
        for (var k = 0; k < sizes.Length; k++)
        {
            var (wanted, cap, last) = (sizes[k] + carried, caps is { Length: > 0 } ? caps[k] : double.PositiveInfinity, k == sizes.Length - 1);
            var size = Math.Min(last ? Snapped(Math.Abs(wanted), lot) : Whole(Math.Abs(wanted), lot), Whole(cap, lot));
            fitted[k] = !last && size < least ? 0 : Math.CopySign(size, wanted);
            carried = wanted - fitted[k];
        }
        return (fitted, Math.Abs(carried) <= 1e-12 * sizes.Sum(Math.Abs) ? 0 : carried);
    }

    /// <summary>The last is what the others leave, so that adding them up gives the quantity to the last digit.</summary>
    private static double[] Exactly(double quantity, double[] sizes)
    {
        sizes[^1] = quantity - sizes[..^1].Sum();
        return sizes;
    }

    /// <summary>Rounded down, so that what is carried on never changes sides.</summary>
    private static double Whole(double size, double lot) => lot == 0 || double.IsInfinity(size) ? size : Math.Floor(size / lot + 1e-9) * lot;

    private static double Snapped(double size, double lot) => lot > 0 && Math.Abs(size / lot - Math.Round(size / lot)) < 1e-6 ? Math.Round(size / lot) * lot : size;
}
