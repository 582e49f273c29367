using Ballast.Instruments;

namespace Ballast.Adapters.Files;

/// <summary>What is known of a venue's trading rules without asking it: dated, with its source, and never complete.</summary>
public static class InstrumentPresets
{
    private const string Prefix = "Ballast.Adapters.Files.Presets.";

    /// <summary>The venues that have a preset.</summary>
    public static ImmutableArray<VenueId> Venues { get; } = [new("binance"), new("deribit")];

    /// <summary>The preset of a venue; paper venues trade everything; null where nothing is known.</summary>
    public static InstrumentSet? For(VenueId venue) =>
        venue.Value == "paper" ? InstrumentSet.Paper
        : Venues.Contains(venue) ? Read(venue)
        : null;

    private static InstrumentSet Read(VenueId venue)
    {
        var limits = ReadingLimits.Default;
        var text = SourceFile.Of(venue.Value + ".csv", Resource(venue), new FaultList(limits)) ?? throw new InvalidOperationException($"the preset of {venue} is no text");
        var unlisted = Remark(text, "unlisted pairs from");
        var source = $"preset {Remark(text, "preset")} of {Remark(text, "as of")}{(unlisted is null ? "" : ", lots assumed for pairs that it does not list")}; check with --instruments";
        var reading = InstrumentsFile.Read(text, source, venue, limits);
        return reading.Ok ? reading.Value! with { UnlistedMinNotional = unlisted is null ? null : decimal.Parse(unlisted, System.Globalization.CultureInfo.InvariantCulture) } : throw new InvalidOperationException($"the preset of {venue} is faulty: {reading.Faults[0]}");
    }

    private static byte[] Resource(VenueId venue)
    {
        using var stream = typeof(InstrumentPresets).Assembly.GetManifestResourceStream(Prefix + venue.Value + ".csv")
            ?? throw new InvalidOperationException($"no preset of {venue} is built in");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What a comment line says about the preset, <c># as of: 2026-11-23</c>; null where it says nothing.</summary>
    internal static string? Remark(SourceText text, string name)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(text.Bytes).Split('\n'))
            if (line.StartsWith($"# {name}: ", StringComparison.Ordinal)) return line[(name.Length + 4)..].Trim();
        return null;
    }
}
