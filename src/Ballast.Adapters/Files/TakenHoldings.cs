using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ballast.Adapters.Files;

/// <summary>A row that was not taken, and why.</summary>
public sealed record LeftRow(int Line, string Text, string Reason);

/// <summary>One asset of one account, as it was read.</summary>
/// <param name="Price">In the asset that value is counted in; null where the list has none.</param>
public sealed record TakenHolding(string Asset, decimal Quantity, string? Account, decimal? Price);

/// <summary>What became of a foreign list: holdings, what was left out, and what a person should know.</summary>
public sealed partial record TakenHoldings(ImmutableArray<TakenHolding> Holdings, ImmutableArray<LeftRow> Left, ImmutableArray<string> Notes)
{
    /// <summary>Kraken's names of what others call otherwise.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["XBT"] = "BTC", ["XXBT"] = "BTC", ["XETH"] = "ETH", ["XLTC"] = "LTC", ["XXRP"] = "XRP", ["XXLM"] = "XLM", ["XDG"] = "DOGE", ["XXDG"] = "DOGE", ["ZUSD"] = "USD", ["ZEUR"] = "EUR", ["ZGBP"] = "GBP",
    };

    public static TakenHoldings Of(ForeignHoldings list, HoldingColumns columns)
    {
        var (held, left, notes) = (new List<TakenHolding>(), new List<LeftRow>(), new List<string>());
        var zeros = 0;
        foreach (var row in list.Rows)
        {
            var asset = CodeOf(Cell(row, columns.Asset), notes);
            decimal?[] parts = [.. columns.Quantities.Select(q => Cell(row, q) is { Length: > 0 } text ? ForeignNumber.Read(text, list.DecimalComma) : columns.Quantities.Length > 1 ? 0m : null)];
            if (asset is null) left.Add(new(row.Line, row.Text, $"`{Cell(row, columns.Asset)}` is no code of an asset"));
            else if (parts.Any(p => p is null)) left.Add(new(row.Line, row.Text, "the quantity is no number"));
            else if (parts.Sum() is < 0) left.Add(new(row.Line, row.Text, "the quantity is below zero, and a portfolio is long only"));
            else if (parts.Sum() is 0) zeros++;
            else held.Add(new(asset, parts.Sum()!.Value, columns.Account is { } a && PlainName(Cell(row, a)) is { Length: > 0 } name ? name : null, PriceOf(row, list, columns, parts.Sum()!.Value)));
        }
        if (zeros > 0) notes.Add($"{Count(zeros, "row")} with nothing held {(zeros == 1 ? "is" : "are")} left out");
        ImmutableArray<TakenHolding> summed = [.. held.GroupBy(h => (h.Asset, h.Account)).Select(g => Summed([.. g], notes)).OrderBy(h => h.Account, StringComparer.Ordinal).ThenBy(h => h.Asset, StringComparer.Ordinal)];
        return new(summed, [.. left], [.. notes.Distinct()]);
    }

    /// <summary>As every verb reads holdings.</summary>
    public string HoldingsCsv()
    {
        var accounts = Holdings.Any(h => h.Account is not null);
        var csv = new StringBuilder(accounts ? "asset,quantity,account\n" : "asset,quantity\n");
        foreach (var h in Holdings) csv.Append(CultureInfo.InvariantCulture, $"{h.Asset},{h.Quantity}{(accounts ? "," + Place(h.Account) : "")}\n");
        return csv.ToString();
    }

    /// <summary>One row of prices, of the list itself; null where an asset has none.</summary>
    /// <param name="unit">What value is counted in, whose own price is one.</param>
    public string? PricesCsv(string unit, LocalDate day)
    {
        var prices = Holdings.Where(h => h.Asset != unit).GroupBy(h => h.Asset).Select(g => (Asset: g.Key, g.First().Price)).ToArray();
        return prices.Length == 0 || prices.Any(p => p.Price is not > 0) ? null
            : string.Create(CultureInfo.InvariantCulture, $"timestamp,{string.Join(',', prices.Select(p => p.Asset))}\n{day:uuuu-MM-dd},{string.Join(',', prices.Select(p => p.Price))}\n");
    }

    private static TakenHolding Summed(TakenHolding[] same, List<string> notes)
    {
        if (same.Length > 1) notes.Add($"{same[0].Asset} stands in {same.Length} rows{(same[0].Account is { } a ? $" of {a}" : "")}; they are summed");
        return same[0] with { Quantity = same.Sum(h => h.Quantity), Price = same.Select(h => h.Price).FirstOrDefault(p => p is not null) };
    }

    private static decimal? PriceOf(ForeignRow row, ForeignHoldings list, HoldingColumns columns, decimal quantity) =>
        columns.Price is { } p && ForeignNumber.Read(Cell(row, p), list.DecimalComma) is > 0 and var price ? price
        : columns.Value is { } v && ForeignNumber.Read(Cell(row, v), list.DecimalComma) is > 0 and var value ? Math.Round(value / quantity, 12) : null;

    /// <summary>BTC of `btc`, `Bitcoin (BTC)`, `BTC - Bitcoin` and Kraken's `XXBT`; of `ETH.S`, what is staked there, ETH.</summary>
    private static string? CodeOf(string cell, List<string> notes)
    {
        var code = InBrackets().Match(cell) is { Success: true } m ? m.Groups[1].Value : cell.Split([" - ", " – ", " "], 2, StringSplitOptions.None)[0];
        code = code.Trim().ToUpperInvariant();
        if (StakedForm().Match(code) is { Success: true } staked)
        {
            notes.Add($"{code} is read as {staked.Groups[1].Value}; mark in the file what is staked and cannot be sold");
            code = staked.Groups[1].Value;
        }
        if (Aliases.TryGetValue(code, out var usual))
        {
            notes.Add($"{code} is read as {usual}");
            code = usual;
        }
        return CodeForm().IsMatch(code) ? code : null;
    }

    private static string Cell(ForeignRow row, int column) => column < row.Cells.Length ? row.Cells[column] : "";

    /// <summary>As a portfolio file names an account: My-Binance of `My Binance`.</summary>
    private static string PlainName(string text) => Odd().Replace(text.Trim(), "-").Trim('-') is var name && name.Length > 30 ? name[..30] : name;

    private static string Place(string? account) => account is null ? "" : account.AsSpan().ContainsAny(',', '"') ? $"\"{account.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : account;

    private static string Count(int count, string what) => Money.Figures.Count(count, what);

    [GeneratedRegex("[^A-Za-z0-9._+-]+")]
    private static partial Regex Odd();

    [GeneratedRegex(@"\(([A-Za-z0-9.]{1,12})\)\s*\z")]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"\A([A-Z0-9]{2,10})\.[SFBMP]\z")]
    private static partial Regex StakedForm();

    [GeneratedRegex(@"\A[A-Z0-9]{1,15}\z(?<!\A[0-9]+)")]
    private static partial Regex CodeForm();
}
