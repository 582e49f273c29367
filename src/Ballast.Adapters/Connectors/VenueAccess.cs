using Ballast.Instruments;

namespace Ballast.Adapters.Connectors;

/// <summary>How an account is opened at a venue. Its text form tells nothing of the key.</summary>
/// <param name="Account">The name that the portfolio gives it.</param>
/// <param name="Rest">Another address than the venue's own, for a server of its dialect; null for the venue's own.</param>
/// <param name="Streams">The same for its streams.</param>
public sealed record VenueAccess(string Account, VenueId Venue, VenueKey? Key, bool Sandbox = false, Uri? Rest = null, Uri? Streams = null)
{
    internal object Opening => new
    {
        Account,
        Venue = Venue.Value,
        Key?.Key,
        Key?.Secret,
        Key?.Passphrase,
        Sandbox,
        Urls = Rest is null && Streams is null ? null : new { Rest = Address(Rest), Ws = Address(Streams) },
    };

    public override string ToString() => $"{Account} at {Venue}{(Sandbox ? " (test venue)" : "")}";

    private static string? Address(Uri? uri) => uri?.AbsoluteUri.TrimEnd('/');
}

/// <summary>A key of a venue, in memory only. Never printed.</summary>
public sealed record VenueKey(string Key, string Secret, string? Passphrase = null)
{
    public override string ToString() => "(a key)";
}
