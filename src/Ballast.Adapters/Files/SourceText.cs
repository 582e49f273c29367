using System.Text;

namespace Ballast.Adapters.Files;

/// <summary>The text of one file in memory, and where its faults go: every fault says file, line and column, and shows the line.</summary>
internal sealed class SourceText(string file, byte[] buffer, int length, FaultList faults)
{
    /// <summary>How much of a line is shown beyond the fault.</summary>
    private const int ShownAfter = 60;

    /// <summary>A fault further to the right than this is shown by its column alone.</summary>
    private const int ShownBefore = 2_000;

    public string File => file;

    public FaultList Faults => faults;

    /// <summary>UTF-8 without byte order mark.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Reports what is wrong with the bytes from <paramref name="start"/>, on a line that begins at <paramref name="lineStart"/>.</summary>
    public void Report(int line, int lineStart, int start, int count, string code, string what, string expected = "")
    {
        if (faults.Full)
        {
            faults.AddUnseen();
            return;
        }
        var column = 1 + Encoding.UTF8.GetCharCount(Bytes[lineStart..start]);
        var underlined = Math.Max(1, Encoding.UTF8.GetCharCount(Bytes.Slice(start, count)));
        faults.Add(new Fault(file, line, column, underlined, code, what, expected, Shown(lineStart, column, underlined)));
    }

    /// <summary>Reports what is wrong with the file as a whole.</summary>
    public void ReportWhole(string code, string what, string expected = "") => faults.Add(new Fault(file, 0, 1, 1, code, what, expected, ""));

    private string Shown(int lineStart, int column, int underlined)
    {
        if (column > ShownBefore) return "";
        var rest = Bytes[lineStart..];
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        var bytes = end < 0 ? rest : rest[..end];
        var wanted = column + Math.Min(underlined, ShownBefore) + ShownAfter;
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * wanted)]);
        return text.Length > wanted ? text[..wanted] + "…" : text;
    }
}
