using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ballast.Numerics.Backtest;
using static Ballast.Numerics.Options.LaneMath;

namespace Ballast.Numerics.Options;

/// <summary>What positions in options gain when prices move and volatilities become others: the table that margins by scenario are read off.</summary>
/// <remarks>
/// Black (1976) without interest, eight positions to a step; a discount is a factor of the quantity. ln F/K and √T are taken once for a position, 1/σ√T once for
/// each of its volatilities. The spot of the terms is each option's own forward, which every move multiplies. Within 1e-12 of the sum of
/// <see cref="BlackScholes.OnForward"/>, as a part of what the positions are worth gross before and after.
/// </remarks>
public static class OptionGrid
{
    private const double LeastDeviation = 1e-8, Small = 1e-70, Large = 1e70;

    /// <summary>The gain of all positions in each scenario, written at <c>state × moves + move</c>.</summary>
    /// <param name="terms">The positions as they are: their own forwards and their volatilities now.</param>
    /// <param name="quantities">Signed, in coins.</param>
    /// <param name="moves">Fractions above −1 by which every forward moves.</param>
    /// <param name="volatilities">The volatility of each position in each state, state by state.</param>
    /// <param name="inCoin">Whether the options are paid for and settled in coin: gains in coins of the moved price.</param>
    public static void Gains(OptionTerms terms, ReadOnlySpan<double> quantities, ReadOnlySpan<double> moves, ReadOnlySpan<double> volatilities, bool inCoin, Span<double> gains) =>
        Gains(terms, quantities, moves, volatilities, inCoin, gains, []);

    /// <summary>The same, and the gain of each position in <paramref name="each"/>, scenario by scenario.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gains(OptionTerms terms, ReadOnlySpan<double> quantities, ReadOnlySpan<double> moves, ReadOnlySpan<double> volatilities, bool inCoin, Span<double> gains, Span<double> each)
    {
        var (count, states) = (Check(terms, quantities, moves, volatilities, gains, each), gains.Length / Math.Max(1, moves.Length));
        var (sums, logs) = (new double[gains.Length * Width], Logs(moves));
        for (var at = 0; at < count; at += Width)
        {
            var (w, forward, strike) = (Load(terms.Sign, at, 1), Load(terms.Spot, at, 1), Load(terms.Strike, at, 1));
            var (years, quantity) = (Load(terms.Years, at, 1), Load(quantities, at, 0));
            var (x, root) = (LogRatio(forward, strike), Vector512.Sqrt(years));
            var now = Value(new(w, forward, strike, x, Load(terms.Volatility, at, 1) * root), 0, 1, inCoin);
            for (var state = 0; state < states; state++)
            {
                var holding = new Holding(w, forward, strike, x, Load(volatilities.Slice(state * count, count), at, 1) * root);
                for (var move = 0; move < moves.Length; move++)
                {
                    var gain = quantity * (Value(holding, logs[move], 1 + moves[move], inCoin) - now);
                    var scenario = state * moves.Length + move;
                    var sum = sums.AsSpan(scenario * Width, Width);
                    Store(Load(sum, 0) + gain, sum);
                    if (each.Length > 0) Store(gain, each.Slice(scenario * count, count)[at..]);
                }
            }
        }
        for (var k = 0; k < gains.Length; k++) gains[k] = Lanes.Sum(Load(sums, k * Width));
    }

    private static int Check(OptionTerms terms, ReadOnlySpan<double> quantities, ReadOnlySpan<double> moves, ReadOnlySpan<double> volatilities, Span<double> gains, Span<double> each)
    {
        var count = terms.Spot.Length;
        terms.Check();
        if (quantities.Length != count) throw new ArgumentException($"{count} positions, but {quantities.Length} quantities");
        foreach (var move in moves)
            if (!(move > -1 && double.IsFinite(move))) throw new ArgumentOutOfRangeException(nameof(moves), move, "a price stays above zero");
        if (count > 0 && moves.Length * volatilities.Length != gains.Length * count) throw new ArgumentException($"{gains.Length} gains for {moves.Length} moves and {volatilities.Length} volatilities of {count} positions");
        if (each.Length > 0 && each.Length != gains.Length * count) throw new ArgumentException($"{each.Length} gains of positions for {gains.Length} scenarios of {count}");
        return count;
    }

    /// <summary>ln(1 + move), by the arithmetic that is the same everywhere.</summary>
    private static double[] Logs(ReadOnlySpan<double> moves)
    {
        var logs = new double[moves.Length];
        for (var i = 0; i < logs.Length; i++) logs[i] = LogRatio(Vector512.Create(1 + moves[i]), Vector512<double>.One).ToScalar();
        return logs;
    }

    /// <summary>Eight options at one volatility each; x = ln F/K and v = σ√T.</summary>
    private readonly struct Holding(Vector512<double> w, Vector512<double> forward, Vector512<double> strike, Vector512<double> x, Vector512<double> v)
    {
        public readonly Vector512<double> Sign = w, Forward = forward, Strike = strike, X = x, V = v, OverV = Vector512<double>.One / v;

        /// <summary>A bit for each lane where nothing overflows; none for what is no number.</summary>
        public readonly ulong Usual = (Within(forward, Small, Large) & Within(strike, Small, Large) & Within(v, LeastDeviation, Large)).ExtractMostSignificantBits();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<double> Within(Vector512<double> x, double low, double high) => Vector512.GreaterThan(x, Vector512.Create(low)) & Vector512.LessThan(x, Vector512.Create(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Value(in Holding of, double log, double factor, bool inCoin)
    {
        var forward = of.Forward * Vector512.Create(factor);
        var d1 = Fma(of.X + Vector512.Create(log), of.OverV, Vector512.Create(0.5) * of.V);
        var d2 = d1 - of.V;
        var density = forward * (Vector512.Create(LaneNormal.InverseSqrt2Pi) * Exp(Vector512.Create(-0.5) * d1 * d1));
        var (mills1, mills2) = LaneNormal.Mills(Vector512.Abs(d1), Vector512.Abs(d2));
        var value = of.Sign * (LaneNormal.Exercised(of.Sign * d1, density * mills1, forward) - LaneNormal.Exercised(of.Sign * d2, density * mills2, of.Strike));
        if (of.Usual != 0xFF) value = OneByOne(of, forward, value);
        return inCoin ? value / forward : value;
    }

    /// <summary>Expired options, those without volatility and those out of all proportion; without interest, time matters in σ√T alone.</summary>
    private static Vector512<double> OneByOne(in Holding of, Vector512<double> forward, Vector512<double> value)
    {
        for (var i = 0; i < Width; i++)
            if ((of.Usual >> i & 1) == 0) value = value.WithElement(i, BlackScholes.OnForward(of.Sign[i] > 0 ? OptionKind.Call : OptionKind.Put, forward[i], of.Strike[i], 1, 0, of.V[i]).Price);
        return value;
    }
}
