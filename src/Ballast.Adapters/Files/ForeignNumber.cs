using System.Globalization;
using System.Text.RegularExpressions;

namespace Ballast.Adapters.Files;

/// <summary>Numbers as people and programs write them: with grouped digits, a sign of a currency, a decimal comma.</summary>
internal static partial class ForeignNumber
{
    public static bool Looks(string cell) => Form().IsMatch(Bare(cell));

    /// <summary>Whether a comma separates decimals: some number has one that cannot group thousands, or has a point before it.</summary>
    public static bool HasDecimalComma(IEnumerable<string> cells)
    {
        string[] numbers = [.. cells.Select(Bare).Where(c => Form().IsMatch(c) && c.Contains(',', StringComparison.Ordinal))];
        return numbers.Length > 0 && numbers.Any(c => !GroupedByComma().IsMatch(c)) && numbers.All(c => DecimalComma().IsMatch(c));
    }

    /// <summary>Null where it is no number.</summary>
    public static decimal? Read(string cell, bool decimalComma)
    {
        var bare = Bare(cell);
        if (!Form().IsMatch(bare)) return null;
        bare = decimalComma ? bare.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : bare.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(bare, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Without spaces, quotes of Switzerland, currency signs, and the code of an asset behind it.</summary>
    private static string Bare(string cell) => Around().Replace(cell, "").Replace('−', '-');

    [GeneratedRegex(@"(?<=[0-9])\s*[A-Z]{2,10}\z|\A[A-Z]{2,10}\s+(?=[0-9])|[\s'’$€£¥₿\u00A0\u202F]")]
    private static partial Regex Around();

    [GeneratedRegex(@"\A[+-]?(\d[\d.,]*|\.\d+)(?:[eE][+-]?\d{1,2})?\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[+-]?\d{1,3}(,\d{3})+(\.\d*)?\z")]
    private static partial Regex GroupedByComma();

    [GeneratedRegex(@"\A[+-]?(\d+|\d{1,3}(\.\d{3})+),\d*\z")]
    private static partial Regex DecimalComma();
}
