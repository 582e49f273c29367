using System.Globalization;
using System.Text;

namespace Ballast.Adapters.Files;

/// <summary>Shows faults to people: each as a sentence with its place, the line it stands on, and a caret under the words.</summary>
public static class FaultText
{
    /// <summary>What is shown of a line: with the gutter and the margins it stays within 80 columns.</summary>
    private const int Width = 68;

    /// <summary>All faults, and how many; with its line end.</summary>
    public static string Render(IEnumerable<Fault> faults)
    {
        var all = faults.ToArray();
        var text = new StringBuilder();
        foreach (var fault in all) Append(text, fault);
        text.Append(all.Length == 1 ? "1 fault" : $"{all.Length} faults").Append(". Nothing was written.\n");
        return text.ToString();
    }

    /// <summary>Warnings, without the closing line: they prevent nothing.</summary>
    public static string RenderWarnings(IEnumerable<Fault> warnings)
    {
        var text = new StringBuilder();
        foreach (var warning in warnings) Append(text, warning);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Fault fault)
    {
        text.Append(fault).Append('\n');
        if (fault.Text.AsSpan().Trim().IsEmpty) return;
        var gutter = fault.Line.ToString(CultureInfo.InvariantCulture).PadLeft(3) + " | ";
        var (line, before, under) = Around(fault);
        text.Append(gutter).Append(line).Append('\n')
            .Append(' ', gutter.Length - 2).Append("| ").Append(' ', before).Append('^', under).Append('\n');
    }

    /// <summary>The part of the line that is shown, the columns before the caret, and the columns under it.</summary>
    private static (string Line, int Before, int Under) Around(Fault fault)
    {
        var start = Math.Clamp(fault.Column - 1, 0, fault.Text.Length);
        var end = Math.Clamp(start + fault.Length, start, fault.Text.Length);
        var from = First(fault.Text, start, Math.Min(end, start + Width / 2));
        var to = Last(fault.Text, from);
        var head = from > 0 ? "…" : "";
        var tail = to < fault.Text.Length ? "…" : "";
        var before = Columns(fault.Text.AsSpan(from, start - from)) + head.Length;
        var under = Columns(fault.Text.AsSpan(start, Math.Max(0, Math.Min(end, to) - start)));
        return (head + Flat(fault.Text[from..to]) + tail, before, Math.Max(1, under));
    }

    /// <summary>Where the shown part begins: at the line's start if the caret is in sight from there, else some words before it.</summary>
    private static int First(string text, int start, int end)
    {
        if (Columns(text.AsSpan(0, end)) <= Width) return 0;
        var from = Math.Max(0, start - Width / 3);
        return char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    private static int Last(string text, int from)
    {
        int to = from, columns = 0;
        foreach (var rune in text.AsSpan(from).EnumerateRunes())
        {
            columns += Columns(rune);
            if (columns > Width) break;
            to += rune.Utf16SequenceLength;
        }
        return to;
    }

    private static string Flat(string text) => text.Replace('\t', ' ');

    private static int Columns(ReadOnlySpan<char> text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes()) columns += Columns(rune);
        return columns;
    }

    /// <summary>Terminal columns of a character: none for what combines with the one before, two for East Asian wide forms and pictures.</summary>
    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    private static bool IsWide(int c) =>
        c is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD;
}
