using System.Globalization;
using System.Text.Json;
using Ballast.Instruments;
using Ballast.Numerics.Futures;
using Ballast.Orders;
using NodaTime.Text;

namespace Ballast.Adapters.Connectors;

/// <summary>What each venue promises, read from the sheets of <c>protocol/venues</c>: the connector, the simulators and execution read the same files.</summary>
public static class VenueSheets
{
    private const string Prefix = "Ballast.Adapters.Connectors.Venues.";

    /// <summary>Every venue that the connector speaks to, in the order of their names.</summary>
    public static ImmutableArray<VenueSheet> All { get; } =
        [.. typeof(VenueSheets).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(Resource).OrderBy(s => s.Venue.Value, StringComparer.Ordinal)];

    /// <summary>The sheet of a venue; null where there is none.</summary>
    public static VenueSheet? Find(VenueId venue) => All.FirstOrDefault(s => s.Venue == venue);

    /// <summary>What is said of a venue wherever it is shown: that it is not proven, when it is not.</summary>
    public static string Remark(VenueSheet sheet) => sheet.Proven ? "" : "not proven: it was never traded against a server of its dialect";

    /// <summary>Reads a sheet.</summary>
    /// <exception cref="FormatException">It is none; the text is ours, so that is a defect of the build.</exception>
    public static VenueSheet Read(JsonElement sheet)
    {
        var promises = sheet.GetProperty("promises");
        var asOf = LocalDatePattern.Iso.Parse(sheet.GetProperty("asOf").GetString()!).Value;
        return new VenueSheet(new VenueId(sheet.GetProperty("venue").GetString()!), sheet.GetProperty("proven").GetBoolean(), asOf)
        {
            PlaceDeadline = Word<DeadlineCheck>(promises, "placeDeadline"),
            CancelDeadline = Word<DeadlineCheck>(promises, "cancelDeadline"),
            Deadline = Seconds(promises, "deadlineSeconds")!.Value,
            LagMargin = Seconds(promises, "lagMarginSeconds")!.Value,
            Quarantine = Seconds(promises, "quarantineSeconds") ?? Duration.FromSeconds(120),
            Ids = Word<IdRule>(promises, "ids"),
            Duplicate = Word<DuplicateAnswer>(promises, "duplicate"),
            UnfilledKept = Seconds(promises, "unfilledKeptSeconds"),
            AckIsFinal = Value(promises, "ackIsFinal").GetBoolean(),
            PostOnly = Word<PostOnlyAnswer>(promises, "postOnly"),
            DeadMan = Word<DeadManKind>(promises, "deadMan"),
            FeeInReceived = Value(promises, "feeInReceived").GetBoolean(),
            Funding = FundingOf(promises),
            RequestsPerSecond = Value(promises, "requestsPerSecond").GetDouble(),
        };
    }

    private static FundingRule.Damped? FundingOf(JsonElement promises) => !promises.TryGetProperty("funding", out var promise) ? null
        : promise.GetProperty("value") is var value && value.GetProperty("hours").GetInt32() == 8
            ? new FundingRule.Damped(value.GetProperty("damper").GetDouble(), value.GetProperty("lowest").GetDouble(), value.GetProperty("highest").GetDouble())
            : throw new FormatException("funding: rates are told for eight hours");

    private static VenueSheet Resource(string name)
    {
        using var stream = typeof(VenueSheets).Assembly.GetManifestResourceStream(name)!;
        using var sheet = JsonDocument.Parse(stream);
        return Read(sheet.RootElement);
    }

    private static JsonElement Value(JsonElement promises, string name) => promises.GetProperty(name).GetProperty("value");

    private static T Word<T>(JsonElement promises, string name) where T : struct, Enum
    {
        var word = Value(promises, name).GetString()!;
        return Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => string.Equals(v.ToString(), word, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{word}' is no {typeof(T).Name}"));
    }

    /// <summary>Null where the sheet does not have it: for ever, or the usual.</summary>
    private static Duration? Seconds(JsonElement promises, string name) =>
        promises.TryGetProperty(name, out var promise) ? Duration.FromSeconds(promise.GetProperty("value").GetDouble()) : null;
}
