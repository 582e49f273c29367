using System.Globalization;
using System.Text;
using Ballast.Ledger;
using Ballast.Money;
using Ballast.Records;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>
/// The books as text for <c>beancount</c>. Its names are narrower than ours: a commodity is 2 to 24 capitals, digits, <c>'._-</c>, a letter first and no
/// mark last; parts of an account begin with a capital or a digit. A name that had to change is remarked at the head.
/// </summary>
public static class BeancountExport
{
    public static string Write(IEnumerable<JournalRecord> records)
    {
        Entry[] entries = [.. records.SelectMany(Bookings.Of)];
        var commodities = Names(entries.SelectMany(e => e.Postings).Select(p => p.Amount.Asset.Code), Commodity);
        var accounts = Names(entries.SelectMany(e => e.Postings).Select(p => p.Place), Account);
        var text = new StringBuilder();
        foreach (var (from, to) in commodities.Where(c => c.Key != c.Value).OrderBy(c => c.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"; {to} is {from}\n");
        if (entries.Length > 0)
            foreach (var (_, to) in accounts.OrderBy(a => a.Value, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{Date(entries.Min(e => e.At))} open {to}\n");
        foreach (var entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Date(entry.At)} * \"{entry.Source.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"\n  at: \"{entry.At}\"\n");
            foreach (var (place, amount) in entry.Postings) text.Append(CultureInfo.InvariantCulture, $"  {accounts[place]}  {Figures.Exact(amount.Value)} {commodities[amount.Asset.Code]}\n");
        }
        return text.ToString();
    }

    /// <summary>Each name in the form that is allowed; two that would become one are numbered apart.</summary>
    private static Dictionary<string, string> Names(IEnumerable<string> names, Func<string, string> form)
    {
        var (result, taken) = (new Dictionary<string, string>(), new HashSet<string>());
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal))
        {
            var wanted = form(name);
            for (var number = 2; !taken.Add(wanted); number++) wanted = form(name + number.ToString(CultureInfo.InvariantCulture));
            result[name] = wanted;
        }
        return result;
    }

    private static string Commodity(string code)
    {
        var letters = Plain(code.ToUpperInvariant(), c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-').Trim('.', '_', '-');
        var named = letters.Length > 1 && char.IsAsciiLetter(letters[0]) ? letters : "X" + letters + (letters.Length == 0 ? "X" : "");
        return named.Length <= 24 ? named : named[..12] + named[^12..];
    }

    private static string Account(string place)
    {
        var parts = place.Split(':', 2);
        var top = parts[0] switch { "assets" => "Assets", "expenses" => "Expenses", "equity" => "Equity", "trading" => "Equity:Trading", _ => "Equity:Other" };
        return parts.Length == 1 ? top : $"{top}:{Part(parts[1])}";
    }

    private static string Part(string name)
    {
        var letters = Plain(name, c => char.IsAsciiLetterOrDigit(c) || c == '-').Trim('-');
        return letters.Length == 0 ? "X" : char.ToUpperInvariant(letters[0]) + letters[1..];
    }

    private static string Plain(string text, Func<char, bool> allowed) => string.Concat(text.Select(c => allowed(c) ? c : '-'));

    private static string Date(Instant at) => at.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
