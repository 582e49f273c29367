using Ballast.Holdings;
using Ballast.Money;
using Ballast.Targets;
using Ballast.Triggers;

namespace Ballast.Planning;

/// <summary>What came of one look: act or hold, with what every rule said, and what to remember.</summary>
/// <param name="Intent">What is to be done; null to hold.</param>
/// <param name="Why">The sentence that a person reads first.</param>
/// <param name="Portfolio">What was looked at.</param>
/// <param name="Targets">The targets that can be reached; null where they are not known.</param>
/// <param name="Answers">Every rule and what it said.</param>
/// <param name="Memory">For the next look.</param>
public sealed record Decision(
    Intent? Intent, Sentence Why, Portfolio Portfolio, TargetSet? Targets, ImmutableArray<RuleAnswer> Answers, Memory Memory)
{
    public string Reason => Why.ToString();

    /// <summary>All that the rules saw; null where they were not asked.</summary>
    public Look? Look { get; init; }

    /// <summary>Why the targets were not computed anew though they were due, and the old ones stay; null where nothing was refused.</summary>
    public string? Refused { get; init; }
}
