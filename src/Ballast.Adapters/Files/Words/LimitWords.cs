using Ballast.Money;
using Ballast.Planning;

namespace Ballast.Adapters.Files.Words;

/// <summary>Says what may not happen.</summary>
internal static class LimitWords
{
    public static IEnumerable<string> Of(Limits limits)
    {
        if (Sizes(limits) is { Length: > 0 } sizes) yield return sizes;
        if (limits.Turnover is { } most) yield return $"Trade at most {Figures.Percent(most.Share)} of value a {Period(most.Per)}, both sides counted.";
        if (limits.Slippage is { } slip) yield return $"Accept at most {Figures.Bps(slip)} of slippage.";
        if (limits.PriceAge is { } age) yield return $"A price older than {PolicyWords.Span(age)} is not traded on.";
        if (limits.GrossExposure is { } gross) yield return $"Gross exposure stays from {Figures.Exact(gross.Low)}x to {Figures.Exact(gross.High)}x.";
        foreach (var (asset, range) in limits.Weights) yield return $"{asset} stays from {Range(range)} of value.";
        if (limits.EachWeight is { } each) yield return $"Each {(limits.Weights.IsEmpty ? "" : "other ")}asset stays from {Range(each)} of value.";
        foreach (var group in limits.Groups) yield return $"{Quoted.And(group.Of.Select(a => a.Code))} together stay from {Range(group.Share)} of value.";
        if (!limits.NeverBuy.IsEmpty) yield return $"Never buy {Names(limits.NeverBuy)}.";
        if (!limits.NeverSell.IsEmpty) yield return $"Never sell {Names(limits.NeverSell)}.";
    }

    private static string Sizes(Limits limits)
    {
        var least = limits.MinTrade.Value > 0 ? $"below {limits.MinTrade}" : null;
        var most = limits.MaxTrade is { } max ? $"above {max}" : null;
        var trade = least is null && most is null ? null : "no trade " + string.Join(" or ", new[] { least, most }.OfType<string>());
        var count = limits.MaxTrades is { } n ? $"at most {PolicyWords.Count(n, "trade")} at a time" : null;
        var kept = limits.CashBuffer.Value > 0 ? limits.CashBuffer.ToString() : limits.CashBufferShare > 0 ? Figures.Percent(limits.CashBufferShare) + " of value" : null;
        var text = string.Join("; ", new[] { trade, count, kept is null ? null : $"keep {kept} in cash" }.OfType<string>());
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    private static string Period(Period per) => per.Years > 0 ? "year" : per.Months > 0 ? "month" : per.Weeks > 0 ? "week" : "day";

    private static string Range(ShareRange range) => $"{Figures.Percent(range.Low)} to {Figures.Percent(range.High)}";

    private static string Names(IEnumerable<Asset> assets) => Quoted.Or(assets.Order().Select(a => a.Code));
}
