using Ballast.Money;

namespace Ballast.Planning;

/// <summary>What a portfolio file says of the last check before a venue; where it says nothing, the usual holds.</summary>
public sealed record SafetyRules
{
    public static SafetyRules Usual { get; } = new();

    /// <summary>Limits by their key: shares and multiples as fractions, money in the base asset, spans in seconds.</summary>
    public ImmutableSortedDictionary<string, decimal> Limits { get; init; } = ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    /// <summary>The only assets that may be traded; null for what the policy names.</summary>
    public ImmutableSortedSet<Asset>? Allow { get; init; }
}
