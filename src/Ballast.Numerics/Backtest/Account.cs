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

    /// <summary>1/(hi + ε); 1/(lo − ε), or 0 where there is no lower edge.</summary>
    public double* OverHigh, OverLow;

    /// <summary>Units q; q/(hi + ε) and q/(lo − ε): what a scan compares with the value.</summary>
    public double* Quantity, Upper, Lower;

    /// <summary>Weights that the pending decision goes to; values of the holdings (scratch).</summary>
    public double* Goal, Holding;

    public double CashLow, CashHigh, CashWeight;
    public double Cash, Costs, Turnover;
    public int Rebalances;
    public bool Banded, CashFellBelowZero;

    public static Account Open(FastPolicy policy)
    {
        var n = policy.Weights.Length;
        var padded = Lanes.RoundUp(n);
        var account = new Account
        {
            Assets = n, Padded = padded, Cash = policy.StartValue, CashWeight = policy.CashWeight, Banded = policy.Bands is not null && policy.Look is not null,
        };
        account.Lay();
        policy.Weights.AsSpan().CopyTo(new Span<double>(account.Weight, n));
        policy.CostRates.AsSpan().CopyTo(new Span<double>(account.Cost, n));
        account.Edges(policy);
        return account;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_block);
        _block = null;
    }

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

    // Padded entries get edges that nothing leaves.
    private void Edges(FastPolicy policy)
    {
        const double eps = WeightBands.Tolerance;
        for (var i = 0; i < Padded; i++)
        {
            var (low, high) = policy.Bands is { } bands && i < Assets ? (bands.Lower[i], bands.Upper[i]) : (-1, double.PositiveInfinity);
            (Low[i], High[i]) = (low - eps, high + eps);
            (OverLow[i], OverHigh[i]) = (Low[i] > 0 ? 1 / Low[i] : 0, 1 / High[i]);
        }
        var cashHasBand = policy.CashTarget is not null && policy.Bands is not null;
        CashLow = cashHasBand ? policy.Bands!.CashLower - eps : double.NegativeInfinity;
        CashHigh = cashHasBand ? policy.Bands!.CashUpper + eps : double.PositiveInfinity;
    }
}
