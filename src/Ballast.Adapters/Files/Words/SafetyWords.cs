using System.Globalization;
using Ballast.Gates;
using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says what no order passes, of what a file sets itself.</summary>
public static class SafetyWords
{
    internal static IEnumerable<string> Of(Policy policy)
    {
        foreach (var limit in GateLimit.All)
            if (limit.Unit != LimitUnit.Wait && policy.Safety.Limits.TryGetValue(limit.Key, out var value)) yield return $"Gate {limit.Code}: {Value(limit, value, policy.Base)} {limit.Words}.";
        if (policy.Safety.Allow is { } allow) yield return $"Gate L13: only {Quoted.And(allow.Select(a => a.Code))} may be traded.";
        if (policy.Safety != SafetyRules.Usual) yield return $"A limit that is raised is in force after {PolicyWords.Span(GateLimits.Of(policy).RaiseAfter)}; one that is lowered, at once.";
    }

    /// <summary>A limit's number as people write it.</summary>
    public static string Value(GateLimit limit, decimal value, Asset unit) => limit.Unit switch
    {
        LimitUnit.Share => Figures.Exact(value * 100) + "%",
        LimitUnit.Multiple => Figures.Exact(value) + "x",
        LimitUnit.Count => value.ToString("0", CultureInfo.InvariantCulture),
        LimitUnit.Money => value == decimal.MaxValue ? "any amount" : $"{Figures.Exact(value)} {unit}",
        // Words of spans leave out the seconds.
        _ => value % 60 == 0 ? PolicyWords.Span(Duration.FromSeconds((double)value)) : Figures.Exact(value) + " s",
    };
}
