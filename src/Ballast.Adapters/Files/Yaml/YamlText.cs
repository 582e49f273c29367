namespace Ballast.Adapters.Files.Yaml;

/// <summary>A stretch of one line of a file, from 1: where a caret is drawn. With no length it is the whole file, and no line of it is shown.</summary>
internal readonly record struct Place(int Line, int Column, int Length);

/// <summary>A text file cut into lines, so that an offset in it becomes a line and a column. Line ends are made one kind, a byte order mark is dropped.</summary>
internal sealed class YamlText
{
    private readonly string[] _lines;
    private readonly int[] _starts;

    public YamlText(string file, string text)
    {
        File = file;
        Text = (text.StartsWith('\uFEFF') ? text[1..] : text).Replace("\r\n", "\n").Replace('\r', '\n');
        _lines = Text.Split('\n');
        _starts = new int[_lines.Length];
        for (var i = 1; i < _lines.Length; i++) _starts[i] = _starts[i - 1] + _lines[i - 1].Length + 1;
    }

    public string File { get; }

    public string Text { get; }

    public int Lines => _lines.Length;

    public string Line(int number) => number >= 1 && number <= _lines.Length ? _lines[number - 1] : "";

    /// <summary>The place of the characters from one offset up to another; what runs over several lines is cut at the end of the first.</summary>
    public Place At(int from, int to)
    {
        from = Math.Clamp(from, 0, Text.Length);
        var index = Array.BinarySearch(_starts, from);
        var line = index >= 0 ? index : ~index - 1;
        var end = Math.Min(to, _starts[line] + _lines[line].TrimEnd().Length);
        return new(line + 1, from - _starts[line] + 1, Math.Max(1, end - from));
    }
}
