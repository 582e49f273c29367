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
        catch (ArgumentOutOfRangeException)
        {
            // The scanner lets an escape such as "\UFFFFFFFF" fall through to the conversion of code points.
            faults.Add(source.At(0, 1), "YAML_SYNTAX", "the text holds an escape that is no character", "expected plain text");
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
        return new(entries.ToImmutable(), PlaceOf(start, e));
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
        return new(items.ToImmutable(), PlaceOf(start, e));
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
        var place = _source.At((int)e.Start.Index, (int)Math.Max(e.Start.Index + 1, e.End.Index));
        var line = _source.Line(place.Line);
        var tab = line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).IndexOf('\t');
        if (tab >= 0) _faults.Add(new(place.Line, tab + 1, 1), "YAML_TAB", "a tab indents this line", "expected spaces");
        else _faults.Add(place, "YAML_SYNTAX", "this is not YAML: " + Plain(e.Message), "");
    }

    /// <summary>The scanner's message as the second half of a sentence.</summary>
    private static string Plain(string message)
    {
        var text = message.Trim().TrimEnd('.');
        return text.Length == 0 ? "the text breaks off" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private ParsingEvent Next() => _parser.MoveNext() ? _parser.Current! : throw new InvalidOperationException("the event stream ended inside a node");

    private void Add(ParsingEvent e, string code, string what, string expected) => _faults.Add(PlaceOf(e), code, what, expected);

    private Place PlaceOf(ParsingEvent e) => PlaceOf(e, e);

    private Place PlaceOf(ParsingEvent first, ParsingEvent last) => _source.At((int)first.Start.Index, (int)last.End.Index);
}
