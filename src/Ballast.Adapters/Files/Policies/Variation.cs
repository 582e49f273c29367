using Ballast.Planning;
using Ballast.Schedules;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Policies;

/// <summary>A policy with one of its words changed: what a sweep tries. The words are those of the portfolio file.</summary>
public static class Variation
{
    /// <summary>The keys that can be varied.</summary>
    public static ImmutableArray<string> Keys { get; } = ["drift", "interval", "every", "to", "fee", "spread", "slippage", "cooldown", "minTrade", .. ComputedVariation.Keys];

    /// <returns>The changed policy, or a sentence that says what is wrong with key or value.</returns>
    public static (Policy? Policy, string? Fault) Of(Policy policy, string key, string value)
    {
        var (rules, costs) = (policy.Rebalance, policy.Costs);
        return key switch
        {
            "drift" when !rules.When.Any(Has<Drift>) => (null, "the policy has no drift rule to vary"),
            "drift" => Made(DriftReader.Distance(value, policy.Base), d => policy with { Rebalance = With(rules, r => r is Drift drift ? drift with { Over = d, Under = d } : r) }),
            "every" when !rules.When.Any(Has<Every>) => (null, "the policy has no calendar rule to vary"),
            "every" => new ScheduleText(value).Parse(policy.Zone, ImmutableDictionary<string, BusinessCalendar>.Empty) switch
            {
                ScheduleReading.Read(var schedule) => (policy with { Rebalance = With(rules, r => r is Every ? new Every(schedule) : r) }, null),
                ScheduleReading.Faulty(var faults) => (null, faults[0].Sentence),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            "interval" => Made(RebalanceReader.IntervalText(value), i => policy with { Rebalance = rules with { Interval = i } }),
            "to" => Made(RebalanceReader.ToText(value), to => policy with { Rebalance = rules with { To = to is Destination.LeastCost ? new Destination.LeastCost(AversionOf(rules) ?? UsualRiskAversion) : to } }),
            "riskAversion" when AversionOf(rules) is not null => Made(Kinds.Factor(value), g => policy with { Rebalance = WithAversion(rules, g) }),
            "cooldown" => Made(Kinds.Span(value), span => policy with { Rebalance = rules with { Cooldown = span } }),
            "fee" => Made(Kinds.Bps(value), bps => policy with { Costs = costs with { Default = costs.Default with { Fee = bps } } }),
            "spread" => Made(Kinds.Bps(value), bps => policy with { Costs = costs with { Default = costs.Default with { Spread = bps } } }),
            "slippage" => Made(Kinds.Bps(value), bps => policy with { Costs = costs with { Default = costs.Default with { Slippage = bps } } }),
            "minTrade" => Made(Kinds.PositiveMoney(policy.Base)(value), amount => policy with { Limits = policy.Limits with { MinTrade = amount } }),
            _ when ComputedVariation.Keys.Contains(key) => ComputedVariation.Of(policy, key, value),
            _ => (null, $"`{key}` cannot be varied; {Nearest.Advice(key, Keys)}"),
        };
    }

    private const double UsualRiskAversion = 3;

    private static RebalanceRules WithAversion(RebalanceRules rules, double aversion) =>
        With(rules, r => r switch { LeavesRegion => new LeavesRegion(aversion), Gain gain => gain with { RiskAversion = aversion }, _ => r }) with
        {
            To = rules.To is Destination.LeastCost ? new Destination.LeastCost(aversion) : rules.To,
        };

    private static double? AversionOf(RebalanceRules rules) =>
        rules.RegionAversion ?? rules.When.SelectMany(r => r.WithParts()).OfType<Gain>().FirstOrDefault()?.RiskAversion;

    internal static (Policy?, string?) Made<T>(Parsed<T> parsed, Func<T, Policy> make) =>
        parsed.Ok ? (make(parsed.Value!), null) : (null, $"{parsed.Complaint!.What}; {parsed.Complaint.Expected}");

    private static RebalanceRules With(RebalanceRules rules, Func<ITrigger, ITrigger> change) => rules with { When = [.. rules.When.Select(r => Changed(r, change))] };

    private static ITrigger Changed(ITrigger rule, Func<ITrigger, ITrigger> change) => rule switch
    {
        AllOf all => all with { Rules = [.. all.Rules.Select(r => Changed(r, change))] },
        AnyOf any => any with { Rules = [.. any.Rules.Select(r => Changed(r, change))] },
        _ => change(rule),
    };

    private static bool Has<T>(ITrigger rule) => rule.WithParts().Any(r => r is T);
}
