namespace Ballast.Adapters.Files;

/// <summary>Finds what a misspelt word was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>"did you mean 'x'?" where one of the words is close, else "expected one of ...".</summary>
    public static string Hint(string word, IReadOnlyCollection<string> words)
    {
        var best = words.MinBy(w => Distance(word.ToLowerInvariant(), w.ToLowerInvariant()));
        var near = best is not null && word.Length <= 64 && Distance(word.ToLowerInvariant(), best.ToLowerInvariant()) <= Math.Max(1, best.Length / 3);
        return near ? $"did you mean '{best}'?" : $"expected one of {string.Join(", ", words)}";
    }

    /// <summary>How many letters must be put in, left out or changed (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 64) return int.MaxValue;
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(row[j], row[j - 1])));
        }
        return row[b.Length];
    }
}
