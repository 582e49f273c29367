using System.Globalization;
using System.Text.Json;
using Ballast.Numerics.Derivatives;
using Ballast.Numerics.Margin;
using Ballast.Numerics.Options;

namespace Ballast.Tests.Numerics.Margin;

/// <summary>Reads the reference values of margin and liquidation.</summary>
internal static class MarginVectors
{
    /// <summary>The whole file; the test skips, with the reason, where it is not there.</summary>
    public static JsonElement Json(string name)
    {
        var path = Path.Combine(Repository.Vectors, "derivatives", name);
        Assert.SkipUnless(File.Exists(path), $"needs derivatives/{name} beside the vectors: set BALLAST_VECTORS");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    public static double Number(this JsonElement item, string key) => item.GetProperty(key).GetDouble();

    public static double Number(this JsonElement item, string key, double otherwise) => item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    public static double[] Numbers(this JsonElement item, string key) => [.. item.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];

    public static bool Is(this JsonElement item, string key, string text) => item.TryGetProperty(key, out var value) && value.GetString() == text;

    public static OptionKind Right(this JsonElement item) => item.Is("cp", "C") ? OptionKind.Call : OptionKind.Put;

    /// <summary>A venue's own names of its parameters.</summary>
    public static ScenarioRules Rules(JsonElement p) => new(
        ScenarioRules.Grid(p.Number("price_range"), (int)p.Number("buckets"), p.Numbers("extended_moves"), p.Number("extended_table_factor")),
        new(p.Number("volatility_range_up"), p.Number("volatility_range_down"))
        {
            UpFloor = p.Number("min_volatility_for_shock_up"), ShortPower = p.Number("short_term_vega_power"), LongPower = p.Number("long_term_vega_power"), LeastDays = p.Number("dte_floor_days"),
        })
    {
        Edge = p.Number("price_range"), Dampener = p.Number("extended_dampener"), GainsKept = p.Number("pnl_offset"),
        Roll = new(p.Number("annualised_move_risk"), p.Number("min_annualised_move")),
        Liquidity = new(p.Number("delta_total_liq_shock_threshold"), p.Number("m_inc"), p.Number("max_delta_shock")),
        MaintenanceFactor = p.Number("mm_factor"), Decimals = 9,
    };

    /// <summary>A coin-settled position; futures stand at the index where the file has no price of theirs.</summary>
    public static Leg Inverse(JsonElement p, double index) => p.Is("type", "option")
        ? new Leg(LegKind.InverseOption, p.Number("qty"), p.Number("F"), p.Number("T")) { Right = p.Right(), Strike = p.Number("K"), Volatility = p.Number("sigma") }
        : new Leg(LegKind.InverseFuture, p.Number("qty"), index, p.Number("T", 0));

    /// <summary>Within a part of the reference or an absolute amount.</summary>
    public static void Near(double expected, double actual, double relative, double absolute, string where) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Max(relative * Math.Abs(expected), absolute), $"{where}: {actual.ToString("R", CultureInfo.InvariantCulture)}, expected {expected.ToString("R", CultureInfo.InvariantCulture)}");
}
