using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Options;

/// <summary>Elementary functions of eight numbers at once, the same bytes on any machine: IEEE operations and fused multiply-adds only.</summary>
/// <remarks>
/// The polynomials are interpolated at Chebyshev's points from 50 digits and summed by Estrin's scheme, which halves the latency of Horner's.
/// Arguments are finite; what is out of a function's range is the caller's to keep away.
/// </remarks>
internal static class LaneMath
{
    public const int Width = 8;
    private const long Exponent = 1L << 52;
    private const double LogTwo = 0.693147180559663, LogTwoRest = 2.8235290563031577e-13, InverseLogTwo = 1.4426950408889634;

    /// <summary>6755399441055744 = 1.5 · 2⁵²: what is added to it is rounded to a whole number, which stands in its last bits.</summary>
    private const double Rounder = 1.5 * Exponent;

    /// <summary>eˣ within 1 ulp for x up to 709; 0 below −708, where the result would not be a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var rounded = Fma(x, Vector512.Create(InverseLogTwo), Vector512.Create(Rounder));
        var n = rounded - Vector512.Create(Rounder);
        var r = Fma(n, Vector512.Create(-LogTwoRest), Fma(n, Vector512.Create(-LogTwo), x));
        var square = r * r;
        var fourth = square * square;
        var high = Fma(Pair(r, 2.7620078203806394e-07, 2.5100377619606372e-08), fourth, Four(r, square, 0.0013888888917199863, 0.00019841269863042963, 2.4801521317484083e-05, 2.7557268476553695e-06));
        var sum = Fma(high, fourth, Four(r, square, 0.5, 0.16666666666666669, 0.04166666666662416, 0.008333333333330063));
        var power = Vector512<double>.One + Fma(sum, square, r);
        var scaled = (power.AsInt64() + (rounded.AsInt64() << 52)).AsDouble();
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-708.0)), Vector512<double>.Zero, scaled);
    }

    /// <summary>ln(a/b) within 2 ulp, near a = b too, for normal numbers a and b above zero.</summary>
    /// <remarks>b is brought within a factor of 1.5 of a by a power of two, read off the bits; then a − b is exact, and ln(a/b) = 2 artanh((a − b)/(a + b)).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LogRatio(Vector512<double> a, Vector512<double> b)
    {
        var step = (a.AsInt64() - b.AsInt64() + Vector512.Create(Exponent / 2)) & Vector512.Create(-Exponent);
        var near = (b.AsInt64() + step).AsDouble();
        var s = (a - near) / (a + near);
        var square = s * s;
        var fourth = square * square;
        var high = Fma(Pair(square, 0.15283703752403086, 0.15118487108725043), square, Vector512.Create(0.18184610246294067));
        var sum = Fma(high, fourth * fourth, Four(square, fourth, 0.6666666666666694, 0.39999999999335556, 0.2857142883604555, 0.22222182776674482));
        var n = Vector512.ConvertToDouble(step);
        var rest = Fma(sum, s * square, n * Vector512.Create(LogTwoRest / Exponent));
        return Fma(n, Vector512.Create(LogTwo / Exponent), Fma(s, Vector512.Create(2.0), rest));
    }

    /// <summary>a + bx + cx² + dx³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Four(Vector512<double> x, Vector512<double> square, double a, double b, double c, double d) => Fma(Pair(x, c, d), square, Pair(x, a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Pair(Vector512<double> x, double a, double b) => Fma(Vector512.Create(b), x, Vector512.Create(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> x, Vector512<double> y, Vector512<double> z) => Vector512.FusedMultiplyAdd(x, y, z);

    /// <summary>The eight from <paramref name="at"/> on; there must be so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ReadOnlySpan<double> values, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <summary>The eight from <paramref name="at"/> on, or what there is of them and <paramref name="otherwise"/> for the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ReadOnlySpan<double> values, int at, double otherwise) => at <= values.Length - Width ? Load(values, at) : Part(values[at..], otherwise);

    private static Vector512<double> Part(ReadOnlySpan<double> values, double otherwise)
    {
        Span<double> eight = stackalloc double[Width];
        eight.Fill(otherwise);
        values.CopyTo(eight);
        return Load(eight, 0);
    }

    /// <summary>Writes as many of the eight as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> x, Span<double> to)
    {
        if (to.Length >= Width) x.StoreUnsafe(ref MemoryMarshal.GetReference(to));
        else for (var i = 0; i < to.Length; i++) to[i] = x[i];
    }
}
