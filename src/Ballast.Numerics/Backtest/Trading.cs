using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Brings an account to its goal weights at one bar's prices: eight assets at a time.</summary>
internal static unsafe class Trading
{
    /// <summary>A decision that trades less than this share of value found nothing to do, and is no rebalance.</summary>
    public const double NothingTraded = 1e-9;

    /// <summary>Trades from the value before to <see cref="Account.Goal"/>, and returns the value after costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Rebalance(ref Account a, double* goal, double* prices, double before, Sizing sizing)
    {
        var sized = sizing == Sizing.BeforeCosts ? before : ValueAfter(ref a, goal, prices, before);
        var paid = Fill(ref a, goal, prices, sized, before);
        a.CashFellBelowZero |= a.Cash < -1e-9 * before;
        return before - paid;
    }

    /// <summary>The first purchase when it is free: no cost, no turnover, not a rebalance.</summary>
    public static void BuyFree(ref Account a, double* prices)
    {
        var value = a.Cash;
        double spent = 0;
        for (var i = 0; i < a.Assets; i++)
        {
            a.Quantity[i] = a.Weight[i] * value / prices[i];
            spent += a.Weight[i] * value;
        }
        a.Cash = value - spent;
        Bounds(ref a);
    }

    /// <summary>
    /// Solves V' + Σ f|y V' − h| = V (allocation 2.2) by Newton's method from V' = V. The left side is convex, increasing and
    /// piecewise linear (Σ f|y| &lt; 1), so the steps only descend, and the first that does not has found the root: no tolerance.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ValueAfter(ref Account a, double* goal, double* prices, double before)
    {
        unchecked
        {
            var after = before;
            for (var round = 0; round <= a.Padded + 2; round++)
            {
                var slope = Vector512<double>.Zero;
                var level = Vector512<double>.Zero;
                var value = Vector512.Create(after);
                for (var i = 0; i < a.Padded; i += Width)
                {
                    var holding = Vector512.Load(a.Quantity + i) * Vector512.Load(prices + i);
                    var y = Vector512.Load(goal + i);
                    var rate = Vector512.CopySign(Vector512.Load(a.Cost + i), (y * value) - holding);
                    slope = Fma(rate, y, slope);
                    level = Fma(rate, holding, level);
                }
                var next = (before + Sum(level)) / (1 + Sum(slope));
                if (!(next < after)) break;
                after = next;
            }
            return after;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Fill(ref Account a, double* goal, double* prices, double sized, double before)
    {
        unchecked
        {
            var value = Vector512.Create(sized);
            var fees = Vector512<double>.Zero;
            var traded = Vector512<double>.Zero;
            var bought = Vector512<double>.Zero;
            var never = Vector512.Create(Edges.NeverTooSmall);
            for (var i = 0; i < a.Padded; i += Width)
            {
                var price = Vector512.Load(prices + i);
                var y = Vector512.Load(goal + i);
                var trade = (y * value) - (Vector512.Load(a.Quantity + i) * price);
                var size = Vector512.Abs(trade);
                bought += trade;
                traded += size;
                fees = Fma(Vector512.Load(a.Cost + i), size, fees);
                var quantity = y / price * value;
                quantity.Store(a.Quantity + i);
                if (!a.Banded) continue;
                var overLow = Vector512.Load(a.OverLow + i);
                (quantity * Vector512.Load(a.OverHigh + i)).Store(a.Upper + i);
                Vector512.ConditionalSelect(Vector512.LessThan(overLow, never), quantity * overLow, never).Store(a.Lower + i);
            }
            var fee = Sum(fees);
            a.Cash -= Sum(bought) + fee;
            a.Costs += fee;
            var turnover = Sum(traded) / before;
            a.Turnover += turnover;
            if (turnover > NothingTraded) a.Rebalances++;
            return fee;
        }
    }

    /// <summary>Refreshes what a scan compares with the value.</summary>
    public static void Bounds(ref Account a)
    {
        for (var i = 0; i < a.Padded; i++)
        {
            a.Upper[i] = a.Quantity[i] * a.OverHigh[i];
            a.Lower[i] = a.OverLow[i] < Edges.NeverTooSmall ? a.Quantity[i] * a.OverLow[i] : Edges.NeverTooSmall;
        }
    }
}
