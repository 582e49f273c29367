using System.Text.RegularExpressions;

namespace Ballast.Adapters.Files;

/// <summary>Which columns of a list say what, by their number from 0.</summary>
/// <param name="Quantities">Their sum is held: a total, or what is free and what is locked.</param>
/// <param name="Price">Of one unit.</param>
/// <param name="Value">Of the whole line; a price where there is none.</param>
public sealed record HoldingColumns(int Asset, ImmutableArray<int> Quantities, int? Account, int? Price, int? Value);

/// <summary>A row as it stands in the file.</summary>
/// <param name="Line">From 1.</param>
public sealed record ForeignRow(int Line, ImmutableArray<string> Cells, string Text);

/// <summary>
/// A list of holdings as a venue, a tracker or a person wrote it: separators, decimal signs and columns are guessed, so that a person can look at the guess and correct it.
/// What is taken and what is left out is told line by line.
/// </summary>
/// <param name="Names">Of the columns; of a list without a header, their numbers.</param>
public sealed partial record ForeignHoldings(char Separator, bool DecimalComma, ImmutableArray<string> Names, ImmutableArray<ForeignRow> Rows)
{
    private const int MostRows = 10_000, Preamble = 20;

    private static readonly char[] Separators = [';', '\t', ','];

    private static readonly string[] Assets = ["asset", "coin", "symbol", "currency", "ticker", "token", "crypto", "cryptocurrency", "assetname", "coinname", "name"];
    private static readonly string[] Totals = ["quantity", "qty", "totalbalance", "total", "balance", "amount", "totalamount", "units", "holdings", "holding", "position", "size"];
    private static readonly string[] Free = ["free", "available", "availablebalance", "spot"], Tied = ["locked", "inorder", "inorders", "onorder", "frozen", "onhold", "hold", "reserved", "staked"];
    private static readonly string[] Places = ["account", "wallet", "exchange", "platform", "location", "portfolio"];
    private static readonly string[] Prices = ["price", "unitprice", "currentprice", "lastprice", "rate", "spotprice"], Values = ["value", "marketvalue", "totalvalue", "currentvalue", "estimatedvalue", "worth"];

    /// <summary>Null where the text has no rows of two or more cells.</summary>
    public static ForeignHoldings? Read(string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        var separator = Separators.MaxBy(s => lines.Take(Preamble).Count(l => Cells(l, s).Length > 1) * 100 + (s == ',' ? 0 : 1) + lines.Take(Preamble).Max(l => Cells(l, s).Length));
        ForeignRow[] rows = [.. lines.Take(MostRows).Select((l, i) => new ForeignRow(i + 1, [.. Cells(l.TrimEnd('\r'), separator)], l.Trim())).Where(r => r.Cells.Length > 1 && r.Cells.Any(c => c.Length > 0))];
        if (rows.Length == 0) return null;
        var head = Array.FindIndex(rows, 0, Math.Min(Preamble, rows.Length), r => Column(r.Cells, Assets) is not null && (Column(r.Cells, Totals) ?? Column(r.Cells, Free)) is not null);
        if (head < 0) head = rows[0].Cells.Any(c => ForeignNumber.Looks(c)) ? -1 : 0;
        ImmutableArray<string> names = head >= 0 ? rows[head].Cells : [.. rows[0].Cells.Select((_, i) => $"column {i + 1}")];
        ForeignRow[] body = rows[(head + 1)..];
        return new(separator, ForeignNumber.HasDecimalComma(body.SelectMany(r => r.Cells)), names, [.. body]);
    }

    /// <summary>By the names of the columns, else by what stands in them; null where no column holds numbers.</summary>
    public HoldingColumns? Guess()
    {
        var asset = Column(Names, Assets) ?? ByContent(c => Code().IsMatch(c), -1);
        var total = Column(Names, Totals);
        ImmutableArray<int> quantities = total is { } t ? [t] : [.. new[] { Column(Names, Free), Column(Names, Tied) }.OfType<int>()];
        if (quantities.IsEmpty && ByContent(ForeignNumber.Looks, asset ?? -1) is { } number) quantities = [number];
        return asset is { } a && !quantities.IsEmpty ? new(a, quantities, Column(Names, Places), Column(Names, Prices), Column(Names, Values)) : null;
    }

    private int? ByContent(Func<string, bool> fits, int but) => Enumerable.Range(0, Names.Length).Where(i => i != but)
        .Select(i => (Column: i, Count: Rows.Count(r => r.Cells.Length > i && fits(r.Cells[i])))).Where(c => 2 * c.Count > Rows.Length).OrderByDescending(c => c.Count).Select(c => (int?)c.Column).FirstOrDefault();

    /// <summary>The first name in the order of preference; what stands in brackets, a unit most often, does not count.</summary>
    private static int? Column(ImmutableArray<string> names, string[] known)
    {
        string[] plain = [.. names.Select(n => Letters().Replace(Bracketed().Replace(n, "").ToLowerInvariant(), ""))];
        foreach (var word in known)
            if (Array.IndexOf(plain, word) is >= 0 and var at) return at;
        return null;
    }

    /// <summary>Cells of a line; a quoted one may hold the separator, and a doubled quote is one.</summary>
    internal static string[] Cells(string line, char separator)
    {
        var cells = new List<string>();
        for (var at = 0; at <= line.Length; at++)
        {
            var quoted = at < line.Length && line[at] == '"';
            var end = quoted ? at + 1 : at;
            while (end < line.Length && (quoted ? line[end] != '"' || end + 1 < line.Length && line[end + 1] == '"' : line[end] != separator)) end += quoted && line[end] == '"' ? 2 : 1;
            cells.Add((quoted ? line[(at + 1)..Math.Min(end, line.Length)].Replace("\"\"", "\"", StringComparison.Ordinal) : line[at..end]).Trim());
            at = quoted ? Math.Max(end, line.IndexOf(separator, Math.Min(end, line.Length)) is >= 0 and var next ? next : line.Length) : end;
        }
        return [.. cells];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,12}(\.[A-Z])?\z(?<!\A[0-9]+)")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\(\[].*?[\)\]]")]
    private static partial Regex Bracketed();

    [GeneratedRegex("[^a-z]")]
    private static partial Regex Letters();
}
