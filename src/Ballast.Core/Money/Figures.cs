using System.Globalization;

namespace Ballast.Money;

/// <summary>How figures are written in sentences: grouped by spaces, a true minus, shares as points or per cent.</summary>
public static class Figures
{
    private const char Minus = '−';

    /// <summary>All digits and nothing more: <c>1.50</c> is written 1.5. What files and JSON carry.</summary>
    public static string Exact(decimal value) => (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    /// <summary>Money for people: <c>128 438.40</c>.</summary>
    public static string Money(decimal value, int decimals = 2) => Grouped(value.ToString("N" + decimals, CultureInfo.InvariantCulture));

    /// <summary>A quantity for people: to the eighth decimal, never rounded up; files and JSON carry all digits.</summary>
    public static string Quantity(decimal value) => Exact(decimal.Truncate(value * 100_000_000m) / 100_000_000m);

    /// <summary>Money in the decimals that its unit is counted in: two for currencies and their stablecoins, eight for coins.</summary>
    public static string Money(decimal value, Asset unit) => Money(value, DecimalsOf(unit));

    /// <summary>Whole money where cents would only clutter a column; coins keep four decimals.</summary>
    public static string WholeMoney(decimal value, Asset unit) => Money(value, DecimalsOf(unit) == 2 ? 0 : 4);

    /// <summary>Whether an asset is a currency or a coin that stands for one.</summary>
    public static bool IsCurrency(Asset unit) => Currencies.Contains(unit.Code);

    private static int DecimalsOf(Asset unit) => IsCurrency(unit) ? 2 : 8;

    private static readonly HashSet<string> Currencies =
        ["USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "TRY", "BRL", "KRW", "INR", "SGD", "HKD",
         "USDT", "USDC", "DAI", "FDUSD", "TUSD", "BUSD", "USDE", "USDS", "PYUSD", "USDP", "GUSD", "EURC", "EURT", "EURI"];

    /// <summary>A share as points of weight: 0.0866 is <c>8.66</c>.</summary>
    public static string Points(double share, int decimals = 2) => Number(share * 100, decimals);

    /// <summary>A share as per cent: 0.25 is <c>25 %</c>; trailing zeros are dropped.</summary>
    public static string Percent(double share, int decimals = 2) => Trimmed(Number(share * 100, decimals)) + " %";

    public static string Percent(decimal share, int decimals = 4) => Percent((double)share, decimals);

    public static string Number(double value, int decimals = 2) => Grouped(value.ToString("N" + decimals, CultureInfo.InvariantCulture));

    /// <summary>With its sign, where the sign is the news: <c>+8.66</c>, <c>−4.06</c>; zero has none.</summary>
    public static string Signed(double value, int decimals = 2) =>
        Number(value, decimals) is var text && Math.Round(value, decimals) > 0 ? "+" + text : text;

    /// <summary>A fraction of value as basis points: 0.001 is <c>10 bps</c>.</summary>
    public static string Bps(decimal fraction) => Exact(fraction * 10_000m) + " bps";

    /// <summary>A count with its noun: <c>1 bar</c>, <c>5 bars</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Grouped(string invariant)
    {
        var text = invariant.Replace(',', ' ');
        if (text.StartsWith('-'))
            text = text.AsSpan(1).ContainsAnyInRange('1', '9') ? Minus + text[1..] : text[1..];
        return text;
    }

    private static string Trimmed(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}
