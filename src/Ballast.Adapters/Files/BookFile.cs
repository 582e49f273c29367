using Ballast.Derivatives;
using Ballast.Instruments;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Reads a derivatives account: <c>instrument,quantity[,entry,account]</c>, a row a position; a row whose instrument is an asset is a balance of it.</summary>
public static class BookFile
{
    private static readonly string[] Required = ["instrument", "quantity"];
    private static readonly string[] Optional = ["entry", "account"];

    /// <param name="contracts">What the venue's quantities count.</param>
    public static Reading<PositionBook> Load(string path, ContractSet contracts, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var (positions, balances) = (ImmutableArray.CreateBuilder<Position>(), ImmutableArray.CreateBuilder<Balance>());
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            var seen = new Dictionary<(string, string), int>();
            if (RecordTable.Open(ref rows, source, limits, Required, Optional) is { } table)
                while (table.Next(ref rows)) Row(ref rows, table, contracts, seen, positions, balances);
        }
        return faults.Count > 0 ? faults.Failed<PositionBook>(path) : Reading.Of(new PositionBook(positions.ToImmutable(), balances.ToImmutable()));
    }

    private static void Row(ref DelimitedText rows, RecordTable table, ContractSet contracts, Dictionary<(string, string), int> seen,
        ImmutableArray<Position>.Builder positions, ImmutableArray<Balance>.Builder balances)
    {
        var before = table.Source.Faults.Count;
        var (name, account) = (table.Code(ref rows, "instrument"), table["account"]);
        if (table["quantity"].Length == 0) table.Report(ref rows, "quantity", "QUANTITY_MISSING", "the quantity is missing", "expected a signed number such as -2.5");
        var (quantity, entry) = (table.Number(ref rows, "quantity") ?? 0, table.Number(ref rows, "entry"));
        if (entry <= 0) table.Report(ref rows, "entry", "ENTRY_NOT_POSITIVE", $"the entry price is {table["entry"]}", "expected a price above zero, or nothing");
        if (name is null) return;
        if (ContractName.Parse(name) is { } contract) AddPosition(ref rows, table, contracts, seen, positions, contract, quantity, entry, account, before);
        else if (name.Any(c => c is '-' or '/' or ':' or '_')) table.Report(ref rows, "instrument", "INSTRUMENT_UNKNOWN", $"'{RecordTable.Cut(name)}' is not a contract", "expected a name such as BTC-PERPETUAL, BTC-25DEC26, BTC-25DEC26-100000-C or BTC/USD:BTC-261225-100000-C");
        else if (table.Source.Faults.Count == before) balances.Add(new Balance(new Amount(quantity, new Asset(name)), account));
    }

    private static void AddPosition(ref DelimitedText rows, RecordTable table, ContractSet contracts, Dictionary<(string, string), int> seen,
        ImmutableArray<Position>.Builder positions, ContractName name, decimal quantity, decimal? entry, string account, int before)
    {
        if (contracts.Find(name) is not { } contract)
        {
            table.Report(ref rows, "instrument", "CONTRACT_UNKNOWN", $"what a quantity of {name} counts is not known", $"{contracts.Source} does not have it; --contracts gives a file that does");
            return;
        }
        if (!seen.TryAdd((contract.Symbol, account), rows.Line))
            table.Report(ref rows, "instrument", "POSITION_TWICE", $"{contract} is there twice: lines {seen[(contract.Symbol, account)]} and {rows.Line}", "expected one row a contract and account");
        if (quantity != 0 && table.Source.Faults.Count == before) positions.Add(new Position(contract, quantity, entry, account));
    }
}
