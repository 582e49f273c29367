using Ballast.Holdings;
using Ballast.Money;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>
/// The one decision path: look, compute the targets, ask the rules, choose how far to go.
/// Pure: the same sight and memory give the same decision, by hand, in a back-test and live.
/// </summary>
public static class Decider
{
    /// <param name="policy">What the user wants.</param>
    /// <param name="sight">What is held and what it is worth.</param>
    /// <param name="memory">What earlier looks left behind.</param>
    /// <param name="anyway">Act though no rule fires: for a plan that a person asks for.</param>
    public static Decision Decide(Policy policy, Sight sight, Memory memory, bool anyway = false)
    {
        var portfolio = new Portfolio(policy.Base, sight.Book, sight.Market, policy.Holdings, policy.Targets.AllAssets);
        if (portfolio.Value <= 0) return Hold("the portfolio has no value, so that it has no weights", portfolio, memory);
        var (targets, renewed, unknown) = Renewed(policy, sight, memory);
        if (targets is null) return Hold(unknown!, portfolio, Seen(memory, sight, portfolio));
        var reachable = ReachableTargets.Of(targets, portfolio, policy.Limits.NeverSell.Contains, policy.Limits.NeverBuy.Contains);
        var look = new Look(sight.At, sight.Bar, portfolio, sight.History, sight.BarsAYear, sight.Flow, reachable, policy.Costs, BufferOf(policy, portfolio), renewed);
        var answers = Asked(policy.Rebalance, look);
        var next = Remember(Seen(renewed, sight, portfolio), look, answers);
        return Held(policy.Rebalance, look, answers, anyway) is { } why
            ? new Decision(null, why, portfolio, reachable, answers, next)
            : Acting(policy, look, answers, next);
    }

    /// <summary>What to do with money that has come (or, negative, is to be raised), apart from any rule: buy what is short, sell nothing else.</summary>
    public static Intent Invest(Decision decision, decimal amount, Asset unit)
    {
        var look = decision.Targets ?? throw new ArgumentException("the targets are not known");
        var reason = amount > 0
            ? $"{Figures.Money(amount)} {unit} to put to work, without selling anything"
            : $"{Figures.Money(-amount)} {unit} to raise, selling what is most over its target";
        var kept = decision.Portfolio.Lines.Where(l => l.Asset != unit && !look.Names(l.Asset) && l.Value > 0)
            .Select(l => new TargetWeight(l.Asset, l.Value / decision.Portfolio.Value));
        return new Intent(reason, [.. kept.Concat(look.Weights.Where(w => w.Asset != unit)).OrderBy(w => w.Asset)], look, Mode.CashFlow, amount, decision.Answers);
    }

    /// <summary>Cash that always stays: the larger of the amount and the share.</summary>
    public static decimal BufferOf(Policy policy, Portfolio portfolio) => Math.Max(
        portfolio.Market.Convert(policy.Limits.CashBuffer, policy.Base).Value, policy.Limits.CashBufferShare * portfolio.Value);

    private static Decision Hold(string reason, Portfolio portfolio, Memory memory) => new(null, reason, portfolio, null, [], memory);

    /// <summary>Computed targets stay as they are until they are due again; when they cannot be computed, the old ones stay.</summary>
    private static (TargetSet? Targets, Memory Memory, string? Unknown) Renewed(Policy policy, Sight sight, Memory memory)
    {
        if (memory.Computed is { } kept && !RenewalDue(policy.Targets, sight)) return (kept, memory, null);
        var (targets, unknown) = TargetResolver.Resolve(policy.Targets, policy.Base, sight.History, sight.BarsAYear);
        return targets is not null ? (targets, memory with { Computed = targets, ComputedAt = sight.At }, null)
            : memory.Computed is { } old ? (old, memory, null)
            : (null, memory, $"the targets are not known: {unknown}");
    }

    private static bool RenewalDue(TargetNode node, Sight sight) => node switch
    {
        TargetNode.Compute compute => sight.Bar is { } bar && compute.Renew.Fires(bar.PreviousOpen, bar.Open, bar.Spacing, bar.Anchor),
        TargetNode.Sleeves sleeves => sleeves.Parts.Any(p => RenewalDue(p.Node, sight)),
        _ => false,
    };

    private static ImmutableArray<RuleAnswer> Asked(RebalanceRules rules, Look look) =>
        [.. rules.When.Select(rule => new RuleAnswer(rule, rule.HasClock || LookNow(rules.Interval, look) ? rule.Check(look) : NotNow(rules.Interval)))];

    private static bool LookNow(LookInterval interval, Look look) => interval switch
    {
        LookInterval.Bars(var count) => look.Bar is not { Number: not Bar.ByHand } bar || bar.Number % count == 0,
        LookInterval.Every(var span) => look.Memory.LastLook is not { } last || look.At - last >= span,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TriggerResult NotNow(LookInterval interval) => TriggerResult.No("not looked at now", interval switch
    {
        LookInterval.Bars(var count) => $"looked at every {count} bars",
        LookInterval.Every(var span) => $"looked at every {Spans.Words(span)}",
        _ => "",
    }) with { Looked = false };

    /// <summary>Why nothing is done now; null where something is.</summary>
    private static string? Held(RebalanceRules rules, Look look, ImmutableArray<RuleAnswer> answers, bool anyway)
    {
        if (rules.Pauses.FirstOrDefault(p => p.From <= look.At && look.At < p.Until) is { } pause) return $"paused until {pause.Until}";
        if (anyway) return null;
        if (look.Memory.LastTrade is { } last)
        {
            if (rules.AtLeastEvery is { } most && look.At - last >= most) return null;
            if (rules.Cooldown is { } pausing && look.At - last < pausing && answers.Any(a => a.Result.Fired))
                return $"cooling down for another {Spans.Words(pausing - (look.At - last))}: {First(answers).Result.Reason}";
        }
        if (rules.InitialRebalance && look.Bar is { Number: 0 }) return null;
        if (answers.Any(a => a.Result.Fired)) return null;
        return answers.FirstOrDefault(a => a.Result.State == TriggerState.Unknown) is { } blind ? blind.Result.Reason
            : answers.IsEmpty ? "no rule is set, so that nothing is ever due"
            : $"nothing is due; nearest: {Nearest(answers)}";
    }

    private static string Nearest(ImmutableArray<RuleAnswer> answers) =>
        answers.MaxBy(a => a.Result.Way ?? -1)!.Result is var r && r.ToGo.Length > 0 ? $"{r.Reason}, {r.ToGo}" : answers[0].Result.Reason;

    private static RuleAnswer First(ImmutableArray<RuleAnswer> answers) => answers.First(a => a.Result.Fired);

    private static Decision Acting(Policy policy, Look look, ImmutableArray<RuleAnswer> answers, Memory next)
    {
        var fired = answers.Where(a => a.Result.Fired).Select(a => a.Result).ToArray();
        var bands = answers.Select(a => a.Result.Bands).OfType<BandSet>().Aggregate((BandSet?)null, (all, b) => all?.Intersect(b) ?? b);
        var reason = fired.Length > 0 ? string.Join("; ", fired.Select(f => f.Reason)) : "asked for, though no rule fires";
        var to = fired.Length > 0 ? policy.Rebalance.To : new Destination.Target();
        var wanted = Destinations.Of(to, look, fired, bands, policy.Limits);
        var intent = new Intent(reason, wanted, look.Targets, ModeOf(policy.Rebalance, look.At, next), null, answers);
        return new Decision(intent, reason, look.Portfolio, look.Targets, answers, next);
    }

    private static Mode ModeOf(RebalanceRules rules, Instant now, Memory memory) =>
        rules.Otherwise is { } other && memory.OutsideSince is { } since && now - since >= other.After ? other.Mode : rules.Mode;

    private static Memory Seen(Memory memory, Sight sight, Portfolio portfolio) => memory with
    {
        Uninvested = memory.Uninvested + sight.Flow,
        HighestValue = Math.Max(memory.HighestValue + (double)sight.Flow, (double)portfolio.Value),
    };

    private static Memory Remember(Memory memory, Look look, ImmutableArray<RuleAnswer> answers)
    {
        var breaches = memory.Breaches;
        foreach (var (rule, result) in answers.Where(a => a.Result.Looked).SelectMany(a => Confirmed(a.Rule, look)))
            breaches = result.Fired || result.Outside ? breaches.SetItem(rule.Words, breaches.GetValueOrDefault(rule.Words) + 1) : breaches.Remove(rule.Words);
        var outside = answers.Any(a => a.Result is { Fired: true, Breached.IsEmpty: false });
        var looked = answers.Any(a => !a.Rule.HasClock && a.Result.Looked);
        return memory with
        {
            Breaches = breaches,
            OutsideSince = outside ? memory.OutsideSince ?? look.At : looked ? null : memory.OutsideSince,
            LastLook = looked ? look.At : memory.LastLook,
        };
    }

    /// <summary>The rules that want several breaches in a row, wherever they stand, with what they say now.</summary>
    private static IEnumerable<(ITrigger Rule, TriggerResult Result)> Confirmed(ITrigger rule, Look look) => rule switch
    {
        Drift { Confirm: > 1 } or Measure { Confirm: > 1 } => [(rule, rule.Check(look))],
        AnyOf any => any.Rules.SelectMany(r => Confirmed(r, look)),
        AllOf all => all.Rules.SelectMany(r => Confirmed(r, look)),
        _ => [],
    };
}
