using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ballast.Money;
using Ballast.Orders;
using NodaTime.Text;

namespace Ballast.Records;

/// <summary>The one byte form of a record: JSON in the order of its declaration, decimals and times as text, so that anybody can read and hash it.</summary>
public static class RecordCodec
{
    /// <summary>The types of records by their number in the journal. A number is never used again.</summary>
    private static readonly (ushort Type, Type Record)[] Types =
    [
        (1, typeof(JournalRecord.Started)), (2, typeof(JournalRecord.Configured)), (3, typeof(JournalRecord.Decided)), (4, typeof(JournalRecord.PlanCreated)),
        (5, typeof(JournalRecord.PlanApproved)), (6, typeof(JournalRecord.PlanDeclined)), (7, typeof(JournalRecord.PlanMoved)), (8, typeof(JournalRecord.Intended)),
        (9, typeof(JournalRecord.OrderMoved)), (10, typeof(JournalRecord.Filled)), (11, typeof(JournalRecord.External)), (12, typeof(JournalRecord.Reconciled)),
        (13, typeof(JournalRecord.Mismatched)), (14, typeof(JournalRecord.Accepted)), (15, typeof(JournalRecord.Denied)), (16, typeof(JournalRecord.KillSet)),
        (17, typeof(JournalRecord.KillCleared)), (18, typeof(JournalRecord.Remembered)), (19, typeof(JournalRecord.Unwinding)),
        (20, typeof(JournalRecord.LimitsAsked)), (21, typeof(JournalRecord.Paid)),
    ];

    private static readonly Dictionary<Type, (ushort Number, JsonTypeInfo Shape)> ByRecord =
        Types.ToDictionary(t => t.Record, t => (t.Type, RecordShapes.Default.GetTypeInfo(t.Record)!));

    private static readonly Dictionary<ushort, JsonTypeInfo> ByNumber = Types.ToDictionary(t => t.Type, t => RecordShapes.Default.GetTypeInfo(t.Record)!);

    public static ushort TypeOf(JournalRecord record) => ByRecord[record.GetType()].Number;

    /// <summary>The name of a type of record, for people.</summary>
    public static string NameOf(ushort type) => Array.Find(Types, t => t.Type == type).Record?.Name ?? $"type {type}";

    public static byte[] Write(JournalRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, ByRecord[record.GetType()].Shape);

    /// <exception cref="JsonException">The bytes are not a record of that type.</exception>
    public static JournalRecord Read(ushort type, ReadOnlySpan<byte> payload) =>
        ByNumber.TryGetValue(type, out var shape)
            ? (JournalRecord?)JsonSerializer.Deserialize(payload, shape) ?? throw new JsonException("a record may not be null")
            : throw new JsonException($"there is no record of type {type}");
}

/// <summary>How each record is written; generated when the project is built.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, IgnoreReadOnlyProperties = true,
    Converters = [typeof(ExactDecimal), typeof(UtcTime), typeof(SpanOfTime), typeof(AssetCode), typeof(HexId)])]
[JsonSerializable(typeof(JournalRecord.Started))]
[JsonSerializable(typeof(JournalRecord.Configured))]
[JsonSerializable(typeof(JournalRecord.Decided))]
[JsonSerializable(typeof(JournalRecord.PlanCreated))]
[JsonSerializable(typeof(JournalRecord.PlanApproved))]
[JsonSerializable(typeof(JournalRecord.PlanDeclined))]
[JsonSerializable(typeof(JournalRecord.PlanMoved))]
[JsonSerializable(typeof(JournalRecord.Intended))]
[JsonSerializable(typeof(JournalRecord.OrderMoved))]
[JsonSerializable(typeof(JournalRecord.Filled))]
[JsonSerializable(typeof(JournalRecord.External))]
[JsonSerializable(typeof(JournalRecord.Reconciled))]
[JsonSerializable(typeof(JournalRecord.Mismatched))]
[JsonSerializable(typeof(JournalRecord.Accepted))]
[JsonSerializable(typeof(JournalRecord.Denied))]
[JsonSerializable(typeof(JournalRecord.KillSet))]
[JsonSerializable(typeof(JournalRecord.KillCleared))]
[JsonSerializable(typeof(JournalRecord.Remembered))]
[JsonSerializable(typeof(JournalRecord.Unwinding))]
[JsonSerializable(typeof(JournalRecord.LimitsAsked))]
[JsonSerializable(typeof(JournalRecord.Paid))]
internal sealed partial class RecordShapes : JsonSerializerContext;

internal sealed class ExactDecimal : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && decimal.TryParse(reader.GetString(), System.Globalization.NumberStyles.Float & ~System.Globalization.NumberStyles.AllowExponent, null, out var value)
            ? value : throw new JsonException("expected a decimal as text");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Figures.Exact(value));
}

internal sealed class UtcTime : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "") is { Success: true } parsed ? parsed.Value : throw new JsonException("expected a time in UTC");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}

internal sealed class SpanOfTime : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Duration.FromNanoseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToInt64Nanoseconds());
}

internal sealed class AssetCode : JsonConverter<Asset>
{
    public override Asset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString() ?? throw new JsonException("expected an asset"));

    public override void Write(Utf8JsonWriter writer, Asset value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}

internal sealed class HexId : JsonConverter<OrderId>
{
    public override OrderId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        OrderId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("expected 32 hexadecimal digits");

    public override void Write(Utf8JsonWriter writer, OrderId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
