using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>Eight policies side by side, a lane each: their holdings, and what has been measured of their curves.</summary>
internal unsafe struct SweepGroup
{
    public Vector512<double> Cash, OverCashLow, OverCashHigh, CashFree;

    public SweepCurves Curves;

    public Vector512<double> Costs, Turnover, Rebalances;

    /// <summary>Lanes whose fee did not fit into cash, and lanes that wait for the next bar to fill (all bits or none).</summary>
    public Vector512<double> Broke, Pending;

    /// <summary>Units, 1/(hi + ε), 1/(lo − ε): shape n × 8.</summary>
    public double* Quantity, OverHigh, OverLow;

    /// <summary>The values that <see cref="Curves"/> takes next: shape <see cref="Piece"/> × 8.</summary>
    public double* Curve;

    /// <summary>Long enough to spread what a call costs, short enough to stay in the nearest cache.</summary>
    public const int Piece = 128;

    /// <summary>
    /// Values and looks at bar after bar, up to count or the first at which some lane has a weight outside its band; returns how many
    /// bars were quiet. Breach: as in <see cref="BandScan"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly int Look(double* row, nint stride, nint assets, int count, double* to, out Vector512<double> breached)
    {
        unchecked
        {
            double* quantity = Quantity, overHigh = OverHigh, overLow = OverLow;
            Vector512<double> cash = Cash, cashUpper = Cash * OverCashHigh, cashLower = Fma(Cash, OverCashLow, CashFree);
            for (var bar = 0; bar < count; bar++, row += stride, to += Width)
            {
                Vector512<double> value = cash, most = cashUpper, least = cashLower;
                for (nint i = 0; i < assets; i++)
                {
                    var holding = Vector512.Load(quantity + (i * Width)) * Vector512.Create(row[i]);
                    value += holding;
                    most = Vector512.MaxNative(most, holding * Vector512.Load(overHigh + (i * Width)));
                    least = Vector512.MinNative(least, holding * Vector512.Load(overLow + (i * Width)));
                }
                value.Store(to);
                breached = Vector512.GreaterThan(most, value) | Vector512.LessThan(least, value);
                if (breached.ExtractMostSignificantBits() != 0) return bar;
            }
            breached = default;
            return count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<double> ValueAt(double* row, nint assets)
    {
        unchecked
        {
            var value = Cash;
            for (nint i = 0; i < assets; i++) value = Fma(Vector512.Load(Quantity + (i * Width)), Vector512.Create(row[i]), value);
            return value;
        }
    }

    /// <summary>Brings the lanes of the mask to target at the prices of a row; returns their values after costs, others' unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<double> Rebalance(in SweepTerms terms, double* row, Vector512<double> before, Vector512<double> mask)
    {
        unchecked
        {
            var sized = terms.Sizing == Sizing.BeforeCosts ? before : ValueAfter(terms, row, before, mask);
            Vector512<double> fees = default, traded = default, bought = default;
            for (var i = 0; i < terms.Assets; i++)
            {
                var quantity = Vector512.Load(Quantity + (i * Width));
                var goal = Vector512.Create(terms.Weight[i]) * sized;
                var trade = goal - (quantity * Vector512.Create(row[i]));
                var size = Vector512.Abs(trade);
                bought += trade;
                traded += size;
                fees = Fma(Vector512.Create(terms.Cost[i]), size, fees);
                Vector512.ConditionalSelect(mask, sized * Vector512.Create(terms.WeightOverPrice[i]), quantity).Store(Quantity + (i * Width));
            }
            Cash -= mask & (bought + fees);
            Costs += mask & fees;
            var turnover = mask & (traded / before);
            Turnover += turnover;
            Rebalances += Vector512.GreaterThan(turnover, Vector512.Create(Trading.NothingTraded)) & Vector512<double>.One;
            Broke |= mask & Vector512.LessThan(Cash, before * -1e-9);
            return before - (mask & fees);
        }
    }

    /// <summary>The same descent as for one policy; lanes that have arrived stand still.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector512<double> ValueAfter(in SweepTerms terms, double* row, Vector512<double> before, Vector512<double> mask)
    {
        unchecked
        {
            var after = before;
            for (var round = 0; round <= terms.Assets + 2; round++)
            {
                Vector512<double> slope = Vector512<double>.One, level = before;
                for (var i = 0; i < terms.Assets; i++)
                {
                    var holding = Vector512.Load(Quantity + (i * Width)) * Vector512.Create(row[i]);
                    var weight = Vector512.Create(terms.Weight[i]);
                    var rate = Vector512.CopySign(Vector512.Create(terms.Cost[i]), (weight * after) - holding);
                    slope = Fma(rate, weight, slope);
                    level = Fma(rate, holding, level);
                }
                var next = level / slope;
                var descends = Vector512.LessThan(next, after) & mask;
                if (descends.ExtractMostSignificantBits() == 0) break;
                after = Vector512.ConditionalSelect(descends, next, after);
            }
            return after;
        }
    }
}

/// <summary>What the lanes of a unit share.</summary>
internal unsafe struct SweepTerms
{
    public int Assets;
    public Sizing Sizing;

    /// <summary>Targets, cost rates, and w/p of the bar that trades (refreshed before each trade).</summary>
    public double* Weight, Cost, WeightOverPrice;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Divide(double* row)
    {
        unchecked
        {
            for (var i = 0; i < Assets; i += Width) (Vector512.Load(Weight + i) / Vector512.Load(row + i)).Store(WeightOverPrice + i);
        }
    }
}
