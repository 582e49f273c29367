using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Reads what is held: <c>asset,quantity[,account,status,unlock,cost,acquired,tag]</c>, a row a lot.</summary>
public static class HoldingsFile
{
    private static readonly string[] Required = ["asset", "quantity"];
    private static readonly string[] Optional = ["account", "status", "unlock", "cost", "acquired", "tag"];
    private static readonly string[] Statuses = ["free", "locked", "staked", "earn", "cold", "collateral"];

    /// <param name="accounts">Of the portfolio file; a row without an account is in the first. A portfolio file that names none takes those of the holdings.</param>
    /// <param name="now">Nothing can have been acquired later.</param>
    /// <param name="allowShort">Whether quantities may be negative.</param>
    public static Reading<Book> Load(string path, ImmutableArray<Account> accounts, Instant now, bool allowShort = false, ReadingLimits? limits = null)
    {
        limits ??= ReadingLimits.Default;
        var faults = new FaultList(limits);
        var holdings = ImmutableArray.CreateBuilder<Holding>();
        if (SourceFile.Open(path, limits, faults) is { } source)
        {
            var rows = new DelimitedText(source, limits);
            if (RecordTable.Open(ref rows, source, limits, Required, Optional) is { } table)
                while (table.Next(ref rows))
                    if (Row(ref rows, table, accounts, now, allowShort) is { } holding) holdings.Add(holding);
        }
        return faults.Count > 0 ? faults.Failed<Book>(path) : Reading.Of(new Book(Named(accounts, holdings), holdings.ToImmutable()));
    }

    /// <summary>Whether the portfolio file names no account, so that any may stand in the holdings: each is then a paper account.</summary>
    private static bool Open(ImmutableArray<Account> accounts) => accounts is [var only] && ReferenceEquals(only, Account.Paper);

    private static ImmutableArray<Account> Named(ImmutableArray<Account> accounts, IEnumerable<Holding> holdings) =>
        Open(accounts) && holdings.Select(h => h.Account).Distinct().ToArray() is { Length: > 0 } names
            ? [.. names.Select(n => n == Account.Paper.Name ? Account.Paper : Account.Paper with { Name = n })]
            : accounts;

    /// <summary>One holding; every fault of its row is reported, and then the value does not matter.</summary>
    private static Holding? Row(ref DelimitedText rows, RecordTable table, ImmutableArray<Account> accounts, Instant now, bool allowShort)
    {
        var before = table.Source.Faults.Count;
        var asset = table.Code(ref rows, "asset");
        var quantity = Quantity(ref rows, table, allowShort);
        var account = AccountOf(ref rows, table, accounts);
        var status = Status(ref rows, table);
        var unlock = Unlock(ref rows, table, status);
        var cost = Cost(ref rows, table);
        var acquired = Acquired(ref rows, table, now);
        var tag = table["tag"] is { Length: > 0 } text ? text : null;
        return table.Source.Faults.Count > before ? null : new Holding(new Asset(asset!), quantity, account, status, unlock, cost, acquired, tag);
    }

    private static decimal Quantity(ref DelimitedText rows, RecordTable table, bool allowShort)
    {
        if (table["quantity"].Length == 0) table.Report(ref rows, "quantity", "QUANTITY_MISSING", "the quantity is missing", "expected a number such as 0.25");
        var quantity = table.Number(ref rows, "quantity") ?? 0m;
        if (quantity < 0 && !allowShort)
            table.Report(ref rows, "quantity", "QUANTITY_NEGATIVE", $"the quantity is {Figures.Exact(quantity)}", "the portfolio is long only: expected zero or more");
        return quantity;
    }

    private static string AccountOf(ref DelimitedText rows, RecordTable table, ImmutableArray<Account> accounts)
    {
        var name = table["account"];
        if (name.Length == 0) return accounts[0].Name;
        if (!Open(accounts) && !accounts.Any(a => a.Name == name))
            table.Report(ref rows, "account", "ACCOUNT_UNKNOWN", $"the portfolio has no account '{RecordTable.Cut(name)}'", Nearest.Hint(name, [.. accounts.Select(a => a.Name)]));
        return name;
    }

    private static HoldingStatus Status(ref DelimitedText rows, RecordTable table)
    {
        var word = table["status"];
        if (word.Length == 0) return HoldingStatus.Free;
        var at = Array.FindIndex(Statuses, s => s.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (at >= 0) return (HoldingStatus)at;
        table.Report(ref rows, "status", "STATUS_UNKNOWN", $"'{RecordTable.Cut(word)}' is not a status", Nearest.Hint(word, Statuses));
        return HoldingStatus.Free;
    }

    private static Instant? Unlock(ref DelimitedText rows, RecordTable table, HoldingStatus status)
    {
        var unlock = table.Time(ref rows, "unlock");
        if (unlock is not null && status is not (HoldingStatus.Locked or HoldingStatus.Staked))
            table.Report(ref rows, "unlock", "UNLOCK_WITHOUT_LOCK", $"an unlock date with status '{status.ToString().ToLowerInvariant()}'", "only what is locked or staked is freed by a date");
        return unlock;
    }

    private static decimal? Cost(ref DelimitedText rows, RecordTable table)
    {
        var cost = table.Number(ref rows, "cost");
        if (cost < 0) table.Report(ref rows, "cost", "COST_NEGATIVE", $"the cost of one unit is {Figures.Exact(cost.Value)}", "expected zero or more, in the base asset, fees included");
        return cost;
    }

    private static Instant? Acquired(ref DelimitedText rows, RecordTable table, Instant now)
    {
        var acquired = table.Time(ref rows, "acquired");
        if (acquired > now) table.Report(ref rows, "acquired", "ACQUIRED_IN_FUTURE", $"acquired on {table["acquired"]}, which is later than {TimeColumn.Shown(now.ToUnixTimeTicks())}", "expected a date that has passed");
        return acquired;
    }
}
