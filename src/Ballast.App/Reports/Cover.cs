using System.Text.RegularExpressions;

namespace Ballast.App.Reports;

/// <summary>The head of a report: its name, the verdict in words, and the conventions that flatter or limit it.</summary>
internal static partial class Cover
{
    public static void Write(Markup html, PageData data, string kind)
    {
        html.Line($"<header class=\"cover\"><p class=\"dim\">{kind}</p><h1>{data.Name}</h1>");
        foreach (var sentence in data.Verdict)
        {
            html.Line($"<p class=\"verdict\">");
            WriteSentence(html, sentence);
            html.Line($"</p>");
        }

        foreach (var note in data.Notes)
        {
            html.Line($"<p class=\"note\">{note}</p>");
        }

        WriteFlags(html, data.Flags);
        html.Line($"<p class=\"period\">{data.Period}</p></header>");
    }

    /// <summary>Passages between two asterisks are set strong, an asterisk without a partner is itself, and no number is torn by the end of a line.</summary>
    private static void WriteSentence(Markup html, string sentence)
    {
        var passages = Unbroken().Replace(sentence, "\u202f").Split('*');
        for (var i = 0; i < passages.Length; i++)
        {
            var opens = i % 2 == 1;
            var closes = i + 1 < passages.Length;
            if (opens && closes)
            {
                html.Text($"<b>{passages[i]}</b>");
            }
            else
            {
                html.Text($"{(opens ? "*" : "")}{passages[i]}");
            }
        }
    }

    /// <summary>The space inside a number, and the one before its per cent sign.</summary>
    [GeneratedRegex(@"(?<=\d) (?=\d{3}|%)")]
    private static partial Regex Unbroken();

    private static void WriteFlags(Markup html, IReadOnlyList<string> flags)
    {
        if (flags.Count == 0)
        {
            return;
        }

        html.Line($"<ul class=\"flags\" aria-label=\"Read this result with care\">");
        foreach (var flag in flags)
        {
            html.Line($"<li>{flag}</li>");
        }

        html.Line($"</ul>");
    }
}
