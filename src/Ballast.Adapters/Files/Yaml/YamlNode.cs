namespace Ballast.Adapters.Files.Yaml;

/// <summary>A node of a YAML file with its place. All scalars are text: what they mean is the reader's matter, by key. Closed.</summary>
internal abstract record YamlNode(Place Place)
{
    public sealed record Scalar(string Text, Place Place) : YamlNode(Place);

    public sealed record Map(ImmutableArray<Entry> Entries, Place Place) : YamlNode(Place)
    {
        public Entry? Find(string key)
        {
            foreach (var entry in Entries)
                if (entry.Key.Text == key) return entry;
            return null;
        }
    }

    public sealed record List(ImmutableArray<YamlNode> Items, Place Place) : YamlNode(Place);

    /// <summary>Stands where a fault has been reported already; readers pass over it in silence.</summary>
    public sealed record Unreadable(Place Place) : YamlNode(Place);

    public sealed record Entry(Scalar Key, YamlNode Value)
    {
        /// <summary>Where a fault of the whole entry is shown: at the value, or at the key where the value only begins on a later line.</summary>
        public Place Blame => Value.Place.Line == Key.Place.Line ? Value.Place : Key.Place;
    }
}
