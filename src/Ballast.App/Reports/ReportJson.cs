using System.Text.Json.Serialization;

namespace Ballast.App.Reports;

/// <summary>Writes the JSON block of a page: camelCase, the kind first, and safe inside HTML.</summary>
/// <remarks>The default encoder writes every <c>&lt;</c> as <c>\u003C</c>, so that no text can close the script element.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(InkNumber)])]
[JsonSerializable(typeof(PageData))]
internal sealed partial class ReportJson : JsonSerializerContext;
