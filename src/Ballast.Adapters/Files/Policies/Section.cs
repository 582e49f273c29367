using Ballast.Adapters.Files.Yaml;

namespace Ballast.Adapters.Files.Policies;

/// <summary>One mapping of the file, read key by key. Opening it faults every key that the grammar does not know there.</summary>
internal sealed class Section
{
    private readonly YamlNode.Map _map;

    private Section(YamlNode.Map map, Place place, PlacedFaults faults) => (_map, Place, Faults) = (map, place, faults);

    public PlacedFaults Faults { get; }

    /// <summary>Where a fault of the whole section is shown.</summary>
    public Place Place { get; }

    /// <summary>The node as a section with these keys; null, with a fault, where it is no mapping.</summary>
    public static Section? Open(YamlNode? node, KeySet keys, PlacedFaults faults, Place? place = null)
    {
        if (Shape.Map(node, keys.Name, faults) is not { } map) return null;
        foreach (var entry in map.Entries)
            if (!keys.Keys.Contains(entry.Key.Text))
                faults.Add(entry.Key.Place, "UNKNOWN_KEY", $"unknown key `{Quoted.Short(entry.Key.Text)}`", Nearest.Advice(entry.Key.Text, keys.Keys));
        return new(map, place ?? map.Place, faults);
    }

    public bool Has(string key) => _map.Find(key) is not null;

    public YamlNode? this[string key] => _map.Find(key)?.Value;

    public Place KeyPlace(string key) => _map.Find(key)?.Key.Place ?? Place;

    /// <summary>Where a fault of the key's value is shown.</summary>
    public Place Blame(string key) => _map.Find(key)?.Blame ?? Place;

    public Section? Sub(string key, KeySet keys) => Has(key) ? Open(this[key], keys, Faults, Blame(key)) : null;

    /// <summary>The key's text as a kind of value; null where it is absent or, with a fault, wrong.</summary>
    public T? Get<T>(string key, Kind<T> kind) where T : struct =>
        Shape.Text(this[key], key, Faults) is { } text && Read(text, kind) is { Ok: true } parsed ? parsed.Value : null;

    /// <summary>As <see cref="Get"/>, for kinds whose values are objects.</summary>
    public T? Make<T>(string key, Kind<T> kind) where T : class =>
        Shape.Text(this[key], key, Faults) is { } text && Read(text, kind) is { Ok: true } parsed ? parsed.Value : null;

    /// <summary>A list of texts of one kind; empty where the key is absent.</summary>
    public ImmutableArray<T> List<T>(string key, Kind<T> kind)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        var seen = new HashSet<string>();
        foreach (var item in Shape.List(this[key], key, Faults))
        {
            if (Shape.Text(item, key, Faults) is not { } text) continue;
            if (!seen.Add(text.Text)) Faults.Add(text.Place, "DUPLICATE_NAME", $"`{Quoted.Short(text.Text)}` stands twice in `{key}`", "expected each once");
            else if (Read(text, kind) is { Ok: true } parsed) items.Add(parsed.Value);
        }
        return items.ToImmutable();
    }

    /// <summary>Whether the key is there; if not, that is a fault.</summary>
    public bool Requires(string key, string example)
    {
        if (Has(key)) return true;
        Faults.Add(Place, "MISSING_KEY", $"`{key}` is missing", $"expected `{key}: {example}`");
        return false;
    }

    /// <summary>Faults the keys that stand here and would do nothing.</summary>
    public void NotYet(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (Has(key)) Faults.NotYet(KeyPlace(key), $"`{key}`");
    }

    private Parsed<T> Read<T>(YamlNode.Scalar text, Kind<T> kind)
    {
        var parsed = kind(text.Text);
        if (parsed.Complaint is { } c) Faults.Add(text.Place, c);
        return parsed;
    }
}
