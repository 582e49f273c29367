using System.Globalization;
using System.Text;
using Ballast.App.Output;
using Ballast.Money;

namespace Ballast.App.Commands;

/// <summary>What <c>smile --out</c> writes.</summary>
internal static class SmileFiles
{
    public static void Write(string folder, SmileReport report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "smile.csv"), Csv(report));
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
}
