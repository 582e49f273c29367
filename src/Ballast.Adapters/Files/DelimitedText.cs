using System.Runtime.CompilerServices;
using System.Text;

namespace Ballast.Adapters.Files;

/// <summary>
/// Walks over comma-separated text in place: line by line, field by field, nothing copied.
/// A row is a line: a quoted field may hold commas and doubled quotes but no line break. Blank lines are passed over.
/// </summary>
internal ref struct DelimitedText
{
    private const byte Quote = (byte)'"';

    private readonly SourceText _source;
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadingLimits _limits;
    private int _next;
    private int _lineEnd;
    private int _fieldNext;

    public DelimitedText(SourceText source, ReadingLimits limits)
    {
        (_source, _limits) = (source, limits);
        _text = source.Bytes;
        _fieldNext = -1;
    }

    /// <summary>From 1.</summary>
    public int Line { get; private set; }

    public int LineStart { get; private set; }

    /// <summary>Where the current field begins in the text, quotes and blanks around it left out.</summary>
    public int FieldStart { get; private set; }

    public int FieldLength { get; private set; }

    public readonly ReadOnlySpan<byte> Field => _text.Slice(FieldStart, FieldLength);

    public readonly ReadOnlySpan<byte> LineText => _text[LineStart.._lineEnd];

    /// <summary>The current field as text, doubled quotes made single.</summary>
    public readonly string FieldText => Encoding.UTF8.GetString(Field).Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>Whether there are fields left on the line.</summary>
    public readonly bool HasField => _fieldNext >= 0;

    /// <summary>Goes to the next line that is not blank; false at the end, or at a line that is too long to be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool NextLine()
    {
        while (_next < _text.Length)
        {
            LineStart = _next;
            Line++;
            var length = _text[_next..].IndexOf((byte)'\n');
            _lineEnd = length < 0 ? _text.Length : _next + length;
            _next = _lineEnd + 1;
            if (_lineEnd > LineStart && _text[_lineEnd - 1] == '\r') _lineEnd--;
            if (_lineEnd - LineStart > _limits.LineBytes) return RefuseLine();
            if (IsBlank()) continue;
            _fieldNext = LineStart;
            return true;
        }
        _fieldNext = -1;
        return false;
    }

    /// <summary>Goes to the next line that is neither blank nor a comment: the header.</summary>
    public bool NextHeader()
    {
        while (NextLine())
            if (_text[LineStart] != '#') return true;
        return false;
    }

    /// <summary>Goes to the next field of the line; false where there is none, or where its quotes are broken (reported).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool NextField()
    {
        if (_fieldNext < 0) return false;
        var start = _fieldNext;
        while (start < _lineEnd && _text[start] is (byte)' ' or (byte)'\t') start++;
        if (start < _lineEnd && _text[start] == Quote) return QuotedField(start);
        var end = start;
        while (end < _lineEnd && _text[end] != ',') end++;
        _fieldNext = end < _lineEnd ? end + 1 : -1;
        while (end > start && _text[end - 1] is (byte)' ' or (byte)'\t') end--;
        (FieldStart, FieldLength) = (start, end - start);
        return true;
    }

    /// <summary>Counts the fields of the line from the beginning, without moving.</summary>
    public readonly int CountFields()
    {
        var copy = this;
        var count = 0;
        copy._fieldNext = LineStart;
        while (copy.NextField()) count++;
        return count;
    }

    /// <summary>Whether every field of the line is a number, without moving; what stands in quotes is none.</summary>
    public readonly bool IsAllNumbers()
    {
        if (LineText.Contains(Quote)) return false;
        var copy = this;
        while (copy.NextField())
            if (!NumberCell.IsNumber(copy.Field)) return false;
        return true;
    }

    /// <summary>Makes the current line the next one again.</summary>
    public void BackToLine() => (_next, Line, _fieldNext) = (LineStart, Line - 1, -1);

    /// <summary>Reports what is wrong with the current field.</summary>
    public readonly void Report(string code, string what, string expected = "") =>
        _source.Report(Line, LineStart, FieldStart, FieldLength, code, what, expected);

    /// <summary>Reports what is wrong with an earlier field of the current line.</summary>
    public readonly void ReportAt((int Start, int Length) field, string code, string what, string expected = "") =>
        _source.Report(Line, LineStart, field.Start, field.Length, code, what, expected);

    /// <summary>Reports what is wrong with the current line.</summary>
    public readonly void ReportLine(string code, string what, string expected = "") =>
        _source.Report(Line, LineStart, LineStart, _lineEnd - LineStart, code, what, expected);

    private bool QuotedField(int open)
    {
        var close = open + 1;
        while (close < _lineEnd && (_text[close] != Quote || close + 1 < _lineEnd && _text[close + 1] == Quote))
            close += _text[close] == Quote ? 2 : 1;
        (FieldStart, FieldLength) = (open, _lineEnd - open);
        _fieldNext = -1;
        if (close >= _lineEnd) return Refuse("QUOTE_UNCLOSED", "the quote is not closed on this line", "expected a closing \"");
        var next = close + 1;
        while (next < _lineEnd && _text[next] is (byte)' ' or (byte)'\t') next++;
        if (next < _lineEnd && _text[next] != ',') return Refuse("QUOTE_MISPLACED", "there is text after the closing quote", "expected a comma");
        _fieldNext = next < _lineEnd ? next + 1 : -1;
        (FieldStart, FieldLength) = (open + 1, close - open - 1);
        return true;
    }

    private readonly bool Refuse(string code, string what, string expected)
    {
        Report(code, what, expected);
        return false;
    }

    private bool RefuseLine()
    {
        _source.Report(Line, LineStart, LineStart, 1, "LINE_TOO_LONG", $"the line is longer than {_limits.LineBytes} bytes", "expected one row a line");
        (_next, _fieldNext) = (_text.Length, -1);
        return false;
    }

    private readonly bool IsBlank()
    {
        for (var i = LineStart; i < _lineEnd; i++)
            if (_text[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return false;
        return true;
    }
}
