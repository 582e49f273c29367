using System.Runtime.CompilerServices;

namespace Ballast.Numerics.Backtest;

/// <summary>The weights that a decision goes to.</summary>
internal static unsafe class Goals
{
    /// <summary>Writes the destination, seen from the holdings at these prices, into <see cref="Account.Goal"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double* Decide(ref Account a, FastPolicy policy, double* prices, double value, bool toTarget)
    {
        if (policy.Destination == Destination.Target || (toTarget && policy.Destination == Destination.BandEdge)) return a.Weight;
        if (policy.Destination == Destination.Halfway) PartOfTheWay(ref a, prices, value, policy.Step);
        else NearestInside(ref a, policy, prices, value);
        return a.Goal;
    }

    private static void PartOfTheWay(ref Account a, double* prices, double value, double step)
    {
        for (var i = 0; i < a.Assets; i++)
        {
            var weight = a.Quantity[i] * prices[i] / value;
            a.Goal[i] = weight + (step * (a.Weight[i] - weight));
        }
    }

    /// <summary>
    /// Euclidean projection of the weights on {lo ≤ y ≤ hi, Σy = 1} (allocation 1.8): y = clip(w − m, lo, hi). Cash is a coordinate
    /// like the others; where it is the rest its band is [0, 1], so it gives and takes as freely as an asset. Cash that nobody wants
    /// (the weights sum to one) may only shrink.
    /// </summary>
    private static void NearestInside(ref Account a, FastPolicy policy, double* prices, double value)
    {
        var bands = policy.Bands!;
        for (var i = 0; i < a.Assets; i++) a.Holding[i] = a.Quantity[i] * prices[i] / value;
        var cash = a.Cash / value;
        var (cashLow, cashHigh) = policy.CashTarget is not null ? (bands.CashLower, bands.CashUpper) : (0.0, policy.Weights.Sum() < 1 - PolicyCheck.SumTolerance ? 1.0 : Math.Max(0, cash));
        double below = -2, above = 2, m = 0;
        // Newton's method inside a bracket: exact once the set of free weights is right; at worst it bisects.
        for (var round = 0; round < 200; round++)
        {
            var sum = Math.Clamp(cash - m, cashLow, cashHigh);
            var free = cash - m > cashLow && cash - m < cashHigh ? 1 : 0;
            for (var i = 0; i < a.Assets; i++)
            {
                var moved = a.Holding[i] - m;
                sum += Math.Clamp(moved, bands.Lower[i], bands.Upper[i]);
                if (moved > bands.Lower[i] && moved < bands.Upper[i]) free++;
            }
            var excess = sum - 1;
            if (excess > 0) below = m; else above = m;
            var next = free > 0 ? m + (excess / free) : 0.5 * (below + above);
            if (!(next > below && next < above)) next = 0.5 * (below + above);
            if (Math.Abs(excess) < 1e-16 || next == m) break;
            m = next;
        }
        for (var i = 0; i < a.Assets; i++) a.Goal[i] = Math.Clamp(a.Holding[i] - m, bands.Lower[i], bands.Upper[i]);
    }
}
