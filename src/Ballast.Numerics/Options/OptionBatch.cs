using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static Ballast.Numerics.Options.LaneMath;

namespace Ballast.Numerics.Options;

/// <summary>Prices many options at once, with four Greeks or all twelve, eight to a step.</summary>
/// <remarks>
/// Within 1e-13 of <see cref="BlackScholes"/>, relative or as a part of the spot: the time value is a difference here, so that prices below that have
/// no relative accuracy. One density serves both terms, because S e^(−qT) φ(d₁) = K e^(−rT) φ(d₂).
/// </remarks>
public static class OptionBatch
{
    private const double LeastDeviation = 1e-8, Small = 1e-70, Large = 1e70, MostDiscount = 700;
    private const int Few = 5, All = 13;

    /// <summary>Writes price, delta, gamma, vega and theta (raw, a year) one after the other into <paramref name="values"/>, each as long as the terms.</summary>
    /// <remarks>Options that have expired, have no volatility or are out of all proportion are priced one by one, where numbers that are no option's are refused.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OnSpot(OptionTerms terms, double rate, double yield, Span<double> values)
    {
        var count = Check(terms, values, Few);
        var start = 0;
        for (; start <= count - Width; start += Width) Eight(terms, start, rate, yield, values, start, count, false);
        if (start < count) Rest(terms.Slice(start, count - start), rate, yield, values[start..], count, Few);
    }

    /// <summary>Writes price, delta, gamma, vega, theta, rho, phi, vanna, volga, charm, speed, color and zomma: the order of <see cref="OptionValue"/>.</summary>
    /// <inheritdoc cref="OnSpot" path="/remarks"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AllGreeksOnSpot(OptionTerms terms, double rate, double yield, Span<double> values)
    {
        var count = Check(terms, values, All);
        var start = 0;
        for (; start <= count - Width; start += Width) Eight(terms, start, rate, yield, values, start, count, true);
        if (start < count) Rest(terms.Slice(start, count - start), rate, yield, values[start..], count, All);
    }

    private static int Check(OptionTerms terms, Span<double> values, int outputs)
    {
        var count = terms.Spot.Length;
        if (values.Length != outputs * count) throw new ArgumentException($"{values.Length} values for {outputs} of {count} options");
        terms.Check();
        return count;
    }

    /// <summary>Fewer than eight, filled up with copies of the first.</summary>
    private static void Rest(OptionTerms terms, double rate, double yield, Span<double> values, int stride, int outputs)
    {
        Span<double> padded = stackalloc double[(5 + All) * Width];
        Pad(terms.Sign, padded);
        Pad(terms.Spot, padded[Width..]);
        Pad(terms.Strike, padded[(2 * Width)..]);
        Pad(terms.Years, padded[(3 * Width)..]);
        Pad(terms.Volatility, padded[(4 * Width)..]);
        var full = new OptionTerms(padded[..8], padded[8..16], padded[16..24], padded[24..32], padded[32..40]);
        var found = padded[(5 * Width)..];
        if (outputs == All) Eight(full, 0, rate, yield, found, 0, Width, true);
        else Eight(full, 0, rate, yield, found, 0, Width, false);
        for (var k = 0; k < outputs; k++) found.Slice(k * Width, terms.Spot.Length).CopyTo(values[(k * stride)..]);
    }

    private static void Pad(ReadOnlySpan<double> from, Span<double> to)
    {
        to[..Width].Fill(from[0]);
        from.CopyTo(to);
    }

    /// <summary>Eight options from <paramref name="from"/> on, written at <paramref name="at"/> of each output; <paramref name="all"/> is a constant to the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(OptionTerms terms, int from, double rate, double yield, Span<double> values, int at, int stride, bool all)
    {
        var (w, s, k, t, σ) = (Load(terms.Sign, from), Load(terms.Spot, from), Load(terms.Strike, from), Load(terms.Years, from), Load(terms.Volatility, from));
        var (one, carry) = (Vector512<double>.One, Vector512.Create(rate - yield));
        var root = Vector512.Sqrt(t);
        var v = σ * root;
        var overV = one / v;
        var overS = one / s;
        var d1 = Fma(Fma(carry, t, LogRatio(s, k)), overV, 0.5 * v);
        var d2 = d1 - v;
        var (grown, density1) = (Exp(-yield * t), LaneNormal.InverseSqrt2Pi * Exp(-0.5 * d1 * d1));
        var (ahead, paid) = (s * grown, k * Exp(-rate * t));
        var density = ahead * density1;
        var (mills1, mills2) = LaneNormal.Mills(Vector512.Abs(d1), Vector512.Abs(d2));
        var (sold, bought) = (LaneNormal.Exercised(w * d1, density * mills1, ahead), LaneNormal.Exercised(w * d2, density * mills2, paid));
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), at);
        var (delta, vega, overσ) = (w * sold * overS, density * root, root * overV);
        var (overRoot, longest) = (σ * overV, Vector512.Create(Math.Max(Math.Abs(rate), Math.Abs(yield))));
        var gamma = density * overV * overS * overS;
        Write(w * (sold - bought), ref to, 0);
        Write(delta, ref to, stride);
        Write(gamma, ref to, 2 * stride);
        Write(vega, ref to, 3 * stride);
        Write(Fma(w, yield * sold - rate * bought, -0.5 * density * σ * overRoot), ref to, 4 * stride);
        if (all)
        {
            var (product, halfOverT) = (d1 * d2, 0.5 * overRoot * overRoot);
            var perσ = gamma * overσ;
            var slope = density * overS;
            Write(w * t * bought, ref to, 5 * stride);
            Write(-w * t * sold, ref to, 6 * stride);
            Write(-slope * d2 * overσ, ref to, 7 * stride);
            Write(vega * product * overσ, ref to, 8 * stride);
            Write(Fma(Vector512.Create(yield), delta, slope * Fma(d2, halfOverT, -carry * overV)), ref to, 9 * stride);
            Write(-gamma * overS * Fma(d1, overV, one), ref to, 10 * stride);
            Write(gamma * (Vector512.Create(yield) + Fma(carry, d1 * overV, (one - product) * halfOverT)), ref to, 11 * stride);
            Write(Fma(perσ, product, -perσ), ref to, 12 * stride);
        }
        var usual = Usual(s, k, v, t * longest);
        if (usual != 0xFF) OneByOne(~usual, terms.Slice(from, Width), rate, yield, values[at..], stride, all);
    }

    /// <summary>A bit for each lane where nothing overflows; none for what is no number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Usual(Vector512<double> s, Vector512<double> k, Vector512<double> v, Vector512<double> discounted)
    {
        var (small, large) = (Vector512.Create(Small), Vector512.Create(Large));
        var prices = Vector512.GreaterThan(s, small) & Vector512.LessThan(s, large) & Vector512.GreaterThan(k, small) & Vector512.LessThan(k, large);
        var deviations = Vector512.GreaterThanOrEqual(v, Vector512.Create(LeastDeviation)) & Vector512.LessThan(v, large);
        return (prices & deviations & Vector512.LessThan(discounted, Vector512.Create(MostDiscount))).ExtractMostSignificantBits();
    }

    private static void OneByOne(ulong lanes, OptionTerms terms, double rate, double yield, Span<double> values, int stride, bool all)
    {
        for (var i = 0; i < Width; i++)
        {
            if ((lanes >> i & 1) == 0) continue;
            var x = BlackScholes.OnSpot(terms.Sign[i] > 0 ? OptionKind.Call : OptionKind.Put, terms.Spot[i], terms.Strike[i], terms.Years[i], rate, yield, terms.Volatility[i]);
            ReadOnlySpan<double> outputs = [x.Price, x.Delta, x.Gamma, x.Vega, x.Theta, x.Rho, x.Phi, x.Vanna, x.Volga, x.Charm, x.Speed, x.Color, x.Zomma];
            for (var k = 0; k < (all ? All : Few); k++) values[i + k * stride] = outputs[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<double> value, ref double to, nint at) => value.StoreUnsafe(ref to, (nuint)at);
}
