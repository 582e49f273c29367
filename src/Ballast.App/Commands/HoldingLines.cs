using System.Text.Json.Nodes;
using Ballast.App.Output;
using Ballast.Holdings;
using Ballast.Market;
using Ballast.Money;
using Ballast.Planning;
using Ballast.Risk;

namespace Ballast.App.Commands;

/// <summary>One asset as a person wants to see it: held, worth, wanted, and how much of the risk it carries.</summary>
internal sealed record HoldingLine(
    Asset Asset, decimal Quantity, decimal? Price, string? NoPrice, decimal Value, double Weight, double? Target, double? RiskShare, bool Outside, string Note)
{
    public double? Drift => Target is { } t ? Weight - t : null;

    public JsonObject ToJson() => new()
    {
        ["asset"] = Asset.Code,
        ["quantity"] = Json.Exact(Quantity),
        ["price"] = Json.Exact(Price),
        ["value"] = Price is null ? null : Json.Exact(Value),
        ["weight"] = Json.Estimate(Weight),
        ["target"] = Json.Estimate(Target),
        ["drift"] = Json.Estimate(Drift),
        ["riskShare"] = Json.Estimate(RiskShare),
        ["notes"] = NoPrice is null ? null : Json.Texts([NoPrice]),
    };
}

/// <summary>Makes the lines, largest drift first, and writes them.</summary>
internal static class HoldingLines
{
    public static IReadOnlyList<HoldingLine> Of(Present now, Decision decision)
    {
        var portfolio = decision.Portfolio;
        var model = now.Sight.History is { } history
            ? RiskModel.Estimate(history, portfolio.Lines.Select(l => l.Asset), portfolio.Base, Duration.FromDays(365), now.Sight.BarsAYear) : null;
        var breached = decision.Answers.Where(a => a.Result.Bands is not null).SelectMany(a => a.Result.Bands!.ByAsset)
            .Where(b => b.Value.Breached(portfolio.WeightOf(b.Key))).Select(b => b.Key).ToHashSet();
        var shares = model?.Shares(portfolio.WeightOf) is { } all ? model.Assets.Zip(all).ToDictionary(x => x.First, x => x.Second) : null;
        return [.. portfolio.Lines.Where(l => l.Quantity != 0 || l.Value != 0 || decision.Targets?.Names(l.Asset) == true || l.Asset == portfolio.Base)
            .Select(l => new HoldingLine(
                l.Asset, l.Quantity, l.Price, (l.Valuation as Valuation.Unknown)?.Reason, l.Value, portfolio.WeightOf(l.Asset), Target(decision, l.Asset),
                shares is null ? null : shares.GetValueOrDefault(l.Asset), breached.Contains(l.Asset), Note(portfolio, l)))
            .OrderByDescending(l => Math.Abs(l.Drift ?? 0)).ThenBy(l => l.Asset)];
    }

    public static string Table(IReadOnlyList<HoldingLine> lines, Asset unit)
    {
        var table = new Table("asset", ">quantity", ">price", ">value", ">weight", ">target", ">drift", "", ">risk share", "");
        foreach (var l in lines)
            table.Row(l.Asset.Code, Figures.Quantity(l.Quantity), l.Price is { } p ? Words.Price(p) : "no price", l.Price is null ? "–" : Figures.WholeMoney(l.Value, unit), l.Price is null ? "–" : Figures.Points(l.Weight),
                l.Target is { } t ? Figures.Points(t) : "–", l.Drift is { } d ? Figures.Signed(d * 100) : "–", l.Outside ? "◆" : "",
                l.RiskShare is { } r ? Figures.Points(r, 1) : "–", l.Note);
        return table.ToString();
    }

    private static double? Target(Decision decision, Asset asset) => decision.Targets is not { } targets ? null
        : targets.Names(asset) ? (double)targets.Of(asset)
        : asset == decision.Portfolio.Base && targets.CashRest > 0 ? (double)targets.CashRest
        : null;

    /// <summary>What of it is not free, and through which asset it is valued, in words.</summary>
    private static string Note(Portfolio portfolio, Line line) => string.Join(", ", Kept(portfolio, line).Concat(Through(line)));

    /// <summary>The assets between the line and the base: a price that is none of its own.</summary>
    private static IEnumerable<string> Through(Line line) =>
        line.Valuation is Valuation.Known { Path: { Length: > 2 } path } ? [$"valued through {string.Join(", ", path[1..^1])}"] : [];

    private static IEnumerable<string> Kept(Portfolio portfolio, Line line) => portfolio.Book.Holdings
        .Where(h => portfolio.Rules.Counted(h.Asset) == line.Asset && (h.StatusAt(portfolio.Market.At) != HoldingStatus.Free || h.Asset != line.Asset))
        .Select(h => $"{Figures.Exact(h.Quantity)} {(h.Asset != line.Asset ? h.Asset.Code : h.StatusAt(portfolio.Market.At).ToString().ToLowerInvariant())}");
}
