using Ballast.Ledger;
using Ballast.Money;
using Ballast.Orders;
using Ballast.Records;

namespace Ballast.Adapters.Journal.Exports;

/// <summary>What the accounts hold by the books, as the file that <c>--holdings</c> reads. Positions in derivatives are a book of their own.</summary>
public static class HoldingsExport
{
    public static string Write(IEnumerable<JournalRecord> records)
    {
        var (balances, contracts) = (Balances.Empty, new HashSet<string>());
        foreach (var record in records)
        {
            if (record is JournalRecord.Filled { Tradable: { Kind: not TradableKind.Spot } contract }) contracts.Add(contract.Symbol);
            foreach (var entry in Bookings.Of(record)) balances = balances.After(entry);
        }
        var csv = new CsvText("asset", "quantity", "account");
        foreach (var account in balances.Accounts)
            foreach (var (asset, held) in balances.Of(account))
                if (!contracts.Contains(asset.Code)) csv.Row(asset.Code, Figures.Exact(held), account);
        return csv.ToString();
    }
}
