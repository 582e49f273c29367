using System.Text;

namespace Ballast.App.Output;

/// <summary>Columns of text for people: words to the left, figures to the right, nothing wider than it must be.</summary>
public sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [];
    private readonly bool[] _right = [.. heads.Select(h => h.StartsWith('>'))];
    private readonly string[] _heads = [.. heads.Select(h => h.TrimStart('>'))];

    public Table Row(params string[] cells)
    {
        if (cells.Length != _heads.Length) throw new ArgumentException($"{cells.Length} cells for {_heads.Length} columns");
        _rows.Add(cells);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        var withHeads = _heads.Any(h => h.Length > 0) ? _rows.Prepend(_heads) : _rows;
        var widths = Enumerable.Range(0, _heads.Length).Select(c => withHeads.Max(r => r[c].Length)).ToArray();
        foreach (var row in withHeads)
            text.AppendLine(("  " + string.Join("  ", row.Select((cell, c) => _right[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])))).TrimEnd());
        return text.ToString();
    }
}
