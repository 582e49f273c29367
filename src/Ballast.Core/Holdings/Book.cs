using Ballast.Money;

namespace Ballast.Holdings;

/// <summary>Everything held, over all accounts. Several accounts are one book.</summary>
public sealed record Book(ImmutableArray<Account> Accounts, ImmutableArray<Holding> Holdings)
{
    /// <summary>A book that holds only cash, in its first account.</summary>
    public static Book OfCash(ImmutableArray<Account> accounts, Amount cash) =>
        new(accounts, [new Holding(cash.Asset, cash.Value, accounts[0].Name)]);

    public Account AccountNamed(string name)
    {
        foreach (var account in Accounts)
            if (account.Name == name) return account;
        throw new ArgumentException($"no account is named {name}");
    }

    /// <summary>All of an asset, in whatever condition and account.</summary>
    public decimal QuantityOf(Asset asset)
    {
        var sum = 0m;
        foreach (var holding in Holdings)
            if (holding.Asset == asset) sum += holding.Quantity;
        return sum;
    }

    /// <summary>The book after a free quantity of an asset was added to an account (removed, when negative). Lots without a date are merged.</summary>
    public Book Add(Amount change, string account)
    {
        if (change.Value == 0) return this;
        for (var i = 0; i < Holdings.Length; i++)
        {
            var h = Holdings[i];
            if (h.Asset == change.Asset && h.Account == account && h.Status == HoldingStatus.Free && h.Acquired is null && h.UnitCost is null)
                return this with { Holdings = Holdings.SetItem(i, h with { Quantity = h.Quantity + change.Value }) };
        }
        return this with { Holdings = Holdings.Add(new Holding(change.Asset, change.Value, account)) };
    }
}
