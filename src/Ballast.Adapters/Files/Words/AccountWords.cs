using Ballast.Holdings;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says what may be done where, and what is never sold.</summary>
internal static class AccountWords
{
    private static readonly HoldingStatus[] Statuses =
        [HoldingStatus.Staked, HoldingStatus.Locked, HoldingStatus.Earn, HoldingStatus.Cold, HoldingStatus.Collateral];

    public static IEnumerable<string> Of(Policy policy)
    {
        if (policy.Accounts is not [var only] || only != Account.Paper)
            foreach (var account in policy.Accounts) yield return OfAccount(account);
        foreach (var sentence in Sold(policy.Holdings)) yield return sentence;
        foreach (var same in policy.Holdings.SameAs.GroupBy(s => s.Value).OrderBy(g => g.Key))
            yield return $"{Quoted.And(same.Select(s => s.Key.Code).Order())} {(same.Count() == 1 ? "counts" : "count")} as {same.Key}, and {(same.Count() == 1 ? "is" : "are")} never swapped for it.";
        if (policy.Holdings.Dust.Value > 0) yield return $"Leave what has no target and is worth less than {policy.Holdings.Dust}.";
    }

    private static string OfAccount(Account account)
    {
        var may = account.May switch
        {
            Permissions.None => "only watched: it counts, and nothing is traded there",
            _ => "may " + Quoted.And(new[] { (Permissions.Buy, "buy"), (Permissions.Sell, "sell"), (Permissions.Move, "move") }
                .Where(p => account.May.HasFlag(p.Item1)).Select(p => p.Item2)),
        };
        var tax = account.Tax switch { TaxTreatment.Taxable => "", TaxTreatment.Deferred => "; tax is deferred", _ => "; not taxed" };
        var assets = account.Assets.IsEmpty ? "" : $"; only {Quoted.And(account.Assets.Select(a => a.Code))}";
        return $"Account {account.Name} at {account.Venue}: {may}{assets}{tax}.";
    }

    private static IEnumerable<string> Sold(HoldingRules rules)
    {
        var never = Statuses.Where(s => rules.Of(s) is { Counts: true, Sell: SellRule.No }).Select(Word).ToArray();
        if (never.Length > 0) yield return $"Never sell {Quoted.Or(never)} coins; they count towards their targets.";
        foreach (var status in Statuses)
        {
            var rule = rules.Of(status);
            if (!rule.Counts) yield return $"Coins that are {Word(status)} do not count{(rule.Sell == SellRule.No ? ", and are never sold" : "")}.";
            else if (rule.Sell != SellRule.No) yield return $"Coins that are {Word(status)} count, and are sold {(rule.Sell == SellRule.Last ? "when nothing else is left" : "like any other")}.";
        }
    }

    private static string Word(HoldingStatus status) => status switch
    {
        HoldingStatus.Staked => "staked",
        HoldingStatus.Locked => "locked",
        HoldingStatus.Earn => "lent",
        HoldingStatus.Cold => "cold",
        _ => "pledged",
    };
}
