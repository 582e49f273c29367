using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ballast.Money;

namespace Ballast.App.Output;

/// <summary>The JSON of the contract: exact things as decimal strings, estimates as numbers, never NaN or Infinity, times in UTC.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Exact(decimal? value) => value is { } v ? JsonValue.Create(Figures.Exact(v)) : null;

    /// <summary>An estimate; what is not a finite number is null.</summary>
    public static JsonNode? Estimate(double? value) => value is { } v && double.IsFinite(v) ? JsonValue.Create(v == 0 ? 0.0 : v) : null;

    /// <summary>Money that was computed in doubles: all its digits, as a decimal string.</summary>
    public static JsonNode? Money(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value.ToString("0.####################", CultureInfo.InvariantCulture)) : null;

    public static JsonNode Time(Instant at) => JsonValue.Create(Iso(at));

    /// <summary>ISO-8601 with Z, seconds unless there are fractions.</summary>
    public static string Iso(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray Texts(IEnumerable<string> items) => new([.. items.Select(i => (JsonNode?)JsonValue.Create(i))]);

    public static string Text(JsonObject value) => value.ToJsonString(Indented);
}
