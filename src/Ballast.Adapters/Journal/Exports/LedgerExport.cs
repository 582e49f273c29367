using System.Globalization;
using System.Text;
using Ballast.Ledger;
using Ballast.Money;
using Ballast.Records;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>The books as text for <c>ledger</c> and <c>hledger</c>: every entry balances in every asset.</summary>
public static class LedgerExport
{
    public static string Write(IEnumerable<JournalRecord> records)
    {
        var text = new StringBuilder();
        foreach (var entry in records.SelectMany(Bookings.Of))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.At.ToString("uuuu/MM/dd", CultureInfo.InvariantCulture)} * {Line(entry.Source)}\n    ; at {entry.At}\n");
            foreach (var (place, amount) in entry.Postings)
                text.Append(CultureInfo.InvariantCulture, $"    {Line(place)}  {Figures.Exact(amount.Value)} {Commodity(amount.Asset)}\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A name that is not letters only stands in quotation marks.</summary>
    private static string Commodity(Asset asset) => asset.Code.All(char.IsAsciiLetter) ? asset.Code : $"\"{asset.Code.Replace('"', '\'')}\"";

    /// <summary>Two blanks end an account's name, a semicolon begins a remark, a new line an entry.</summary>
    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(';', ',');
}
