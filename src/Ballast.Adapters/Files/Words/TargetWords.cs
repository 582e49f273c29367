using Ballast.Money;
using Ballast.Planning;
using Ballast.Targets;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says what is to be held.</summary>
internal static class TargetWords
{
    /// <summary>Longer trees are told sleeve by sleeve.</summary>
    public static IEnumerable<string> Of(Policy policy)
    {
        var book = policy.Accounts.Length == 1 ? "" : $" of one book in {policy.Accounts.Length} accounts";
        yield return $"Hold {Level(policy.Targets, policy.Base)}{book}.";
        foreach (var sentence in Sleeves(policy.Targets, policy.Base)) yield return sentence;
    }

    private static IEnumerable<string> Sleeves(TargetNode node, Asset cash)
    {
        if (node is not TargetNode.Sleeves sleeves) yield break;
        foreach (var part in sleeves.Parts)
        {
            yield return $"Within {part.Name}: {Level(part.Node, cash)}.";
            foreach (var inner in Sleeves(part.Node, cash)) yield return inner;
        }
    }

    private static string Level(TargetNode node, Asset cash) => node switch
    {
        TargetNode.Weights w => Parts(w.Shares.Select(s => (s.Asset.Code, s.Weight)), node.CashRest, cash),
        TargetNode.Sleeves s => Parts(s.Parts.Select(p => (p.Name, p.Share)), node.CashRest, cash),
        TargetNode.Compute c => Computed(c),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Parts(IEnumerable<(string Name, decimal Share)> parts, bool rest, Asset cash)
    {
        var all = parts.ToArray();
        var left = 1m - all.Sum(p => p.Share);
        return string.Join(", ", all.Select(p => $"{p.Name} {Figures.Percent(p.Share)}"))
            + (rest && left > 0 ? $", and the rest of {Figures.Percent(left)} in {cash}" : "");
    }

    private static string Computed(TargetNode.Compute c)
    {
        var assets = Quoted.And(c.Assets.Select(a => a.Code));
        var how = MethodWords.Of(c, assets);
        var scale = c.ScaleTo is { } aim ? $", scaled down to a volatility of {Figures.Percent(aim)} a year" : "";
        return $"{how}{scale}, computed anew {c.Renew.Words}{MethodWords.Fallback(c)}";
    }
}
