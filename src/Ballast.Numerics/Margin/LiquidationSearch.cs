namespace Ballast.Numerics.Margin;

/// <summary>What an account has above its maintenance margin after each of some moves of the price; below zero it is liquidated.</summary>
public delegate void Headroom(ReadOnlySpan<double> moves, Span<double> headroom);

/// <summary>Where an account would be liquidated along a path of moves.</summary>
/// <param name="Below">The nearest fall that liquidates, a fraction below zero; null where none does down to the end of the search.</param>
/// <param name="Above">The nearest rise that liquidates; null where none does.</param>
/// <param name="Intervals">All moves that liquidate, from the lowest on: islands between them are safe again.</param>
/// <param name="Already">Whether the account is in liquidation as it stands.</param>
public sealed record Liquidation(double? Below, double? Above, IReadOnlyList<(double From, double To)> Intervals, bool Already)
{
    /// <summary>The nearer of both, by the logarithm of the price; null where neither exists.</summary>
    public double? Nearest => (Below, Above) switch
    {
        ({ } down, { } up) => -Math.Log(1 + down) <= Math.Log(1 + up) ? down : up,
        _ => Below ?? Above,
    };

    /// <summary>How many daily standard deviations away a move is: ln(1 + x)/(σ√(1/365)).</summary>
    public static double Sigmas(double move, double volatility) => Math.Log(1 + move) / (volatility * Math.Sqrt(1.0 / 365));
}

/// <summary>Finds where an account is liquidated. Nothing is assumed to be monotonic: a short strangle has two such prices, a butterfly may have islands.</summary>
public static class LiquidationSearch
{
    private const double Step = 0.0025, Lowest = -0.995, Highest = 5, Tolerance = 1e-12;

    /// <summary>Walks outward by 0.25 % to −99.5 % and +500 %, closes each change of sign to 1e-12 by Brent's method, and lists what lies between.</summary>
    public static Liquidation Of(Headroom headroom)
    {
        var (below, above) = ((int)Math.Round(-Lowest / Step), (int)Math.Round(Highest / Step));
        double[] moves = [.. Enumerable.Range(-below, below + above + 1).Select(i => i * Step)];
        var values = new double[moves.Length];
        headroom(moves, values);
        double One(double move)
        {
            Span<double> value = [0];
            headroom([move], value);
            return value[0];
        }
        var intervals = new List<(double From, double To)>();
        double? start = values[0] < 0 ? moves[0] : null;
        for (var i = 1; i < moves.Length; i++)
        {
            if (values[i] < 0 == start is not null) continue;
            var edge = Brent.Root(One, moves[i - 1], values[i - 1], moves[i], values[i], Tolerance);
            if (start is { } from) intervals.Add((from, edge));
            start = start is null ? edge : null;
        }
        if (start is { } open) intervals.Add((open, moves[^1]));
        var fall = intervals.Where(x => x.To <= 0).Select(x => (double?)x.To).LastOrDefault();
        var rise = intervals.Where(x => x.From >= 0).Select(x => (double?)x.From).FirstOrDefault();
        return values[below] < 0 ? new(0, 0, intervals, true) : new(fall, rise, intervals, false);
    }
}
