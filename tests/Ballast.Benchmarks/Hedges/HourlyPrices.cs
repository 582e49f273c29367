using System.Globalization;
using System.IO.Compression;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Hedging;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks.Hedges;

/// <summary>Closes of one symbol, hour by hour, and the positions of 30 days that can be opened on them.</summary>
internal sealed record HourlyPrices(string Symbol, DateTime[] Times, double[] Closes)
{
    private const int Life = 30 * 24, Past = 30 * 24, Apart = 10 * 24;
    private const double Hour = 1.0 / 8760, HalfLife = 10 * 24;

    /// <summary>What sellers of volatility ask for above what was realised: stated, not fitted.</summary>
    public const double Premium = 1.1;

    /// <summary>Strangles have their strikes so many standard deviations of the life away.</summary>
    private const double Width = 0.67;

    public static HourlyPrices Read(string path)
    {
        var rows = Lines(path).Skip(1).Select(l => l.Split(',')).ToArray();
        return new(Path.GetFileName(path).Split('.')[0], [.. rows.Select(r => DateTime.Parse(r[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal))],
            [.. rows.Select(r => double.Parse(r[4], CultureInfo.InvariantCulture))]);
    }

    public static IEnumerable<string> Lines(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line) if (line.Length > 0) yield return line;
    }

    /// <summary>A short and a long straddle and strangle, in coin and in money, opened every ten days.</summary>
    public IEnumerable<Episode> Episodes()
    {
        var (volatility, moves) = Trailing();
        for (var start = Past; start + Life < Closes.Length; start += Apart)
            foreach (var isShort in (bool[])[true, false])
                foreach (var straddle in (bool[])[true, false])
                    foreach (var inCoin in (bool[])[true, false])
                        yield return new(Symbol, Times[start], Times[start + Life], isShort, straddle, inCoin, PathFrom(start, isShort, straddle, inCoin, volatility, moves[start]));
    }

    private HedgePath PathFrom(int start, bool isShort, bool straddle, bool inCoin, double[] volatility, MoveAverage moves)
    {
        var away = straddle ? 0 : Width * volatility[start] * Math.Sqrt(Life * Hour);
        var points = new HedgePoint[Life + 1];
        for (var i = 0; i <= Life; i++)
        {
            var price = Closes[start + i] / Closes[start];
            Leg LegOf(OptionKind right, double strike) => new(Episode.Kind(inCoin), isShort ? -1 : 1, price, (Life - i) * Hour) { Right = right, Strike = strike, Volatility = volatility[start + i] };
            points[i] = new(i * Hour, price, [LegOf(OptionKind.Call, Math.Exp(away)), LegOf(OptionKind.Put, Math.Exp(-away))]);
        }
        return new(points, moves);
    }

    /// <summary>The implied volatility of each hour, modelled: what was realised before, exponentially weighted with a half-life of ten days, and a premium.</summary>
    private (double[] Volatility, MoveAverage[] Moves) Trailing()
    {
        var (volatility, moves, now) = (new double[Closes.Length], new MoveAverage[Closes.Length], MoveAverage.Of(0.8, Hour));
        for (var i = 0; i < Closes.Length; i++)
        {
            if (i > 0) now = now.Next(Closes[i] / Closes[i - 1] - 1, HalfLife);
            moves[i] = now;
            volatility[i] = Premium * now.Deviation / Math.Sqrt(Hour);
        }
        return (volatility, moves);
    }
}
