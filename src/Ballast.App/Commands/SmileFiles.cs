using System.Globalization;
using System.Text;
using Ballast.App.Output;
using Ballast.App.Reports;
using Ballast.Derivatives;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>What <c>smile --out</c> writes.</summary>
internal static class SmileFiles
{
    private const int Steps = 80;

    public static void Write(string folder, SmileReport report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "smile.csv"), Csv(report));
        File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Render(Page(report)));
    }

    /// <summary>A row a strike: what the venue said, what the smile says, and the density's sign there.</summary>
    private static string Csv(SmileReport report)
    {
        var text = new StringBuilder("underlying,settlement,expiry,years,forward,strike,logMoneyness,volatility,fitted,error,butterfly\n");
        foreach (var s in report.Smiles)
        {
            if (s.Found?.Smile is not { } smile) continue;
            foreach (var (contract, quote) in s.Strikes)
            {
                var (k, fitted) = (quote.LogMoneyness, smile.Volatility(quote.LogMoneyness));
                text.Append(CultureInfo.InvariantCulture, $"{s.Underlying},{s.Settlement},{Json.Iso(s.Expiry)},{s.Years:R},{Figures.Exact(s.Forward!.Value)},{Figures.Exact(contract.Strike)},");
                text.Append(CultureInfo.InvariantCulture, $"{k:R},{quote.Volatility:R},{fitted:R},{fitted - quote.Volatility:R},{smile.Variance(k).Butterfly(k):R}\n");
            }
        }
        return text.ToString();
    }

    private static SmileData Page(SmileReport report) => new()
    {
        Name = $"Smiles of {string.Join(" and ", report.Smiles.Select(s => s.Underlying.Code).Distinct())}",
        Verdict = [.. report.Smiles.GroupBy(s => (s.Underlying, s.Settlement)).Select(g => $"{SmileText.Name([.. g])}: *{SmileText.Verdict([.. g])}*.")],
        Flags = [],
        Notes = [.. report.Smiles.SelectMany(s => SmileText.Remarks(s, report.Before(s)).Select(remark => $"{s.Underlying} {remark}"))],
        Period = $"{Path.GetFileName(report.Path)} at {Words.Time(report.Chain.At)}",
        Computed =
        [
            new("Fitted to", "mark volatilities of the option out of the money, weighted by vega up to half of the highest"),
            new("Curve", "raw SVI (Gatheral), free of butterfly arbitrage; a monotone cubic over deltas where that fails or fits worse"),
            new("Least g", "Durrleman's condition on ±max(2, 8√w); below 0 a butterfly has a negative price"),
            new("Input", Digest.Short(Digest.OfPath(report.Path))),
        ],
        Smiles = [.. report.Smiles.Where(s => s.Found is not null).Select(Curve)],
    };

    private static SmileCurve Curve(ChainSmile s)
    {
        var (first, last) = (s.Strikes[0].Quote.LogMoneyness, s.Strikes[^1].Quote.LogMoneyness);
        return new(Words.Date(s.Expiry), SmileText.Name([s]), [.. s.Strikes.Select(x => new SmilePoint(x.Quote.LogMoneyness, x.Quote.Volatility))],
            [.. Enumerable.Range(0, Steps + 1).Select(i => first + (last - first) * i / Steps).Select(k => new SmilePoint(k, s.Found!.Smile.Volatility(k)))],
            [.. SmileText.Cells(s).Where((_, column) => column != 1)]);
    }
}
