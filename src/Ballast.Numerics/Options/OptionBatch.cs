using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ballast.Numerics.Options;

/// <summary>The terms of many options on a spot, an array each and all of one length; <paramref name="sign"/> is +1 for a call and −1 for a put.</summary>
public readonly ref struct OptionTerms(ReadOnlySpan<double> sign, ReadOnlySpan<double> spot, ReadOnlySpan<double> strike, ReadOnlySpan<double> years, ReadOnlySpan<double> volatility)
{
    public ReadOnlySpan<double> Sign { get; } = sign;
    public ReadOnlySpan<double> Spot { get; } = spot;
    public ReadOnlySpan<double> Strike { get; } = strike;
    public ReadOnlySpan<double> Years { get; } = years;
    public ReadOnlySpan<double> Volatility { get; } = volatility;

    public OptionTerms Slice(int start, int count) =>
        new(Sign.Slice(start, count), Spot.Slice(start, count), Strike.Slice(start, count), Years.Slice(start, count), Volatility.Slice(start, count));
}

/// <summary>Prices many options at once with delta, gamma, vega and theta, eight to a step.</summary>
/// <remarks>
/// Within 1e-13 of <see cref="BlackScholes"/>, relative or as a part of the spot: the time value is a difference here, so that prices below that have
/// no relative accuracy. N(−z) = φ(z) m(z), where (1 + z) m(z) is a polynomial in (z − 5)/(z + 5) of degree 22, interpolated at Chebyshev's points
/// from 40 digits: relative error below 5e-16. One density serves both, because S e^(−qT) φ(d₁) = K e^(−rT) φ(d₂).
/// </remarks>
public static class OptionBatch
{
    private const double LeastDeviation = 1e-8, InverseSqrt2Pi = 0.39894228040143267794;
    private const int Outputs = 5, Width = 8;

    /// <summary>Writes price, delta, gamma, vega and theta (raw, a year) one after the other into <paramref name="values"/>, each as long as the terms.</summary>
    /// <remarks>Options that have expired or have no volatility are priced one by one. Numbers that are no option's are refused there or give no number here: check them before.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OnSpot(OptionTerms terms, double rate, double yield, Span<double> values)
    {
        var count = terms.Spot.Length;
        if (values.Length != Outputs * count) throw new ArgumentException($"{values.Length} values for {Outputs} of {count} options");
        if (terms.Sign.Length != count || terms.Strike.Length != count || terms.Years.Length != count || terms.Volatility.Length != count)
            throw new ArgumentException($"{count} spots, but {terms.Sign.Length} signs, {terms.Strike.Length} strikes, {terms.Years.Length} times and {terms.Volatility.Length} volatilities");
        var start = 0;
        for (; start <= count - Width; start += Width) Eight(terms.Slice(start, Width), rate, yield, values[start..], count);
        if (start < count) Rest(terms.Slice(start, count - start), rate, yield, values[start..], count);
    }

    /// <summary>Fewer than eight, filled up with copies of the first.</summary>
    private static void Rest(OptionTerms terms, double rate, double yield, Span<double> values, int stride)
    {
        Span<double> padded = stackalloc double[10 * Width];
        Pad(terms.Sign, padded);
        Pad(terms.Spot, padded[Width..]);
        Pad(terms.Strike, padded[(2 * Width)..]);
        Pad(terms.Years, padded[(3 * Width)..]);
        Pad(terms.Volatility, padded[(4 * Width)..]);
        var found = padded[(5 * Width)..];
        Eight(new(padded[..8], padded[8..16], padded[16..24], padded[24..32], padded[32..40]), rate, yield, found, Width);
        for (var k = 0; k < Outputs; k++) found.Slice(k * Width, terms.Spot.Length).CopyTo(values[(k * stride)..]);
    }

    private static void Pad(ReadOnlySpan<double> from, Span<double> to)
    {
        to[..Width].Fill(from[0]);
        from.CopyTo(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(OptionTerms terms, double rate, double yield, Span<double> values, int stride)
    {
        var (w, s, k, t, σ) = (Vector512.Create(terms.Sign), Vector512.Create(terms.Spot), Vector512.Create(terms.Strike), Vector512.Create(terms.Years), Vector512.Create(terms.Volatility));
        var root = Vector512.Sqrt(t);
        var v = σ * root;
        var inverse = Vector512<double>.One / v;
        var d1 = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(rate - yield), t, Vector512.Log(s / k)), inverse, 0.5 * v);
        var ahead = s * Vector512.Exp(-yield * t);
        var paid = k * Vector512.Exp(-rate * t);
        var density = ahead * (InverseSqrt2Pi * Vector512.Exp(-0.5 * d1 * d1));
        var sold = Exercised(w * d1, density, ahead);
        var bought = Exercised(w * (d1 - v), density, paid);
        var vega = density * root;
        Write(w * (sold - bought), values, 0);
        Write(w * sold / s, values, stride);
        Write(density * inverse / (s * s), values, 2 * stride);
        Write(vega, values, 3 * stride);
        Write(Vector512.FusedMultiplyAdd(w, yield * sold - rate * bought, -0.5 * density * σ / root), values, 4 * stride);
        if (Vector512.LessThanAny(v, Vector512.Create(LeastDeviation))) OneByOne(terms, rate, yield, values, stride);
    }

    /// <summary>A N(z), of an amount A and its density A φ(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exercised(Vector512<double> z, Vector512<double> density, Vector512<double> amount)
    {
        var tail = density * Mills(Vector512.Abs(z));
        return Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<double>.Zero), tail, amount - tail);
    }

    /// <summary>m(z) = N(−z)/φ(z) for z ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Mills(Vector512<double> z)
    {
        var t = Vector512<double>.One - Vector512.Create(10.0) / (z + Vector512.Create(5.0));
        var (square, odd, even) = (t * t, Vector512.Create(Coefficients[21]), Vector512.Create(Coefficients[22]));
        for (var i = 20; i >= 0; i -= 2) even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(Coefficients[i]));
        for (var i = 19; i >= 1; i -= 2) odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(Coefficients[i]));
        return Vector512.FusedMultiplyAdd(odd, t, even) / (Vector512<double>.One + z);
    }

    private static void OneByOne(OptionTerms terms, double rate, double yield, Span<double> values, int stride)
    {
        for (var i = 0; i < Width; i++)
        {
            if (terms.Volatility[i] * Math.Sqrt(terms.Years[i]) >= LeastDeviation) continue;
            var v = BlackScholes.OnSpot(terms.Sign[i] > 0 ? OptionKind.Call : OptionKind.Put, terms.Spot[i], terms.Strike[i], terms.Years[i], rate, yield, terms.Volatility[i]);
            (values[i], values[i + stride], values[i + 2 * stride], values[i + 3 * stride], values[i + 4 * stride]) = (v.Price, v.Delta, v.Gamma, v.Vega, v.Theta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<double> value, Span<double> values, int at) => value.StoreUnsafe(ref MemoryMarshal.GetReference(values.Slice(at, Width)));

    private static ReadOnlySpan<double> Coefficients =>
    [
        1.1568486282918946, -0.22948753825211862, 0.07778159886873591, 0.025072179302116814, -0.06617760077902489, 0.061505045827832776,
        -0.03802659218695909, 0.016348231428515367, -0.0042012903202218585, 1.95296594698974e-05, 0.00045704388164878617, -0.0001343703070892314,
        -2.4805716246670847e-05, 2.2699260901513278e-05, -1.765610459436173e-07, -3.259594825506177e-06, 3.208179202486241e-07, 4.722747610181872e-07,
        -6.609470305063282e-08, -6.3778776442407e-08, 9.178862854372744e-09, 5.521462507385462e-09, -7.231107720141834e-10,
    ];
}
