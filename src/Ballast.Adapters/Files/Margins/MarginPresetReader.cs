using Ballast.Adapters.Files.Policies;
using Ballast.Adapters.Files.Yaml;
using Ballast.Margin;
using Ballast.Money;
using Ballast.Numerics.Margin;
using NodaTime.Text;

namespace Ballast.Adapters.Files.Margins;

/// <summary>Makes a preset of its text, or gathers what is wrong with it.</summary>
internal sealed class MarginPresetReader(PlacedFaults faults)
{
    private static readonly Kind<string> Text = text => text.Trim().Length == 0 ? Parsed.Bad("", "empty", "expected a text") : Parsed.Of(text);

    public MarginPreset? Read(YamlNode root)
    {
        if (Section.Open(root, MarginKeys.File, faults) is not { } file) return null;
        var name = file.Requires("name", "my_venue_2026") ? file.Make("name", Text) : null;
        var source = file.Requires("source", "where it was read") ? file.Make("source", Text) : null;
        var (verified, family) = (file.Make("verified", Text), file.Make("family", Text));
        var asOf = Empty(file, "asOf") ? null : file.Get<LocalDate>("asOf", Date);
        var underlying = Empty(file, "underlying") ? null : file.Get("underlying", Code);
        ImmutableArray<string> notes = file.Has("notes") ? file.List("notes", Text) : [];
        var rules = Rules(file);
        return faults.Count > 0 || rules is null ? null
            : new(name!, family ?? name!, asOf, verified ?? "not said", source!, rules) { Underlying = underlying, Notes = notes };
    }

    private MarginRules? Rules(Section file)
    {
        if (!file.Requires("method", "scenarios")) return null;
        var method = file.Make("method", Kinds.Choice([("scenarios", "scenarios"), ("standard", "standard"), ("tiers", "tiers")]));
        return method switch
        {
            "standard" => Standard(file),
            "tiers" => new MarginRules.Tiered(ImmutableDictionary<string, MaintenanceTiers>.Empty),
            "scenarios" => new ScenarioReader(file, faults).Rules(),
            _ => null,
        };
    }

    private static MarginRules.Standard Standard(Section file)
    {
        var (options, futures) = (file.Sub("options", MarginKeys.Options), file.Sub("futures", MarginKeys.Futures));
        var slope = futures.Number("perCoin", 0, 0, 1);
        return new(new(options.Number("base", 0, 0, 1), options.Number("floor", 0, 0, 1), options.Number("maintenance", 0, 0, 1),
            new(futures.Number("initial", 0, 0, 1), slope), new(futures.Number("maintenance", 0, 0, 1), slope)));
    }

    /// <summary>JSON writes null where nothing is known.</summary>
    private static bool Empty(Section file, string key) => file[key] is YamlNode.Scalar { Text: "null" };

    private static Parsed<LocalDate> Date(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } date ? Parsed.Of(date.Value) : Parsed.Bad(text, "no date", "expected a date such as 2026-11-23, or null");

    private static Parsed<Asset> Code(string text) => Kinds.Name(text).To(name => new Asset(name));
}
