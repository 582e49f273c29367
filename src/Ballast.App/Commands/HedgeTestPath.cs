using System.Globalization;
using Ballast.App.Output;
using Ballast.Derivatives;
using Ballast.Engine.Hedges;
using Ballast.Instruments;
using Ballast.Money;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Hedging;

namespace Ballast.App.Commands;

/// <summary>A position of options along the snapshots of a chain, from the first that has all of them to the last before they expire.</summary>
/// <param name="Underlying">What the options are on.</param>
/// <param name="Inverse">Whether they are settled in coin, and so hedged with a perpetual that is.</param>
/// <param name="Notes">What a reader should know of the path.</param>
internal sealed record HedgeTestPath(HedgePath Path, Asset Underlying, bool Inverse, Instant From, Instant To, IReadOnlyList<string> Notes)
{
    private const double SecondsAYear = 31_536_000;

    /// <summary>With less left than this at the end the options are settled at the last index; with more they are valued at their marks.</summary>
    private static readonly Duration Settled = Duration.FromHours(12);

    public static HedgeTestPath Of(ChainHistory history, IReadOnlyList<(Instrument.Option Option, double Coins)> legs, Instant? from)
    {
        var first = legs[0].Option;
        if (legs.Any(l => l.Option.Base != first.Base || l.Option.Expiry != first.Expiry || l.Option.Inverse != first.Inverse))
            throw new InvalidInputException("--position: the options must have one underlying, one expiry and one settlement, because they are settled together");
        var (points, known, at, kept) = (new List<HedgePoint>(), new Dictionary<string, double>(), default((Instant Start, Instant Last)), 0);
        var shown = history.Snapshots.Where(s => (from is null || s.At >= from) && s.At < first.Expiry).ToArray();
        foreach (var chain in shown)
        {
            foreach (var (option, _) in legs) if (chain.Find(option)?.Volatility is { } volatility) known[option.Symbol] = volatility;
            if (legs.Any(l => !known.ContainsKey(l.Option.Symbol)) || chain.Index(first.Base) is not { } index) continue;
            kept += legs.Count(l => chain.Find(l.Option)?.Volatility is null);
            if (points.Count == 0) at.Start = chain.At;
            at.Last = chain.At;
            var settles = chain == shown[^1] && first.Expiry - chain.At < Settled;
            points.Add(PointOf(chain, legs, known, (double)index, (chain.At - at.Start).TotalSeconds / SecondsAYear, settles));
        }
        if (points.Count < 10) throw new InvalidInputException($"--position: {points.Count} snapshots have a volatility of {string.Join(" and ", legs.Select(l => l.Option.Symbol))} before {Words.Time(first.Expiry)}; at least 10 are needed");
        var interval = (points[^1].Time - points[0].Time) / (points.Count - 1);
        return new(new(points, MoveAverage.Of(points[0].Volatility, interval)), first.Base, first.Inverse, at.Start, at.Last, [.. NotesOf(first, at.Last, kept)]);
    }

    private static HedgePoint PointOf(Chain chain, IReadOnlyList<(Instrument.Option Option, double Coins)> legs, Dictionary<string, double> known, double index, double time, bool settles)
    {
        var years = settles ? 0 : (legs[0].Option.Expiry - chain.At).TotalSeconds / SecondsAYear;
        var forward = settles ? index : (double)(chain.Forward(legs[0].Option) ?? (decimal)index);
        return new(time, index, [.. legs.Select(l => new Leg(l.Option.Inverse ? LegKind.InverseOption : LegKind.LinearOption, l.Coins, forward, years)
            { Right = l.Option.Right, Strike = (double)l.Option.Strike, Volatility = known[l.Option.Symbol] })]);
    }

    private static IEnumerable<string> NotesOf(Instrument.Option option, Instant last, int kept)
    {
        var left = option.Expiry - last;
        yield return left < Settled ? $"settled at the last index, {Spans.Words(left)} before expiry" : $"the path ends {Spans.Words(left)} before expiry: the options are valued at their last marks, and the hedge is closed";
        if (kept > 0) yield return $"{Figures.Count(kept, "missing mark")} of volatility: the one before stands in";
        yield return "the perpetual is traded at the index; fees of the options themselves are left out, for every rule has the same";
    }

    /// <summary>A position as a trader writes it: <c>-1 BTC-27FEB26-70000-C</c>.</summary>
    public static (Instrument.Option Option, double Coins) Leg(string text, ContractSet contracts)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var quantity) || quantity == 0 || !double.IsFinite(quantity))
            throw new InvalidInputException($"--position: `{text}`; expected a quantity and an option such as \"-1 BTC-27FEB26-70000-C\"");
        return contracts.Find(words[1]) is Instrument.Option option
            ? (option, quantity * (double)option.Multiplier)
            : throw new InvalidInputException($"--position: `{words[1]}` is no option that is known; expected one such as BTC-27FEB26-70000-C");
    }
}
