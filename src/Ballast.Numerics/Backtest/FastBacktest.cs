using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// One policy over one history, in double, without allocating per bar: between two trades holdings are constant, so values are
/// plain products and eight bars are independent.
/// </summary>
/// <remarks>
/// A decision is the destination's weights as seen at its close; it is sized at the prices at which it fills. The initial purchase
/// goes to target and takes the place of a decision of bar 0. A decision that finds nothing to trade is no rebalance.
/// </remarks>
public static unsafe class FastBacktest
{
    // A scan looks at every bar that it passes; with looks further apart than this, plain products and single looks are cheaper.
    private const int SparseLook = 6;

    // Kernels write whole vectors past the end of a stretch.
    private const int Room = 4 * Lanes.Width;

    /// <summary>Runs the policy and fills the equity curve (shape T, after costs). Throws where policy and prices do not fit.</summary>
    public static FastResult Run(PriceMatrix prices, FastPolicy policy, Span<double> equity, RebalanceLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(policy);
        PolicyCheck.Check(policy, prices);
        if (equity.Length != prices.Bars) throw new ArgumentException($"{equity.Length} places for the values of {prices.Bars} bars", nameof(equity));
        var values = (double*)NativeMemory.AlignedAlloc((nuint)(prices.Bars + Room) * sizeof(double), 64);
        var account = Account.Open(policy);
        try
        {
            Trade(prices, policy, ref account, values, log);
            new ReadOnlySpan<double>(values, prices.Bars).CopyTo(equity);
            return Result(in account, values, prices.Bars);
        }
        finally
        {
            account.Dispose();
            NativeMemory.AlignedFree(values);
            GC.KeepAlive(prices);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Trade(PriceMatrix prices, FastPolicy policy, ref Account account, double* values, RebalanceLog? log)
    {
        var t = Begin(prices, policy, ref account, values, log);
        var end = policy.DecisionsEnd(prices.Bars);
        while (t < prices.Bars)
        {
            var bar = NextDecision(prices, policy, in account, t, end, values, out var toTarget);
            if (bar >= prices.Bars) return;
            var goal = Goals.Decide(ref account, policy, prices.CloseRows + ((long)bar * prices.RowStride), values[bar], toTarget);
            var counted = account.Rebalances;
            t = policy.Fill == Fill.Close ? FillNow(prices, policy, ref account, goal, bar, values) : FillNext(prices, policy, ref account, goal, bar + 1);
            if (account.Rebalances > counted) log?.Add(policy.Fill == Fill.Close ? bar : bar + 1, account.Cash, new(account.Quantity, account.Assets));
        }
    }

    /// <summary>The purchase at bar 0, and the bar to go on from.</summary>
    private static int Begin(PriceMatrix prices, FastPolicy policy, ref Account account, double* values, RebalanceLog? log)
    {
        if (policy.Initial == InitialPurchase.None)
        {
            Trading.Bounds(ref account);
            return 0;
        }
        values[0] = account.Cash;
        if (policy.Initial == InitialPurchase.Free) Trading.BuyFree(ref account, prices.CloseRows);
        else values[0] = Trading.Rebalance(ref account, account.Weight, prices.CloseRows, account.Cash, policy.Sizing);
        log?.Add(0, account.Cash, new(account.Quantity, account.Assets));
        return 1;
    }

    /// <summary>Values every bar from t on up to the first decision, and returns its bar (T when there is none).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int NextDecision(PriceMatrix prices, FastPolicy policy, in Account account, int t, int end, double* values, out bool toTarget)
    {
        var act = Before(policy.Act, t, end);
        var stop = act < end ? act + 1 : prices.Bars;
        toTarget = false;
        if (account.Banded)
        {
            var breach = Dense(policy.Look!)
                ? BandScan.First(in account, prices, policy.Look!, t, Math.Min(act, end), stop, values)
                : FirstBreach(prices, policy.Look!, in account, t, Math.Min(act, end), stop, values);
            if (breach < stop) return breach;
        }
        else
        {
            Values.Fill(in account, prices, t, stop, values);
        }
        toTarget = true;
        return act < end ? act : prices.Bars;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FirstBreach(PriceMatrix prices, BarSet look, in Account account, int t, int lookEnd, int to, double* values)
    {
        while (true)
        {
            var bar = Before(look, t, lookEnd);
            if (bar >= lookEnd)
            {
                Values.Fill(in account, prices, t, to, values);
                return to;
            }
            Values.Fill(in account, prices, t, bar + 1, values);
            if (BandScan.Breached(in account, prices.CloseRows + ((long)bar * prices.RowStride), values[bar])) return bar;
            t = bar + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillNow(PriceMatrix prices, FastPolicy policy, ref Account account, double* goal, int bar, double* values)
    {
        var narrow = prices.Assets < Values.WideFrom;
        var row = narrow ? Values.RowOf(in account, prices, bar) : prices.CloseRows + ((long)bar * prices.RowStride);
        var after = Trading.Rebalance(ref account, goal, row, values[bar], policy.Sizing);
        if (narrow) Values.Set(values, bar, after);
        else values[bar] = after;
        return bar + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillNext(PriceMatrix prices, FastPolicy policy, ref Account account, double* goal, int bar)
    {
        var row = (policy.Fill == Fill.NextOpen ? prices.OpenRows : prices.CloseRows) + ((long)bar * prices.RowStride);
        Trading.Rebalance(ref account, goal, row, Values.At(in account, row), policy.Sizing);
        return bar;
    }

    private static FastResult Result(in Account account, double* values, int bars)
    {
        var (volatility, drawdown) = EquityStatistics.Of(values, bars);
        var status = account.CashFellBelowZero ? FastStatus.CashBelowZero : FastStatus.Done;
        return new(status, values[bars - 1], account.Rebalances, account.Turnover, account.Costs, volatility, drawdown);
    }

    private static bool Dense(BarSet look) => (long)look.Count * SparseLook >= look.Bars;

    private static int Before(BarSet? set, int from, int end) => set is null ? int.MaxValue : set.NextFrom(from) is var bar && bar < end ? bar : int.MaxValue;
}
