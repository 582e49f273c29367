using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ballast.Adapters.Files.Yaml;

/// <summary>
/// Reads the part of YAML 1.2 that people write by hand: mappings, lists and text. Anchors, aliases, tags, repeated keys
/// and further documents are faults, so that what one reads is what stands there, and no file can grow when it is read.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>No portfolio needs more, and neither the scanner's look-ahead nor the stack grows beyond it.</summary>
    public const int MaxDepth = 32;

    private readonly YamlText _source;
    private readonly PlacedFaults _faults;
    private readonly Parser _parser;
    private bool _stopped;

    private YamlReader(YamlText source, PlacedFaults faults) =>
        (_source, _faults, _parser) = (source, faults, new Parser(new StringReader(source.Text)));

    /// <summary>The file's one node; null where it has none, or where the text is not YAML (which is then a fault).</summary>
    public static YamlNode? Read(YamlText source, PlacedFaults faults)
    {
        var reader = new YamlReader(source, faults);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            reader.SyntaxFault(e);
            return null;
        }
    }

    private YamlNode? Document()
    {
        Next();
        if (Next() is StreamEnd) return null;
        var root = Node(Next(), 0);
        if (_stopped) return null;
        Next();
        if (Next() is DocumentStart second)
            Add(second, "YAML_SEVERAL_DOCUMENTS", "a second document begins here", "expected one portfolio in a file");
        return root;
    }

    private YamlNode Node(ParsingEvent e, int depth)
    {
        if (depth > MaxDepth) return TooDeep(e);
        if (e is MappingStart or SequenceStart or Scalar) RefuseMarks((NodeEvent)e);
        return e switch
        {
            Scalar scalar => new YamlNode.Scalar(scalar.Value, PlaceOf(e)),
            MappingStart => Map(e, depth),
            SequenceStart => List(e, depth),
            _ => Alias(e),
        };
    }

    private YamlNode.Map Map(ParsingEvent start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlNode.Entry>();
        var lines = new Dictionary<string, int>();
        ParsingEvent e;
        while ((e = Next()) is not MappingEnd)
        {
            var key = Node(e, depth + 1);
            if (_stopped) break;
            var value = Node(Next(), depth + 1);
            if (_stopped) break;
            if (key is not YamlNode.Scalar text) _faults.Add(key.Place, "YAML_KEY", "a key must be text", "expected `name: value`");
            else if (lines.TryAdd(text.Text, text.Place.Line)) entries.Add(new(text, value));
            else _faults.Add(text.Place, "DUPLICATE_KEY", $"the key `{Quoted.Short(text.Text)}` is repeated", $"it stands on line {lines[text.Text]} already");
        }
        return new(entries.ToImmutable(), Whole(start, e));
    }

    private YamlNode.List List(ParsingEvent start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        ParsingEvent e;
        while ((e = Next()) is not SequenceEnd)
        {
            items.Add(Node(e, depth + 1));
            if (_stopped) break;
        }
        return new(items.ToImmutable(), Whole(start, e));
    }

    private YamlNode.Unreadable Alias(ParsingEvent e)
    {
        Add(e, "YAML_ALIAS", "an alias refers to another part of the file", "write the value out");
        return new(PlaceOf(e));
    }

    private YamlNode.Unreadable TooDeep(ParsingEvent e)
    {
        if (!_stopped) Add(e, "YAML_TOO_DEEP", $"this is nested more than {MaxDepth} levels deep", "a portfolio needs fewer");
        _stopped = true;
        return new(PlaceOf(e));
    }

    private void RefuseMarks(NodeEvent e)
    {
        if (!e.Anchor.IsEmpty) Add(e, "YAML_ANCHOR", "an anchor names this value", "write the value out where it is needed");
        if (!e.Tag.IsEmpty) Add(e, "YAML_TAG", "a tag declares the kind of this value", "leave it out: the key says what is meant");
    }

    private void SyntaxFault(YamlException e)
    {
        if (Tabs()) return;
        var place = _source.At((int)e.Start.Index, (int)Math.Max(e.Start.Index + 1, e.End.Index));
        _faults.Add(InText(place), "YAML_SYNTAX", "this is not YAML: " + Plain(e.Message), "");
    }

    /// <summary>Tabs in front of a line are the one mistake that cannot be seen, so they are named before what came of them.</summary>
    private bool Tabs()
    {
        var before = _faults.Count;
        for (var number = 1; number <= _source.Lines; number++)
        {
            var line = _source.Line(number).AsSpan();
            var tab = line[..(line.Length - line.TrimStart().Length)].IndexOf('\t');
            if (tab >= 0 && !line.TrimStart().IsEmpty) _faults.Add(new(number, tab + 1, 1), "YAML_TAB", "a tab indents this line", "expected spaces");
        }
        return _faults.Count > before;
    }

    /// <summary>What breaks off at the end of the file is shown at the last line that says something.</summary>
    private Place InText(Place place)
    {
        var line = place.Line;
        while (line > 1 && _source.Line(line).AsSpan().Trim().IsEmpty) line--;
        return line == place.Line ? place : new(line, Math.Max(1, _source.Line(line).TrimEnd().Length), 1);
    }

    /// <summary>The scanner's message as the second half of a sentence.</summary>
    private static string Plain(string message)
    {
        var text = message.Trim().TrimEnd('.');
        return text.Length == 0 ? "the text breaks off" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private ParsingEvent Next()
    {
        var last = _parser.Current?.End ?? new Mark();
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new SyntaxErrorException(last, last, "the text breaks off");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or FormatException or IndexOutOfRangeException)
        {
            // The scanner's own answer to some broken texts: `{a: :` and the escape "\UFFFFFFFF" are two.
            throw new SyntaxErrorException(last, last, "the text after this does not parse");
        }
    }

    private void Add(ParsingEvent e, string code, string what, string expected) => _faults.Add(PlaceOf(e), code, what, expected);

    private Place PlaceOf(ParsingEvent e) => _source.At((int)e.Start.Index, (int)e.End.Index);

    /// <summary>An empty pair of brackets ends, for the scanner, where it begins; it is shown as two characters.</summary>
    private Place Whole(ParsingEvent first, ParsingEvent last) =>
        _source.At((int)first.Start.Index, (int)Math.Max(last.End.Index, first.Start.Index + (first is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow } ? 2 : 1)));
}
