using System.CommandLine;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>A decision and the plan made of it, or why there is none.</summary>
internal sealed record Planned(Present Now, Decision Decision, Intent? Intent, Plan? Plan, (string Code, string Reason)? Refusal)
{
    /// <summary>What stays where it is: what the plan could not trade, and what is inside the no-trade region, whether anything is due or not.</summary>
    public ImmutableArray<NotTraded> NotTraded
    {
        get
        {
            var named = Plan?.NotTraded ?? [];
            // New money and a plan that a person asks for do not go by the region.
            if (Intent is not null && !Intent.Answers.Any(a => a.Result.Fired)) return named;
            return [.. named, .. (RegionLines.Of(Now.Policy, Decision)?.Inside() ?? []).Where(n => named.All(m => m.Asset != n.Asset))];
        }
    }

    public static Planned Of(Present.Asked asked, Ways ways, ParseResult parsed)
    {
        var cash = ways.CashOf(parsed);
        return Of(asked.Read(parsed, cash), parsed.GetValue(ways.Now));
    }

    /// <param name="anyway">Plan to the targets though no rule fires.</param>
    public static Planned Of(Present now, bool anyway)
    {
        var cash = now.Sight.Flow;
        var decision = Decider.Decide(now.Policy, now.Sight, Memory.Empty, anyway);
        var invested = cash != 0 && decision.Targets is not null ? Decider.Invest(decision, cash, now.Policy.Base) : null;
        var intent = cash < 0 ? invested : decision.Intent ?? invested; // Money that must be raised comes before what the rules say.
        if (intent is null) return new Planned(now, decision, null, null, null);
        return Planner.Make(intent, decision.Portfolio, RulesOf(now, decision)) switch
        {
            PlanResult.Made(var plan) => Reviewed(new Planned(now, decision, intent, plan, null), plan),
            PlanResult.Refused(var code, var reason) => new Planned(now, decision, intent, null, (code, reason)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The same with other quantities, held against the same limits. What breaks one is shown with the objection: it is a question, nothing is sent.</summary>
    /// <param name="quantities">By number of a trade; zero takes it out.</param>
    public Planned Edited(IReadOnlyDictionary<int, decimal> quantities)
    {
        if (Plan is not { } plan || Intent is not { } intent) return this;
        return Planner.Edited(intent, Decision.Portfolio, RulesOf(Now, Decision), plan, quantities) switch
        {
            PlanResult.Made(var edited) => Reviewed(this with { Plan = edited }, edited) with { Plan = edited },
            PlanResult.Refused(var code, var reason) => this with { Refusal = (code, reason) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static PlanRules RulesOf(Present now, Decision decision) =>
        PlanRules.Of(now.Policy, now.Instruments, Memory.Empty, now.Sight.At) with { Risk = RiskOf(now, decision), Liquidity = LiquidityOf(now, decision) };

    /// <summary>A plan that breaks a limit is none: the limits always win.</summary>
    private static Planned Reviewed(Planned planned, Plan plan) =>
        Review.Of(plan, planned.Decision.Portfolio, planned.Now.Policy.Limits) is ReviewResult.Refused(var objections)
            ? planned with { Plan = null, Refusal = (objections[0].Code, string.Join("; ", objections.Select(o => o.Reason))) }
            : planned;

    private static ImmutableDictionary<Money.Asset, Liquidity> LiquidityOf(Present now, Decision decision) =>
        now.Policy.Costs.Default.Impact == 0 || now.Sight.History is not { } history ? ImmutableDictionary<Money.Asset, Liquidity>.Empty
        : Liquidities.Of(history, decision.Portfolio.Lines.Select(l => l.Asset), now.Policy.Base);

    private static Risk.RiskModel? RiskOf(Present now, Decision decision) => now.Sight.History is not { } history ? null
        : Risk.RiskModel.Estimate(history, decision.Portfolio.Lines.Select(l => l.Asset), now.Policy.Base, Duration.FromDays(365), now.Sight.BarsAYear);
}
