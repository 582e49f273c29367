using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ballast.App.Reports;

/// <summary>HTML being written: what stands in the source is markup, whatever is filled in is text and is escaped.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _html = new();

    /// <summary>Adds a line; its handler has written the text by the time this runs.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] Holes html) => _html.Append('\n');

    /// <summary>Adds text inside a line, likewise.</summary>
    public Markup Text([InterpolatedStringHandlerArgument("")] Holes html) => this;

    public override string ToString() => _html.ToString();

    /// <summary>Text from files and venues: marks that could hide or reorder what is read are spelled out.</summary>
    private static string Escaped(string text)
    {
        if (!text.Any(IsUnseen))
        {
            return WebUtility.HtmlEncode(text);
        }

        var visible = new StringBuilder();
        foreach (var sign in text)
        {
            visible.Append(IsUnseen(sign) ? $"U+{(int)sign:X4}" : sign.ToString());
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }

    private static bool IsUnseen(char sign) =>
        char.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format;

    /// <summary>Keeps literal parts and escapes filled-in ones, so that no call can forget to.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Holes
    {
        private readonly StringBuilder _html;

        public Holes(int literalLength, int formattedCount, Markup markup)
        {
            _html = markup._html;
            _html.EnsureCapacity(_html.Length + literalLength + 16 * formattedCount);
        }

        public void AppendLiteral(string html) => _html.Append(html);

        public void AppendFormatted(string text) => _html.Append(Escaped(text));

        public void AppendFormatted(int number) => _html.Append(number);
    }
}
