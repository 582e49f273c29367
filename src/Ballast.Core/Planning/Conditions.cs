using Ballast.Holdings;
using Ballast.Money;

namespace Ballast.Planning;

/// <summary>Says which part of a line cannot be sold because of its condition: locked, staked, earning, cold, or pledged.</summary>
internal static class Conditions
{
    public static Obstacle? Of(DraftLine draft, Portfolio portfolio)
    {
        var now = portfolio.Market.At;
        var kept = portfolio.Book.Holdings
            .Where(h => h.Asset == draft.Asset && h.Quantity > 0 && portfolio.Rules.Of(h.StatusAt(now)) is { Counts: true, Sell: SellRule.No })
            .GroupBy(h => h.StatusAt(now)).OrderBy(g => g.Key).ToArray();
        if (kept.Length == 0) return null;
        var parts = kept.Select(g => $"{Word(g.Key)} {Figures.Exact(g.Sum(h => h.Quantity))} of {Figures.Exact(draft.Line.Quantity)}{Until(g)}");
        return new(kept[0].Key.ToString().ToUpperInvariant(), $"{string.Join(", ", parts)}: they count, and are never sold");
    }

    private static string Word(HoldingStatus status) => status switch
    {
        HoldingStatus.Earn => "lent out",
        HoldingStatus.Cold => "in cold storage",
        HoldingStatus.Collateral => "pledged as collateral",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string Until(IEnumerable<Holding> holdings) =>
        holdings.Max(h => h.Unlock) is { } unlock && holdings.All(h => h.Unlock is not null)
            ? $" until {unlock.InUtc().Date.ToString("d MMM uuuu", null)}" : "";
}
