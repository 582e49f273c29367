using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Backtest.Lanes;

namespace Ballast.Numerics.Backtest;

/// <summary>One or two groups of eight policies that differ in their bands alone, over the whole history.</summary>
internal static unsafe class SweepKernel
{
    private const int Groups = 2;

    public const int Lanes = Groups * Width;

    /// <summary>Constant targets of which every one is held from bar 0 on; other policies run by themselves.</summary>
    public static bool CanRun(FastPolicy policy) =>
        policy.Destination == Destination.Target && policy.Initial != InitialPurchase.None && policy.Weights.All(w => w > 0);

    public static void Run(PriceMatrix prices, IReadOnlyList<FastPolicy> policies, int[] lanes, FastResult[] results)
    {
        var (n, count) = (prices.Assets, (lanes.Length + Width - 1) / Width);
        var padded = RoundUp(n);
        var doubles = (count * ((3 * n) + SweepGroup.Piece) * Width) + (3 * padded);
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)((Groups * sizeof(SweepGroup)) + (doubles * sizeof(double))), 64);
        try
        {
            var groups = (SweepGroup*)memory;
            var next = (double*)(memory + (Groups * sizeof(SweepGroup)));
            new Span<double>(next, doubles).Clear();
            var terms = Terms(policies[lanes[0]], ref next, padded);
            for (var g = 0; g < count; g++) groups[g] = Group(policies, lanes.AsSpan(g * Width), ref next, n);
            Walk(prices, policies[lanes[0]], terms, groups, count);
            for (var k = 0; k < lanes.Length; k++) results[lanes[k]] = Result(in groups[k / Width], k % Width, prices.Bars);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
            GC.KeepAlive(prices);
        }
    }

    /// <summary>From event to event: fills that were decided a bar ago, bars without a look, then the bar that looks or acts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(PriceMatrix prices, FastPolicy policy, SweepTerms terms, SweepGroup* groups, int count)
    {
        var rows = prices.CloseRows;
        var (stride, bars) = (prices.RowStride, prices.Bars);
        var fillRows = policy.Fill == Fill.NextOpen ? prices.OpenRows : rows;
        var end = policy.DecisionsEnd(bars);
        var look = policy.Bands is null ? null : policy.Look;
        for (var g = 0; g < count; g++) Begin(ref groups[g], policy, terms, rows);
        var waiting = false;
        var filled = 0;
        for (var t = 1; t < bars; t++)
        {
            if (waiting) FillWaiting(ref terms, groups, count, fillRows + ((long)t * stride));
            var act = Math.Min(policy.Act?.NextFrom(t) ?? int.MaxValue, end);
            var next = Math.Min(look?.NextFrom(t) ?? int.MaxValue, act);
            waiting = false;
            var bar = next < end ? next : bars;
            for (; t < bar; filled = Measured(groups, count, filled))
            {
                var take = Math.Min(bar - t, SweepGroup.Piece - filled);
                var row = rows + ((long)t * stride);
                if (count == Groups) SweepStretch.RunTwo(in groups[0], in groups[1], row, stride, terms.Assets, take, filled);
                else SweepStretch.RunOne(in groups[0], row, stride, terms.Assets, take, filled);
                (t, filled) = (t + take, filled + take);
            }
            if (bar == bars) break;
            var inARow = bar == act || policy.Fill != Fill.Close ? 1 : RunOfLooks(look!, bar, Math.Min(act, bar + SweepGroup.Piece - filled));
            for (var g = 0; g < count; g++)
                waiting |= Decide(policy.Fill, ref terms, ref groups[g], rows + ((long)bar * stride), stride, inARow, bar == act, filled);
            filled = Measured(groups, count, filled + inARow);
            t = bar + inARow - 1;
        }
        for (var g = 0; g < count; g++) groups[g].Curves.Take(groups[g].Curve, filled);
    }

    private static int RunOfLooks(BarSet look, int from, int end)
    {
        var bar = from + 1;
        while (bar < end && look.Contains(bar)) bar++;
        return bar - from;
    }

    /// <summary>Hands over a piece of the curves when it is full; returns how much is waiting.</summary>
    private static int Measured(SweepGroup* groups, int count, int filled)
    {
        if (filled < SweepGroup.Piece) return filled;
        for (var g = 0; g < count; g++) groups[g].Curves.Take(groups[g].Curve, filled);
        return 0;
    }

    private static void Begin(ref SweepGroup group, FastPolicy policy, SweepTerms terms, double* row)
    {
        terms.Divide(row);
        var before = group.Cash;
        var after = before;
        if (policy.Initial == InitialPurchase.Charged)
        {
            after = group.Rebalance(terms, row, before, Vector512<double>.AllBitsSet);
        }
        else
        {
            for (var i = 0; i < terms.Assets; i++)
            {
                (Vector512.Create(terms.WeightOverPrice[i]) * before).Store(group.Quantity + (i * Width));
                group.Cash -= Vector512.Create(terms.Weight[i]) * before;
            }
        }
        group.Curves = SweepCurves.From(after);
    }

    /// <summary>Looks at count bars in a row (or acts at one); true when some lane has to be filled at the bar after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Decide(Fill fill, ref SweepTerms terms, ref SweepGroup group, double* row, nint stride, int count, bool acts, int filled)
    {
        for (var done = 0; done < count; done++)
        {
            var to = group.Curve + ((filled + done) * Width);
            var quiet = group.Look(row, stride, terms.Assets, count - done, to, out var due);
            if (acts) (quiet, due) = (0, Vector512<double>.AllBitsSet);
            done += quiet;
            row += quiet * stride;
            to += quiet * Width;
            if (done == count) return false;
            if (fill != Fill.Close)
            {
                group.Pending = due;
                return true;
            }
            terms.Divide(row);
            group.Rebalance(terms, row, Vector512.Load(to), due).Store(to);
            row += stride;
        }
        return false;
    }

    private static void FillWaiting(ref SweepTerms terms, SweepGroup* groups, int count, double* row)
    {
        terms.Divide(row);
        for (var g = 0; g < count; g++)
        {
            if (groups[g].Pending.ExtractMostSignificantBits() == 0) continue;
            groups[g].Rebalance(terms, row, groups[g].ValueAt(row, terms.Assets), groups[g].Pending);
            groups[g].Pending = default;
        }
    }

    private static SweepTerms Terms(FastPolicy policy, ref double* next, int padded)
    {
        var terms = new SweepTerms { Assets = policy.Weights.Length, Sizing = policy.Sizing, Weight = next, Cost = next + padded, WeightOverPrice = next + (2 * padded) };
        policy.Weights.AsSpan().CopyTo(new Span<double>(terms.Weight, padded));
        policy.CostRates.AsSpan().CopyTo(new Span<double>(terms.Cost, padded));
        next += 3 * padded;
        return terms;
    }

    /// <summary>Spare lanes of the last group repeat its last policy.</summary>
    private static SweepGroup Group(IReadOnlyList<FastPolicy> policies, ReadOnlySpan<int> lanes, ref double* next, int n)
    {
        var size = n * Width;
        var group = new SweepGroup { Cash = Vector512.Create(policies[lanes[0]].StartValue), Quantity = next, OverHigh = next + size, OverLow = next + (2 * size), Curve = next + (3 * size) };
        next += (3 * size) + (SweepGroup.Piece * Width);
        for (var lane = 0; lane < Width; lane++)
        {
            var edges = new Edges(policies[lanes[Math.Min(lane, lanes.Length - 1)]]);
            for (var i = 0; i < n; i++)
                (group.OverHigh[(i * Width) + lane], group.OverLow[(i * Width) + lane]) = (edges.OverHigh(i), edges.OverLow(i));
            group.OverCashHigh = group.OverCashHigh.WithElement(lane, edges.OverCashHigh);
            group.OverCashLow = group.OverCashLow.WithElement(lane, edges.OverCashLow);
            group.CashFree = group.CashFree.WithElement(lane, edges.OverCashLow > 0 ? 0 : double.PositiveInfinity);
        }
        return group;
    }

    private static FastResult Result(in SweepGroup group, int lane, int bars) => new(
        ((group.Broke.ExtractMostSignificantBits() >> lane) & 1) != 0 ? FastStatus.CashBelowZero : FastStatus.Done,
        group.Curves.Last[lane], (int)group.Rebalances[lane], group.Turnover[lane], group.Costs[lane],
        EquityStatistics.Deviation(group.Curves.Sum[lane], group.Curves.Squares[lane], bars - 1), group.Curves.Drawdown[lane]);
}
