using Ballast.Costs;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says what trading is assumed to cost, and what cash earns.</summary>
internal static class CostWords
{
    public static IEnumerable<string> Of(Policy policy)
    {
        var costs = policy.Costs;
        yield return costs.Default == CostRules.None ? "No costs are assumed." : $"Costs assumed: {Rules(costs.Default)}.";
        foreach (var (account, rules) in costs.ByAccount.OrderBy(c => c.Key, StringComparer.Ordinal))
            yield return $"Costs assumed in {account}: {Rules(rules)}.";
        if (costs.Sizing == Sizing.BeforeCosts) yield return "Targets are sized before costs; fees come out of cash.";
        if (policy.CashInterest != 0)
            yield return $"Free {policy.Base} {(policy.CashInterest > 0 ? "earns" : "costs")} {Figures.Percent(Math.Abs(policy.CashInterest))} a year.";
    }

    private static string Rules(CostRules rules)
    {
        var parts = new[]
        {
            rules.Fee != 0 ? $"{Figures.Bps(rules.Fee)} of each trade" : null,
            rules.Spread != 0 ? $"{Figures.Bps(rules.Spread)} of spread" : null,
            rules.Slippage != 0 ? $"{Figures.Bps(rules.Slippage)} of slippage" : null,
            rules.Minimum.Value != 0 ? $"at least {rules.Minimum} a trade" : null,
            rules.Fixed.Value != 0 ? $"{rules.Fixed} for each trade" : null,
            rules.Impact != 0 ? $"impact {rules.Impact:0.###} x volatility x square root of the share of volume" : null,
            rules.FeeAsset is { } asset ? $"paid in {asset}" : null,
        };
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : "none";
    }
}
