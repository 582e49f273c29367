using System.Globalization;
using Ballast.Engine.Hedges;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Hedging;
using Ballast.Numerics.Options;

namespace Ballast.Benchmarks.Hedges;

/// <summary>The marks of the options of one expiry, snapshot by snapshot, and the positions that can be opened on them.</summary>
internal sealed record OptionPaths(string Symbol, DateTime Expiry, SortedDictionary<DateTime, List<OptionPaths.Mark>> Snapshots)
{
    private const int Apart = 20;
    private const double Year = 365 * 24;

    internal readonly record struct Mark(OptionKind Right, double Strike, double Volatility, double Forward, double Index);

    public static OptionPaths Read(string path)
    {
        var lines = HourlyPrices.Lines(path).ToArray();
        string[] head = lines[0].Split(',');
        int At(string column) => Array.IndexOf(head, column);
        var (time, name, volatility, forward, index) = (At("timestamp"), At("instrument_name"), At("mark_iv"), At("underlying_price"), At("index_price"));
        var snapshots = new SortedDictionary<DateTime, List<Mark>>();
        var expiry = default(DateTime);
        foreach (var cells in lines.Skip(1).Select(l => l.Split(',')))
        {
            var parts = cells[name].Split('-');
            expiry = DateTime.ParseExact(parts[1], "dMMMyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).AddHours(8);
            if (!double.TryParse(cells[volatility], CultureInfo.InvariantCulture, out var iv) || iv <= 0) continue;
            var at = DateTime.Parse(cells[time], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            if (!snapshots.TryGetValue(at, out var marks)) snapshots[at] = marks = [];
            marks.Add(new(parts[3] == "C" ? OptionKind.Call : OptionKind.Put, Number(parts[2]), iv, Number(cells[forward]), Number(cells[index])));
        }
        return new(Path.GetFileName(path).Split('.')[0], expiry, snapshots);
    }

    /// <summary>Opened every twenty snapshots (five days) from the first, held to the end; settled at the last index.</summary>
    public IEnumerable<Episode> Episodes()
    {
        DateTime[] times = [.. Snapshots.Keys];
        for (var start = 0; start + 40 < times.Length; start += Apart)
            foreach (var straddle in (bool[])[true, false])
                if (Strikes(times, start, straddle) is var (call, put))
                    foreach (var isShort in (bool[])[true, false])
                        foreach (var inCoin in (bool[])[true, false])
                            yield return new(Symbol, times[start], Expiry, isShort, straddle, inCoin, PathFrom(times, start, call, put, isShort, inCoin));
    }

    private (double Call, double Put)? Strikes(DateTime[] times, int start, bool straddle)
    {
        var marks = Snapshots[times[start]];
        var forward = marks[0].Forward;
        var away = straddle ? 0 : 0.67 * marks.MinBy(m => Math.Abs(m.Strike - forward)).Volatility * Math.Sqrt((Expiry - times[start]).TotalHours / Year);
        double Nearest(OptionKind right, double wanted) => marks.Where(m => m.Right == right).MinBy(m => Math.Abs(m.Strike - wanted)).Strike;
        var put = Nearest(OptionKind.Put, forward * Math.Exp(-away));
        return (straddle ? put : Nearest(OptionKind.Call, forward * Math.Exp(away)), put);
    }

    private HedgePath PathFrom(DateTime[] times, int start, double call, double put, bool isShort, bool inCoin)
    {
        var (points, scale, known) = (new List<HedgePoint>(), Snapshots[times[start]][0].Index, new Dictionary<(OptionKind, double), double>());
        for (var i = start; i < times.Length; i++)
        {
            var marks = Snapshots[times[i]];
            foreach (var m in marks) known[(m.Right, m.Strike)] = m.Volatility;
            var (index, forward, isLast) = (Median(marks.Select(m => m.Index)), marks[0].Forward, i == times.Length - 1);
            Leg LegOf(OptionKind right, double strike) => new(Episode.Kind(inCoin), isShort ? -1 : 1, (isLast ? index : forward) / scale, isLast ? 0 : (Expiry - times[i]).TotalHours / Year)
                { Right = right, Strike = strike / scale, Volatility = known[(right, strike)] };
            points.Add(new((times[i] - times[start]).TotalHours / Year, index / scale, [LegOf(OptionKind.Call, call), LegOf(OptionKind.Put, put)]));
        }
        var interval = (points[^1].Time - points[0].Time) / (points.Count - 1);
        return new(points, MoveAverage.Of(points[0].Volatility, interval));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var s ? s[s.Length / 2] : 0;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
