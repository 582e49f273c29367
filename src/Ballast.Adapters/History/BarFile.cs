using System.Text.Json.Nodes;

namespace Ballast.Adapters.History;

/// <summary>Where bars come from; a file holds those of one source.</summary>
/// <param name="Server">Another server than the venue's own; null for its own.</param>
/// <param name="From">The first time that was asked for.</param>
public sealed record BarSource(string Venue, string Interval, string? Server, Instant From);

/// <summary>Bars in a CSV that the price reader takes.</summary>
public sealed class BarFile(string path, BarSource source) : SeriesFile(path, "timestamp,symbol,open,high,low,close,volume",
    new JsonObject { ["venue"] = source.Venue, ["interval"] = source.Interval, ["server"] = source.Server, ["from"] = source.From.ToString() })
{
    /// <summary>Adds bars of a symbol; in the hands of the system when this returns.</summary>
    /// <exception cref="InvalidOperationException">One is not later than the one before.</exception>
    public void Add(string symbol, IEnumerable<Bar> bars) =>
        Append(bars.Select(b => (b.At, symbol, string.Join(',', Cell(b.Open), Cell(b.High), Cell(b.Low), Cell(b.Close), Cell(b.Volume)))));
}
