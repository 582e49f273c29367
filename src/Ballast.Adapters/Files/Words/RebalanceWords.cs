using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says when to act, how far to go, and what holds it back.</summary>
internal static class RebalanceWords
{
    public static IEnumerable<string> Of(Policy policy)
    {
        var rules = policy.Rebalance;
        if (rules.When.IsEmpty) yield return "Never act by rule: the list of rules is empty.";
        else
        {
            yield return $"Act {string.Join(", or ", rules.When.Select(Rule))}.";
            yield return $"Then go {Way(rules.To)}; {Trades(rules.Mode)}.";
        }
        if (rules.Otherwise is { } other) yield return $"Still outside after {PolicyWords.Span(other.After)}: {Trades(other.Mode)}.";
        if (!rules.When.All(r => r.HasClock)) yield return $"Look at rules without a clock {Look(rules.Interval)}.";
        if (Pace(rules) is { Length: > 0 } pace) yield return pace;
        if (rules.InitialRebalance) yield return "Rebalance at the very start too.";
        foreach (var pause in rules.Pauses) yield return $"Trade nothing from {Time(pause.From, policy.Zone)} until {Time(pause.Until, policy.Zone)} ({policy.Zone.Id}).";
    }

    /// <summary>A schedule says itself when; any other rule is a condition.</summary>
    private static string Rule(ITrigger rule) => rule switch
    {
        Every every => every.Schedule.Words,
        AllOf all when all.Rules.OfType<Every>().Any() => Clocked(all),
        AnyOf any => string.Join(", or ", any.Rules.Select(Rule)),
        _ => "when " + rule.Words,
    };

    private static string Clocked(AllOf all)
    {
        var conditions = all.Rules.Where(r => r is not Every).Select(r => r.Words).ToArray();
        return string.Join(" and ", all.Rules.OfType<Every>().Select(r => r.Schedule.Words))
            + (conditions.Length == 0 ? "" : " if " + string.Join(" and ", conditions))
            + string.Concat(all.Nots.Select(n => $", but not while {n.Words}"));
    }

    private static string Way(Destination to) => to switch
    {
        Destination.Target => "all the way to the target",
        Destination.PartWay { Fraction: 0.5 } => "half-way to the target",
        Destination.PartWay part => $"{Figures.Percent(part.Fraction)} of the way to the target",
        Destination.BandEdge { Inner: true } => "half-way from the edge of the band to the target",
        Destination.BandEdge => "to the nearest edge of the band",
        Destination.LeastCost least => $"as near to the target as is worth its cost (risk aversion {least.RiskAversion:0.###})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Trades(Mode mode) => mode switch
    {
        Mode.Full => "sells first, each buy waits for the fill that pays for it",
        Mode.BuyOnly => "buy only, never sell",
        Mode.SellOnly => "sell only, never buy",
        Mode.CashFlow => "never sell, and spend only the cash above the buffer",
        Mode.ReduceOnly => "only make positions smaller",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Look(LookInterval interval) => interval switch
    {
        LookInterval.Bars { Count: 1 } => "at every bar",
        LookInterval.Bars bars => $"every {bars.Count} bars",
        LookInterval.Every every => $"every {PolicyWords.Span(every.Span)}".Replace("every 1 day", "every day"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Pace(RebalanceRules rules)
    {
        var parts = new[]
        {
            rules.Cooldown is { } cooldown ? $"wait at least {PolicyWords.Span(cooldown)} between two rebalances; what falls due before is dropped" : null,
            rules.AtLeastEvery is { } most ? $"rebalance at least every {PolicyWords.Span(most)}, whatever the rules say" : null,
        };
        var text = string.Join("; ", parts.OfType<string>());
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    private static string Time(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("d MMM uuuu HH:mm", null);
}
