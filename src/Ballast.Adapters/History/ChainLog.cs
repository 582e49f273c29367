using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Derivatives;

namespace Ballast.Adapters.History;

/// <summary>Option chains as they stood, snapshot after snapshot, in a CSV that the chain reader takes.</summary>
/// <param name="server">Another server than the venue's own; null for its own.</param>
public sealed class ChainLog(string path, string venue, string? server) : SeriesFile(path, "timestamp,instrument_name,mark_price,mark_iv,bid_price,ask_price,underlying_price,index_price",
    new JsonObject { ["venue"] = venue, ["kind"] = "chain", ["server"] = server })
{
    /// <summary>Adds a snapshot, all of it under one time, or nothing.</summary>
    /// <exception cref="InvalidOperationException">It is not later than the one before.</exception>
    public void Add(Instant at, IEnumerable<ChainQuote> quotes) => Append(quotes.Select(q => (at, q.Contract.Symbol,
        string.Join(',', Cell(q.Mark), q.Volatility?.ToString("0.####################", CultureInfo.InvariantCulture), Cell(q.Bid), Cell(q.Ask), Cell(q.Underlying), Cell(q.Index)))));
}
