using Ballast.Adapters.Files.Yaml;

namespace Ballast.Adapters.Files.Policies;

/// <summary>Takes a node as a mapping, a list or a text; anything else is a fault with the three words for it.</summary>
internal static class Shape
{
    public static YamlNode.Map? Map(YamlNode? node, string what, PlacedFaults faults)
    {
        if (node is YamlNode.Map map) return map;
        if (node is not (null or YamlNode.Unreadable)) Wrong(node, what, "keys and values, `key: value`", faults);
        return null;
    }

    public static ImmutableArray<YamlNode> List(YamlNode? node, string what, PlacedFaults faults)
    {
        if (node is YamlNode.List list) return list.Items;
        if (node is YamlNode.Scalar { Text.Length: > 0 } one) faults.Add(one.Place, "WRONG_SHAPE", $"`{what}` is a text", $"expected a list, [{Quoted.Short(one.Text)}]");
        else if (node is not (null or YamlNode.Unreadable)) Wrong(node, what, "a list, [a, b]", faults);
        return [];
    }

    public static YamlNode.Scalar? Text(YamlNode? node, string what, PlacedFaults faults)
    {
        if (node is YamlNode.Scalar text) return text;
        if (node is not (null or YamlNode.Unreadable)) Wrong(node, what, "one value", faults);
        return null;
    }

    /// <summary>The entries of a mapping from names that the user chose; a name that cannot be one is a fault.</summary>
    public static IEnumerable<(YamlNode.Scalar Name, YamlNode.Entry Entry)> Named(YamlNode? node, string what, PlacedFaults faults)
    {
        if (Map(node, what, faults) is not { } map) yield break;
        if (map.Entries.IsEmpty) faults.Add(map.Place, "EMPTY", $"`{what}` is empty", "leave it out, or name something");
        foreach (var entry in map.Entries)
        {
            if (Kinds.Name(entry.Key.Text).Complaint is { } c) faults.Add(entry.Key.Place, c);
            else yield return (entry.Key, entry);
        }
    }

    /// <summary>Adds what a kind had to say, at the place of its text.</summary>
    public static void Add(this PlacedFaults faults, Place at, Complaint c) => faults.Add(at, c.Code, c.What, c.Expected);

    /// <summary>Faults a word of the grammar that nothing would act on: refused rather than ignored.</summary>
    public static void NotYet(this PlacedFaults faults, Place at, string what, string instead = "leave it out: nothing would act on it") =>
        faults.Add(at, "NOT_SUPPORTED_YET", $"{what} is not supported yet", instead);

    private static void Wrong(YamlNode node, string what, string expected, PlacedFaults faults)
    {
        var isA = node switch
        {
            YamlNode.Map => "is a mapping",
            YamlNode.List => "is a list",
            YamlNode.Scalar { Text.Length: 0 } => "is empty",
            _ => "is a text",
        };
        faults.Add(node.Place, "WRONG_SHAPE", $"{(what.Contains(' ') ? what : $"`{what}`")} {isA}", "expected " + expected);
    }
}
