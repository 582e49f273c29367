using Ballast.Money;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>What a policy wants done: which weights to reach, with which kind of trades, and why. Not yet orders.</summary>
/// <param name="Reason">The sentence that a person reads first.</param>
/// <param name="Wanted">The weight to reach for every line; what is missing to one is cash. Assets that are held and not wanted stand here with what they are to keep.</param>
/// <param name="Targets">The targets themselves, to measure the remaining drift against.</param>
/// <param name="Mode">Which trades are allowed.</param>
/// <param name="NewCash">Money to put to work (or, negative, to raise) in mode cash-flow, in base; null: all cash above the buffer.</param>
/// <param name="Answers">What every rule said.</param>
public sealed record Intent(
    string Reason, ImmutableArray<TargetWeight> Wanted, TargetSet Targets, Mode Mode, decimal? NewCash, ImmutableArray<RuleAnswer> Answers)
{
    /// <summary>
    /// Where single moves are wanted rather than a whole mix: the changes of weight, and nothing else is traded, neither to pay for their costs nor because
    /// prices have moved on before the fill. Null where the wanted weights are what counts.
    /// </summary>
    public ImmutableSortedDictionary<Asset, decimal>? Moves { get; init; }
}

/// <summary>A rule and what it said.</summary>
public sealed record RuleAnswer(ITrigger Rule, TriggerResult Result);
