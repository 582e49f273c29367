using Ballast.Adapters.Files;
using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Holdings;
using Ballast.Instruments;
using Ballast.Margin;
using Ballast.Market;
using Ballast.Numerics.Allocation;
using Ballast.Planning;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.App.Commands;

/// <summary>A policy's hedge of a book, decided: the plan, or why there is none.</summary>
internal sealed record Hedged(Policy Policy, Desk Desk, Answer<HedgePlan> Answer)
{
    public HedgePlan? Plan => (Answer as Answer<HedgePlan>.Found)?.Value;

    public static Hedged Of(Policy policy, Desk desk, bool anyway)
    {
        if (policy.Hedge is not { } hedge) throw new InvalidInputException($"{policy.Name} has no `hedge` section: it says which exposure its book should have, and with what it is corrected");
        return new(policy, desk, HedgeDecider.Decide(hedge, SightOf(policy, hedge, desk), LookOf(policy, desk), anyway));
    }

    private static HedgeSight SightOf(Policy policy, HedgeRules hedge, Desk desk)
    {
        var costs = policy.Costs.At(hedge.Book);
        return new(desk.Book, desk.Chain, [.. hedge.With.Select(w => desk.Contracts.Find(w.Text)).OfType<Instrument.Derivative>()],
            costs.ContractsOrAll, costs.Spread, policy.Limits.MinTrade, policy.Limits.MaxTrade)
        {
            Preset = PresetOf(policy, desk), Limits = policy.Margin,
        };
    }

    private static MarginPreset? PresetOf(Policy policy, Desk desk)
    {
        if (policy.Margin is not { } margin) return null;
        var underlying = desk.Book.Underlyings is [var only] ? only : (Money.Asset?)null;
        return MarginPresetFile.BuiltIn.Find(margin.Rules, underlying)
            ?? throw new InvalidInputException($"margin: there is no preset `{margin.Rules}` for {(underlying is { } coin ? coin.Code : "a book of several underlyings")} (UNKNOWN_PRESET); {MarginPresetFile.Advice(margin.Rules)}");
    }

    /// <summary>The book's balances as a portfolio, for rules that look at one.</summary>
    private static Look LookOf(Policy policy, Desk desk)
    {
        var account = policy.Accounts.First(a => a.Name == policy.Hedge!.Book);
        var quotes = desk.Book.Underlyings.Where(u => desk.Chain.Index(u) is not null).Select(u => new Quote(new(desk.Chain.Index(u)!.Value, u, new("USD")), desk.Chain.At));
        var holdings = new Book([account], [.. desk.Book.Balances.Select(b => new Holding(b.Amount.Asset, b.Amount.Value, account.Name))]);
        var portfolio = new Portfolio(policy.Base, holdings, new MarketSnapshot(desk.Chain.At, quotes), policy.Holdings, []);
        return new Look(desk.Chain.At, null, portfolio, null, 365, 0, new TargetSet([], 0, []), new Reach(portfolio, WeightBounds.None), policy.Costs, 0, Memory.Empty);
    }
}
