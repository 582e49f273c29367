using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ballast.App.Reports;

/// <summary>Writes numbers that only move ink: seven digits are finer than any pixel and a third of the size.</summary>
internal sealed class InkNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A report draws finite numbers only.");
        }

        Span<byte> digits = stackalloc byte[24];
        value.TryFormat(digits, out int length, "G7", CultureInfo.InvariantCulture);
        writer.WriteRawValue(digits[..length], skipInputValidation: true);
    }
}
