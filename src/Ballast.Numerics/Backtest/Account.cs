using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// Holdings, constants and totals of one run, in one aligned block of memory. Arrays have n entries padded with zeros to
/// whole vectors, so that kernels over assets need no tail.
/// </summary>
internal unsafe struct Account : IDisposable
{
    private const int Arrays = 11;
    private double* _block;

    public int Assets, Padded;

    /// <summary>Targets t, cost rates f, and the edges lo − ε and hi + ε.</summary>
    public double* Weight, Cost, Low, High;

    /// <summary>1/(hi + ε); 1/(lo − ε), or a huge number where there is no lower edge.</summary>
    public double* OverHigh, OverLow;

    /// <summary>Units q; then q/(hi + ε) and q/(lo − ε), which a scan compares with the value.</summary>
    public double* Quantity, Upper, Lower;

    /// <summary>Weights that the pending decision goes to; values of the holdings (scratch).</summary>
    public double* Goal, Holding;

    private double _overCashHigh, _overCashLow;

    public double Cash, Costs, Turnover;
    public int Rebalances;
    public bool Banded, CashFellBelowZero;

    public static Account Open(FastPolicy policy)
    {
        var n = policy.Weights.Length;
        var padded = Lanes.RoundUp(n);
        var account = new Account
        {
            Assets = n, Padded = padded, Cash = policy.StartValue, Banded = policy.Bands is not null && policy.Look is not null,
        };
        account.Lay();
        policy.Weights.AsSpan().CopyTo(new Span<double>(account.Weight, n));
        policy.CostRates.AsSpan().CopyTo(new Span<double>(account.Cost, n));
        if (account.Banded) account.Bind(new Edges(policy));
        return account;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_block);
        _block = null;
    }

    /// <summary>Cash compared with the value as a holding is.</summary>
    public readonly double CashUpper => Cash * _overCashHigh;

    public readonly double CashLower => _overCashLow > 0 ? Cash * _overCashLow : double.PositiveInfinity;

    private void Lay()
    {
        var length = (nuint)(Arrays * Padded) * sizeof(double);
        _block = (double*)NativeMemory.AlignedAlloc(length, 64);
        NativeMemory.Clear(_block, length);
        var next = _block;
        Weight = Take(ref next); Cost = Take(ref next); Low = Take(ref next); High = Take(ref next);
        OverHigh = Take(ref next); OverLow = Take(ref next);
        Quantity = Take(ref next); Upper = Take(ref next); Lower = Take(ref next);
        Goal = Take(ref next); Holding = Take(ref next);
    }

    private readonly double* Take(ref double* next)
    {
        var taken = next;
        next += Padded;
        return taken;
    }

    // Padded entries hold nothing, so that their edges are never left.
    private void Bind(Edges edges)
    {
        for (var i = 0; i < Padded; i++)
        {
            (Low[i], High[i]) = i < Assets ? (edges.Low(i), edges.High(i)) : (-1, double.PositiveInfinity);
            (OverLow[i], OverHigh[i]) = i < Assets ? (edges.OverLow(i), edges.OverHigh(i)) : (Edges.NeverTooSmall, 0);
        }
        (_overCashHigh, _overCashLow) = (edges.OverCashHigh, edges.OverCashLow);
    }
}
