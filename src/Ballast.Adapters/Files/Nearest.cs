namespace Ballast.Adapters.Files;

/// <summary>Finds the word that was probably meant, for "did you mean".</summary>
internal static class Nearest
{
    /// <summary>Longer words are not compared: no key is as long, and the work stays bounded.</summary>
    private const int LongestWord = 40;

    /// <summary>The nearest known word by edits, case apart, if it is near enough; of equals, the first.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord) return null;
        var near = known.Where(k => k.Length <= LongestWord).Select(k => (Word: k, Edits: Edits(word, k))).DefaultIfEmpty((Word: "", Edits: 1)).MinBy(k => k.Edits);
        return near.Edits <= Math.Min(3, near.Word.Length / 3) ? near.Word : null;
    }

    /// <summary>"did you mean X?", or the known words where none is near.</summary>
    public static string Advice(string word, IReadOnlyCollection<string> known) =>
        Of(word, known) is { } near ? $"did you mean {near}?" : known.Count == 0 ? "" : "expected " + Quoted.Or(known.Take(24));

    /// <summary>"did you mean 'x'?", or all the words where none is near.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> words) =>
        Of(word, words) is { } near ? $"did you mean '{near}'?" : $"expected one of {string.Join(", ", words)}";

    /// <summary>Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours.</summary>
    private static int Edits(string a, string b)
    {
        int[] before = new int[b.Length + 1], last = [.. Enumerable.Range(0, b.Length + 1)], row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
