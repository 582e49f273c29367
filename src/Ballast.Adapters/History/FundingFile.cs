using System.Text.Json.Nodes;

namespace Ballast.Adapters.History;

/// <summary>What a long position paid of its value over the time up to <paramref name="At"/>; below zero, what it was paid.</summary>
public readonly record struct FundingPaid(Instant At, decimal Rate);

/// <summary>Funding as a venue tells it, in the order of time.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record FundingPage(ImmutableArray<FundingPaid> Rows, Instant? Next);

/// <summary>Funding rates in a CSV: <c>timestamp,symbol,funding_rate</c>.</summary>
/// <param name="server">Another server than the venue's own; null for its own.</param>
/// <param name="from">The first time that was asked for.</param>
public sealed class FundingFile(string path, string venue, string? server, Instant from) : SeriesFile(path, "timestamp,symbol,funding_rate",
    new JsonObject { ["venue"] = venue, ["kind"] = "funding", ["server"] = server, ["from"] = from.ToString() })
{
    /// <summary>Adds rates of a symbol; in the hands of the system when this returns.</summary>
    /// <exception cref="InvalidOperationException">One is not later than the one before.</exception>
    public void Add(string symbol, IEnumerable<FundingPaid> rows) => Append(rows.Select(r => (r.At, symbol, Cell(r.Rate))));
}
