using Ballast.Adapters.Files;
using Ballast.Engine.Running;
using Ballast.Hedging;
using Ballast.Margin;
using Ballast.Numerics.Allocation;
using Ballast.Planning;

namespace Ballast.App.Commands;

/// <summary>A policy's hedge of a book, decided: the plan, or why there is none.</summary>
internal sealed record Hedged(Policy Policy, Desk Desk, Answer<HedgePlan> Answer)
{
    public HedgePlan? Plan => (Answer as Answer<HedgePlan>.Found)?.Value;

    public static Hedged Of(Policy policy, Desk desk, bool anyway)
    {
        if (policy.Hedge is null) throw new InvalidInputException($"{policy.Name} has no `hedge` section: it says which exposure its book should have, and with what it is corrected");
        var sources = new HedgeSources(policy, desk.Contracts.Find, underlying => PresetOf(policy, underlying));
        return new(policy, desk, HedgeLooking.Look(sources, desk.Book, desk.Chain, anyway).Answer);
    }

    /// <summary>The margin preset that a policy names; null where it says nothing of margin.</summary>
    /// <param name="underlying">What the book is on; null for several.</param>
    internal static MarginPreset? PresetOf(Policy policy, Money.Asset? underlying) => policy.Margin is not { } margin ? null
        : MarginPresetFile.BuiltIn.Find(margin.Rules, underlying)
        ?? throw new InvalidInputException($"margin: there is no preset `{margin.Rules}` for {(underlying is { } coin ? coin.Code : "a book of several underlyings")} (UNKNOWN_PRESET); {MarginPresetFile.Advice(margin.Rules)}");
}
