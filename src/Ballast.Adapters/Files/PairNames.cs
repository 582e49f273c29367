using Ballast.Money;

namespace Ballast.Adapters.Files;

/// <summary>Tells which pair a name means: BTC, BTCUSDT, ETH/BTC, BTC-USDT. A quote equal to the base asset is dropped.</summary>
internal static class PairNames
{
    /// <summary>Quote assets that a venue's symbol may end in, longest first so that FDUSD is not read as USD.</summary>
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDE", "DAI", "USD", "EUR", "GBP", "JPY", "AUD", "CAD", "CHF", "TRY", "BRL", "BTC", "ETH", "BNB", "SOL"];

    /// <summary>Assets whose own names end in a quote asset's: a wrapped or staked form, or another dollar.</summary>
    private static readonly HashSet<string> WholeNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "FDUSD", "BUSD", "TUSD", "PYUSD", "GUSD", "LUSD", "SUSD", "RLUSD", "CRVUSD", "USDD", "AUSD", "CUSD", "EURUSD", "SUSDE", "SDAI", "XDAI",
        "WBTC", "CBBTC", "TBTC", "LBTC", "HBTC", "RENBTC", "BTCB", "SOLVBTC", "FBTC",
        "WETH", "STETH", "WSTETH", "CBETH", "RETH", "WBETH", "EETH", "WEETH", "METH", "EZETH", "RSETH", "OSETH", "SWETH", "FRXETH", "SFRXETH", "BETH",
        "WBNB", "SLISBNB", "WSOL", "MSOL", "JITOSOL", "BNSOL", "BSOL", "JUPSOL",
    };

    /// <summary>The pair of a column: an asset in the base, unless it says otherwise by a slash.</summary>
    public static (Asset Base, Asset Quote) OfColumn(string name, Asset baseAsset) =>
        Split(name, '/') ?? WithoutBase(name, baseAsset) ?? (new Asset(name), baseAsset);

    /// <summary>The pair of a venue's symbol, in a file's name or a symbol column.</summary>
    public static (Asset Base, Asset Quote) OfSymbol(string name, Asset baseAsset) =>
        Split(name, '/') ?? Split(name, '-') ?? Split(name, '_') ?? WithoutBase(name, baseAsset) ?? WithQuote(name) ?? (new Asset(name), baseAsset);

    private static (Asset, Asset)? Split(string name, char separator)
    {
        var at = name.IndexOf(separator);
        return at > 0 && at < name.Length - 1 && at == name.LastIndexOf(separator) ? (new Asset(name[..at].Trim()), new Asset(name[(at + 1)..].Trim())) : null;
    }

    private static (Asset, Asset)? WithoutBase(string name, Asset baseAsset) =>
        EndsIn(name, baseAsset.Code, leastBefore: 1) ? (new Asset(Before(name, baseAsset.Code)), baseAsset) : null;

    private static (Asset, Asset)? WithQuote(string name)
    {
        foreach (var quote in Quotes)
            if (EndsIn(name, quote, leastBefore: quote.Length > 3 ? 1 : 2)) return (new Asset(Before(name, quote)), new Asset(quote));
        return null;
    }

    private static bool EndsIn(string name, string quote, int leastBefore) =>
        name.Length >= quote.Length + leastBefore && name.EndsWith(quote, StringComparison.OrdinalIgnoreCase) && !WholeNames.Contains(name);

    /// <summary>What stands before the quote; in capitals where the venue writes its symbols small.</summary>
    private static string Before(string name, string quote) =>
        name.EndsWith(quote, StringComparison.Ordinal) ? name[..^quote.Length] : name[..^quote.Length].ToUpperInvariant();
}
