using System.Text;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>Rows of comma-separated text; what would break a row is quoted.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    public CsvText(params string[] heads) => Row(heads);

    public void Row(params string[] cells) => _text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    public override string ToString() => _text.ToString();

    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
