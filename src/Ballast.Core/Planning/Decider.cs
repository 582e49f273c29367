using Ballast.Holdings;
using Ballast.Market;
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
        var seen = Seen(memory, sight, portfolio);
        if (portfolio.Value <= 0) return Hold(Worthless(portfolio), portfolio, seen);
        if (sight.Market.TryConvert(policy.Limits.CashBuffer, policy.Base) is null) return Hold($"the cash buffer is not known: there is no price of {policy.Limits.CashBuffer.Asset} in {policy.Base}", portfolio, seen);
        var bounds = BoundsOf(policy.Limits);
        var (targets, refused) = Renewed(policy, sight, memory, bounds, portfolio);
        if (targets is null) return Hold($"the targets are not known: {refused}", portfolio, seen);
        var reach = new Reach(portfolio, bounds);
        var reachable = ReachableTargets.Of(targets, portfolio, reach);
        var look = new Look(sight.At, sight.Bar, portfolio, sight.History, sight.BarsAYear, sight.Flow, reachable, reach, policy.Costs, BufferOf(policy, portfolio), memory)
        {
            Instruments = sight.Instruments,
            MinTrade = sight.Market.TryConvert(policy.Limits.MinTrade, policy.Base)?.Value ?? 0,
        };
        if (!LookNow(policy.Rebalance.Interval, look)) look = look with { ClocksOnly = true };
        var answers = Asked(policy.Rebalance, look);
        var kept = ReferenceEquals(targets, memory.Computed) ? seen : seen with { Computed = targets, ComputedFrom = policy.Targets, ComputedAt = sight.At };
        var next = Remember(kept, look, answers);
        var decision = Held(policy.Rebalance, look, answers, anyway) is { } why
            ? new Decision(null, why, portfolio, reachable, answers, next)
            : Acting(policy, look, answers, next, anyway);
        return refused is null ? decision with { Look = look }
            : decision with { Look = look, Refused = refused, Why = new(() => $"{decision.Reason}; the targets stay as they were: {refused}") };
    }

    /// <summary>What to do with money that has come (or, negative, is to be raised), apart from any rule: buy what is short, sell nothing else.</summary>
    public static Intent Invest(Decision decision, decimal amount, Asset unit)
    {
        var targets = decision.Targets ?? throw new ArgumentException("the targets are not known");
        var reason = amount > 0
            ? $"{Figures.Money(amount, unit)} {unit} to put to work, without selling anything"
            : $"{Figures.Money(-amount, unit)} {unit} to raise, selling what is most over its target";
        var kept = decision.Portfolio.Lines.Where(l => l.Asset != unit && !targets.Names(l.Asset) && l.Value > 0)
            .Select(l => new TargetWeight(l.Asset, l.Value / decision.Portfolio.Value));
        return new Intent(reason, [.. kept.Concat(targets.Weights.Where(w => w.Asset != unit)).OrderBy(w => w.Asset)], targets, Mode.CashFlow, amount, decision.Answers);
    }

    private static string Worthless(Portfolio portfolio) =>
        portfolio.Lines.Select(l => l.Quantity != 0 ? l.Valuation as Valuation.Unknown : null).OfType<Valuation.Unknown>().FirstOrDefault() is { } unknown
            ? $"nothing that is held has a usable price: {unknown.Reason}"
            : "the portfolio has no value, so that it has no weights";

    /// <summary>Cash that always stays: the larger of the amount and the share.</summary>
    public static decimal BufferOf(Policy policy, Portfolio portfolio) => Math.Max(
        portfolio.Market.Convert(policy.Limits.CashBuffer, policy.Base).Value, policy.Limits.CashBufferShare * portfolio.Value);

    private static Decision Hold(string reason, Portfolio portfolio, Memory memory) => new(null, reason, portfolio, null, [], memory);

    private static WeightBounds BoundsOf(Limits limits) => new(
        asset => limits.RangeOf(asset) is var range ? (range.Low, range.High) : default,
        limits.Groups.IsEmpty ? [] : [.. limits.Groups.Select(g => new GroupBounds(g.Of, g.Share.Low, g.Share.High))],
        limits.NeverSell.Contains, limits.NeverBuy.Contains);

    /// <summary>Targets stay as they are until they are due again or the file says other ones; when they cannot be computed anew, the old ones stay.</summary>
    private static (TargetSet? Targets, string? Refused) Renewed(Policy policy, Sight sight, Memory memory, WeightBounds bounds, Portfolio portfolio)
    {
        var old = ReferenceEquals(memory.ComputedFrom, policy.Targets) ? memory.Computed : null;
        if (old is not null && !RenewalDue(policy.Targets, sight, memory)) return (old, null);
        var (targets, unknown) = TargetResolver.Resolve(policy.Targets, policy.Base, sight.History, sight.BarsAYear, bounds,
            new Standing(portfolio.WeightOf, (double)policy.Costs.Default.Rate),
            old is null ? null : new Earlier(old.Levels, node => RenewalDue(node, sight, memory)));
        return (targets ?? old, unknown);
    }

    private static bool RenewalDue(TargetNode node, Sight sight, Memory memory) => node switch
    {
        TargetNode.Compute compute when sight.Bar is { } bar => compute.Renew.Fires(bar.PreviousOpen, bar.Open, bar.Spacing, bar.Anchor),
        TargetNode.Compute compute => memory.LastSeen is { } last && compute.Renew.NextDue(last) <= sight.At,
        TargetNode.Sleeves sleeves => sleeves.Parts.Any(p => RenewalDue(p.Node, sight, memory)),
        _ => false,
    };

    private static ImmutableArray<RuleAnswer> Asked(RebalanceRules rules, Look look)
    {
        var answers = ImmutableArray.CreateBuilder<RuleAnswer>(rules.When.Length);
        foreach (var rule in rules.When) answers.Add(new RuleAnswer(rule, rule.HasClock || !look.ClocksOnly ? rule.Check(look) : NotNow(rules.Interval)));
        return answers.MoveToImmutable();
    }

    private static bool LookNow(LookInterval interval, Look look) => interval switch
    {
        LookInterval.Bars(var count) => look.Bar is not { Number: not Bar.ByHand } bar || bar.Number % count == 0,
        LookInterval.Every(var span) => look.Memory.LastLook is not { } last || look.At - last >= span,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TriggerResult NotNow(LookInterval interval) => TriggerResult.No("not looked at now", interval switch
    {
        LookInterval.Bars(var count) => count == 1 ? "looked at every bar" : $"looked at every {count} bars",
        LookInterval.Every(var span) => $"looked at every {Spans.Words(span)}",
        _ => "",
    }) with { Looked = false };

    /// <summary>Why nothing is done now; null where something is.</summary>
    private static Sentence? Held(RebalanceRules rules, Look look, ImmutableArray<RuleAnswer> answers, bool anyway)
    {
        foreach (var pause in rules.Pauses)
            if (pause.From <= look.At && look.At < pause.Until) return $"paused until {pause.Until}";
        if (anyway || Overdue(rules, look)) return null;
        var fired = First(answers, TriggerState.Fired);
        if (fired is not null && look.Memory.LastTrade is { } last && rules.Cooldown is { } cooldown && look.At - last < cooldown)
            return new Sentence(() => $"cooling down for another {Spans.Words(cooldown - (look.At - last))}: {fired.Reason}");
        if (fired is not null || Starting(rules, look)) return null;
        return First(answers, TriggerState.Unknown) is { } blind ? blind.Why
            : answers.IsEmpty ? "no rule is set, so that nothing is ever due"
            : new Sentence(() => $"nothing is due; nearest: {Nearest(answers)}");
    }

    /// <summary>Too long since the last rebalance, or since the first look where there was none.</summary>
    private static bool Overdue(RebalanceRules rules, Look look) =>
        rules.AtLeastEvery is { } most && (look.Memory.LastTrade ?? look.Memory.FirstSeen) is { } last && look.At - last >= most;

    private static bool Starting(RebalanceRules rules, Look look) => rules.InitialRebalance && look.Bar is { Number: 0 };

    private static string Nearest(ImmutableArray<RuleAnswer> answers) =>
        answers.MaxBy(a => a.Result.Way ?? -1)!.Result is var r && r.ToGo is { Length: > 0 } left ? $"{r.Reason}, {left}" : r.Reason;

    private static TriggerResult? First(ImmutableArray<RuleAnswer> answers, TriggerState state)
    {
        foreach (var answer in answers)
            if (answer.Result.State == state) return answer.Result;
        return null;
    }

    private static Decision Acting(Policy policy, Look look, ImmutableArray<RuleAnswer> answers, Memory next, bool anyway)
    {
        var fired = answers.Where(a => a.Result.Fired).Select(a => a.Result).ToArray();
        var reason = fired.Length > 0 ? string.Join("; ", fired.Select(f => f.Reason))
            : anyway ? "asked for, though no rule fires"
            : Overdue(policy.Rebalance, look) ? $"no rebalance for {Spans.Words(look.At - (look.Memory.LastTrade ?? look.Memory.FirstSeen)!.Value)}, which is too long"
            : "the start of the run";
        var to = fired.Length > 0 ? policy.Rebalance.To : new Destination.Target();
        var wanted = Destinations.Of(to, look, fired, BandSet.Tightest(answers.Select(a => a.Result.Bands)), policy.Limits);
        var intent = new Intent(reason, wanted, look.Targets, ModeOf(policy.Rebalance, look.At, next), null, answers) { Moves = to is Destination.LeastCost ? Moves(wanted, look) : null };
        return new Decision(intent, reason, look.Portfolio, look.Targets, answers, next);
    }

    /// <summary>From the weights of now to the wanted ones, but for the last digit of a wanted weight.</summary>
    private static ImmutableSortedDictionary<Asset, decimal> Moves(ImmutableArray<TargetWeight> wanted, Look look) => wanted
        .Select(w => (w.Asset, Change: (double)w.Weight - look.Portfolio.WeightOf(w.Asset)))
        .Where(m => Math.Abs(m.Change) > 1e-11).ToImmutableSortedDictionary(m => m.Asset, m => (decimal)m.Change);

    private static Mode ModeOf(RebalanceRules rules, Instant now, Memory memory) =>
        rules.Otherwise is { } other && memory.OutsideSince is { } since && now - since >= other.After ? other.Mode : rules.Mode;

    private static Memory Seen(Memory memory, Sight sight, Portfolio portfolio) => memory with
    {
        FirstSeen = memory.FirstSeen ?? sight.At,
        LastSeen = sight.At,
        Uninvested = memory.Uninvested + sight.Flow,
        HighestValue = memory.HighestAt((double)portfolio.Value, (double)sight.Flow),
    };

    private static Memory Remember(Memory memory, Look look, ImmutableArray<RuleAnswer> answers)
    {
        var (outside, inside) = (false, !look.ClocksOnly);
        var breaches = memory.Breaches;
        foreach (var (rule, result) in answers)
        {
            outside |= !result.Breached.IsEmpty;
            inside &= result is { Looked: true, State: not TriggerState.Unknown };
            if (result.Looked) breaches = Counted(breaches, rule, look);
        }
        var since = outside ? memory.OutsideSince ?? look.At : inside ? null : memory.OutsideSince;
        var last = look.ClocksOnly ? memory.LastLook : look.At;
        return memory with { Breaches = breaches, OutsideSince = since, LastLook = last };
    }

    /// <summary>Breaches in a row of the rules that want several, wherever they stand.</summary>
    private static ImmutableSortedDictionary<string, int> Counted(ImmutableSortedDictionary<string, int> breaches, ITrigger rule, Look look) => rule switch
    {
        Drift { Confirm: > 1 } or Measure { Confirm: > 1 } => rule.Check(look).Outside ? breaches.SetItem(rule.Words, breaches.GetValueOrDefault(rule.Words) + 1) : breaches.Remove(rule.Words),
        AnyOf any => any.Rules.Where(r => r.HasClock || !look.ClocksOnly).Aggregate(breaches, (all, r) => Counted(all, r, look)),
        AllOf all => all.Rules.Concat(all.Nots).Aggregate(breaches, (so, r) => Counted(so, r, look with { ClocksOnly = false })),
        _ => breaches,
    };
}
