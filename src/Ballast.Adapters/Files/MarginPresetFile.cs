using Ballast.Adapters.Files.Margins;
using Ballast.Adapters.Files.Policies;
using Ballast.Adapters.Files.Yaml;
using Ballast.Margin;

namespace Ballast.Adapters.Files;

/// <summary>Reads how a venue asks for margin: JSON with a date and a source, built in or a user's own. All faults have line and column.</summary>
public static class MarginPresetFile
{
    private const string Prefix = "Ballast.Adapters.Files.Presets.Margin.";
    private const int MaxLength = 1 << 20;

    /// <summary>The presets that are built in.</summary>
    public static MarginPresets BuiltIn { get; } = new([.. typeof(MarginPresetFile).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Resource)]);

    public static Reading<MarginPreset> Load(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists) return Whole(path, "FILE_NOT_FOUND", "there is no such file", "");
        return info.Length > MaxLength ? Whole(path, "FILE_TOO_LARGE", "the file is larger than 1 MiB", "expected a margin preset") : Read(path, File.ReadAllText(path));
    }

    /// <summary>Reads a text; <paramref name="path"/> only names it in faults.</summary>
    public static Reading<MarginPreset> Read(string path, string text)
    {
        var faults = new PlacedFaults(new YamlText(path, text));
        if (text.Length > 0 && YamlReader.Read(new YamlText(path, text), faults) is { } root && faults.Count == 0)
        {
            var preset = new MarginPresetReader(faults).Read(root);
            if (faults.Count == 0) return Reading.Of(preset ?? throw new InvalidOperationException("a preset was not read, and no fault says why"));
        }
        return faults.Count == 0 ? Whole(path, "EMPTY", "the file is empty", "expected a margin preset") : Reading.Failed<MarginPreset>(faults.Faults);
    }

    /// <summary>The name that was probably meant.</summary>
    public static string Advice(string name) => Nearest.Advice(name, BuiltIn.Names);

    private static MarginPreset Resource(string name)
    {
        using var stream = typeof(MarginPresetFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var reading = Read(name[Prefix.Length..], reader.ReadToEnd());
        return reading.Ok ? reading.Value! : throw new InvalidOperationException($"the preset {name} is faulty: {reading.Faults[0]}");
    }

    private static Reading<MarginPreset> Whole(string path, string code, string what, string expected) =>
        Reading.Failed<MarginPreset>([new Fault(path, 0, 1, 1, code, what, expected, "")]);
}
