using Ballast.Adapters.Files.Words;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Taxes;

namespace Ballast.Adapters.Files;

/// <summary>Reads a policy back in plain sentences, so that its writer can see whether it says what was meant.</summary>
public static class PolicyWords
{
    /// <summary>What may not happen, a sentence each.</summary>
    public static IEnumerable<string> Limits(Policy policy) => LimitWords.Of(policy.Limits);

    /// <summary>A sentence for each thing that the policy says, in the order in which one would tell it.</summary>
    public static ImmutableArray<string> Of(Policy policy) =>
    [
        .. TargetWords.Of(policy),
        .. RebalanceWords.Of(policy),
        .. HedgeWords.Of(policy),
        .. AccountWords.Of(policy),
        .. LimitWords.Of(policy.Limits),
        .. SafetyWords.Of(policy),
        .. CostWords.Of(policy),
        .. policy.Flows.Select(FlowOf),
        .. policy.Taxes is { } taxes ? TaxWords(taxes) : [],
        .. RunWords.Of(policy),
        .. policy.NotActive.Select(s => char.ToUpperInvariant(s[0]) + s[1..] + "."),
    ];

    private static string FlowOf(ExpectedFlow flow)
    {
        var amount = new Amount(Math.Abs(flow.Amount.Value), flow.Amount.Asset);
        var account = flow.Account is null ? "" : (flow.Amount.Value > 0 ? " into " : " from ") + flow.Account;
        return $"Expect {(flow.Amount.Value > 0 ? "a deposit" : "a withdrawal")} of {amount}{account} {flow.Schedule.Words}; back-tests replay it.";
    }

    private static IEnumerable<string> TaxWords(TaxRules taxes)
    {
        var longRate = taxes.LongRate == taxes.ShortRate ? "" : $", and at {Figures.Percent(taxes.LongRate)} after {Age(taxes.LongAfter)}";
        yield return $"Sell lots {Order(taxes.Lots)}; gains are taxed at {Figures.Percent(taxes.ShortRate)}{longRate}.";
        foreach (var (name, after) in taxes.ExemptAfter.OrderBy(e => e.Key, StringComparer.Ordinal))
            yield return $"Gains of {name} are not taxed after {Age(after)}.";
        var wash = taxes.WashSale switch
        {
            WashSale.Ignore => "buying back after a loss is not looked at",
            WashSale.Warn => "buying back after a loss is warned of",
            _ => "what was sold at a loss is not bought back",
        };
        yield return $"A loss is {(taxes.Harvest ? "" : "not ")}a reason to sell; {wash}.";
    }

    private static string Order(LotMethod lots) => lots switch
    {
        LotMethod.Fifo => "oldest first",
        LotMethod.Lifo => "newest first",
        LotMethod.Hifo => "dearest first",
        LotMethod.Lofo => "cheapest first",
        LotMethod.Average => "at their average cost",
        LotMethod.LeastTax => "so that the least tax is due",
        _ => "in the order of their tags",
    };

    internal static string Age(Period age) => age.Years > 0 ? Count(age.Years, "year") : Count(age.Days, "day");

    /// <summary>The word that files use for a choice.</summary>
    internal static string Name(Enum choice) => choice.ToString() is var name ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : "";

    internal static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    internal static string Span(Duration span) =>
        span.TotalDays >= 1 && span.TotalDays == Math.Floor(span.TotalDays) ? Count((int)span.TotalDays, "day") : Spans.Words(span);
}
