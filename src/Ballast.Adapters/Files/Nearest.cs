namespace Ballast.Adapters.Files;

/// <summary>Finds what a misspelt word was probably meant to be.</summary>
internal static class Nearest
{
    private const int Longest = 64;

    /// <summary>"did you mean 'x'?" where one of the words is close, else "expected one of ...".</summary>
    public static string Hint(string word, IReadOnlyCollection<string> words)
    {
        var (nearest, least) = ("", int.MaxValue);
        if (word.Length <= Longest)
            foreach (var known in words)
                if (Distance(word.ToLowerInvariant(), known.ToLowerInvariant()) is var distance && distance < least) (nearest, least) = (known, distance);
        return least <= Math.Max(1, nearest.Length / 4) ? $"did you mean '{nearest}'?" : $"expected one of {string.Join(", ", words)}";
    }

    /// <summary>How many letters must be put in, left out, changed or swapped with the next (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
