namespace Ballast.Adapters.Files.Yaml;

/// <summary>Gathers what is wrong with one file, in any order; gives it back from top to bottom.</summary>
internal sealed class PlacedFaults(YamlText source)
{
    /// <summary>More tell nobody more; it bounds what a hostile file can make us say.</summary>
    public const int Most = 100;

    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _warnings = [];

    public int Count => _faults.Count;

    public void Add(Place at, string code, string what, string expected = "")
    {
        if (_faults.Count < Most) _faults.Add(FaultAt(at, code, what, expected));
        else if (_faults.Count == Most) _faults.Add(FaultAt(at, "TOO_MANY_FAULTS", $"there are more than {Most} faults", "the rest is not listed"));
    }

    public void Warn(Place at, string code, string what, string advice)
    {
        if (_warnings.Count < Most) _warnings.Add(FaultAt(at, code, what, advice));
    }

    public ImmutableArray<Fault> Faults => InOrder(_faults);

    public ImmutableArray<Fault> Warnings => InOrder(_warnings);

    private Fault FaultAt(Place at, string code, string what, string expected) =>
        new(source.File, at.Line, at.Column, Math.Max(1, at.Length), code, what, expected, at.Length == 0 ? "" : source.Line(at.Line));

    private static ImmutableArray<Fault> InOrder(List<Fault> faults) => [.. faults.OrderBy(f => f.Line).ThenBy(f => f.Column)];
}
