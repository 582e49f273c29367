using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ballast.Numerics.Backtest;

/// <summary>
/// Complete prices of n assets over T bars, loaded once and read by every run: closes as rows (bar by asset) for trades
/// and wide portfolios, and as tiles (eight bars of each asset side by side) for scans over time; opens, where given, as rows.
/// </summary>
public sealed class PriceMatrix
{
    private const int Line = Lanes.Width;

    // Products are formed for four tiles at once, the last of which may lie past the end.
    private const int SpareTiles = 4;

    // Pinned for life, so that kernels may hold pointers; whoever holds one keeps this object alive.
    private readonly double[] _rows, _tiles;
    private readonly double[]? _openRows;

    private PriceMatrix(int bars, int assets, ReadOnlySpan<double> closes, ReadOnlySpan<double> opens)
    {
        (Bars, Assets) = (bars, assets);
        // Narrow rows are packed (fewer bytes to stream); wide ones start on a cache line (no load is split).
        RowStride = assets < 32 ? assets : Lanes.RoundUp(assets);
        // Kernels over tiles take two assets at a time.
        TileStride = (assets + (assets & 1)) * Line;
        _rows = Rows(closes);
        _openRows = opens.IsEmpty ? null : Rows(opens);
        _tiles = Tiles(closes);
    }

    public int Bars { get; }

    public int Assets { get; }

    public bool HasOpens => _openRows is not null;

    internal int RowStride { get; }

    /// <summary>From eight bars to the next eight: an asset and its eight bars are one cache line, and a scan is one stream.</summary>
    internal int TileStride { get; }

    internal unsafe double* CloseRows => Aligned(_rows);

    internal unsafe double* OpenRows => Aligned(_openRows ?? throw new InvalidOperationException("these prices have no opens"));

    internal unsafe double* CloseTiles => Aligned(_tiles);

    /// <summary>Copies prices given bar by bar (assets of bar 0, assets of bar 1, ...); every price must be there and positive.</summary>
    public static PriceMatrix Load(int bars, int assets, ReadOnlySpan<double> closes, ReadOnlySpan<double> opens = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(assets, 1);
        Require(closes, bars, assets, nameof(closes));
        if (!opens.IsEmpty) Require(opens, bars, assets, nameof(opens));
        return new PriceMatrix(bars, assets, closes, opens);
    }

    /// <summary>Index of the first price that the fast path cannot use (missing, infinite, zero or negative), or -1: ask before <see cref="Load"/>.</summary>
    public static int FirstUnusable(ReadOnlySpan<double> prices)
    {
        for (var k = 0; k < prices.Length; k++)
            if (!(prices[k] > 0 && double.IsFinite(prices[k]))) return k;
        return -1;
    }

    public double Close(int bar, int asset) => _rows[Offset(_rows) + Index(bar, asset)];

    public double Open(int bar, int asset) =>
        _openRows is null ? throw new InvalidOperationException("these prices have no opens") : _openRows[Offset(_openRows) + Index(bar, asset)];

    private static void Require(ReadOnlySpan<double> prices, int bars, int assets, string name)
    {
        if (prices.Length != checked(bars * assets))
            throw new ArgumentException($"{bars} bars of {assets} assets need {(long)bars * assets} prices, not {prices.Length}", name);
        if (FirstUnusable(prices) is var at and >= 0)
            throw new ArgumentException($"price {prices[at]} of asset {at % assets} at bar {at / assets}: the fast path needs every price, positive", name);
    }

    private double[] Rows(ReadOnlySpan<double> prices)
    {
        var to = Allocate(((long)Bars * RowStride) + Line);
        var start = Offset(to);
        for (var bar = 0; bar < Bars; bar++)
            prices.Slice(bar * Assets, Assets).CopyTo(to.AsSpan(start + (bar * RowStride)));
        return to;
    }

    private double[] Tiles(ReadOnlySpan<double> prices)
    {
        var to = Allocate((long)TileStride * ((Bars / Line) + SpareTiles));
        var start = Offset(to);
        for (var bar = 0; bar < Bars; bar++)
            for (var asset = 0; asset < Assets; asset++)
                to[start + (bar / Line * TileStride) + (asset * Line) + (bar % Line)] = prices[(bar * Assets) + asset];
        return to;
    }

    // The padding holds ones: kernels read it, weigh it with zero, and must not meet 0/0.
    private static double[] Allocate(long length)
    {
        var array = GC.AllocateUninitializedArray<double>(checked((int)(length + Line)), pinned: true);
        Array.Fill(array, 1.0);
        return array;
    }

    private static unsafe int Offset(double[] array)
    {
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        return (int)((64 - (address & 63)) & 63) / sizeof(double);
    }

    private static unsafe double* Aligned(double[] array) =>
        (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + Offset(array);

    private int Index(int bar, int asset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bar, (uint)Bars, nameof(bar));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)asset, (uint)Assets, nameof(asset));
        return (bar * RowStride) + asset;
    }
}
