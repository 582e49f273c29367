using Ballast.Derivatives;
using Ballast.Hedging;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Triggers;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says which exposure a book is held to, and which delta is meant.</summary>
internal static class HedgeWords
{
    public static IEnumerable<string> Of(Policy policy)
    {
        if (policy.Hedge is { } hedge)
        {
            yield return $"Keep the book of {hedge.Book} at {Aims(hedge.Outlook)}.";
            yield return hedge.Numeraire == Numeraire.Coin
                ? "Delta is counted in coin, the premium of coin-settled options included: none means that your coins neither grow nor shrink with the price, and that holding coins is no exposure."
                : "Delta is counted in money, the coins held as collateral included: none means that your money neither grows nor shrinks with the price.";
            yield return $"Hedge {string.Join(", or ", Reasons(hedge))}; then go {Way(hedge.To)}, with {string.Join(", ", hedge.With)}, {(hedge.Legs == LegMode.Together ? "all legs at once" : "leg by leg in the order that keeps margin lowest")}.";
            foreach (var pause in hedge.Pauses) yield return $"Hedge nothing within {Spans.Words(pause.For / 2)} of {Event(pause.Around)}.";
        }
        if (policy.Margin is { } margin)
            yield return $"Margin by {margin.Rules}: relieve it from {Figures.Percent(margin.Act)} of equity down to {Figures.Percent(margin.Aim)}, and let no step of a plan go above {Figures.Percent(margin.Stop)}.";
    }

    private static string Aims(Outlook outlook) => string.Join(", ", Enum.GetValues<Greek>().Select(g => (Greek: g, Aim: outlook.Of(g))).Where(x => x.Aim is not Aim.Free).Select(x => Say(x.Greek, x.Aim)).DefaultIfEmpty("any exposure"));

    private static string Say(Greek greek, Aim aim) => greek.ToString().ToLowerInvariant() + aim switch
    {
        Aim.Between(var low, var high) when low == high => $" {low}",
        Aim.Between(var low, var high) => $" between {low} and {high}",
        Aim.OfEquity(var share) => $" {Figures.Percent(share)} of its equity",
        _ => "",
    } + (greek switch { Greek.Gamma => " per 1 %", Greek.Vega => " per point of volatility", _ => "" });

    private static IEnumerable<string> Reasons(HedgeRules hedge) =>
    [
        .. hedge.Band switch
        {
            DeltaBand.Fixed(var half) => [$"when delta is more than {half} from there"],
            DeltaBand.LeastCost => [$"when delta leaves the band that costs least (Whalley-Wilmott, risk aversion {hedge.RiskAversion:0.###})"],
            _ => Array.Empty<string>(),
        },
        .. hedge.When.Select(r => r is Every every ? every.Schedule.Words : "when " + r.Words),
        .. hedge.Band is null && hedge.When.IsEmpty ? ["only when asked to"] : Array.Empty<string>(),
    ];

    private static string Way(HedgeTo to) => to switch { HedgeTo.BandEdge => "to the nearest edge of the band", HedgeTo.Target => "all the way", _ => "half-way from the edge to the target" };

    private static string Event(VenueEvent around) => around switch
    {
        VenueEvent.Funding => "funding (00:00, 08:00 and 16:00 UTC)",
        VenueEvent.Settlement => "settlement (08:00 UTC)",
        _ => "an expiry of what the book holds",
    };
}
