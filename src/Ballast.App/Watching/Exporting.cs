using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ballast.App.Watching;

/// <summary>Sends traces and metrics by OTLP, only where the standard variables of OpenTelemetry ask for it.</summary>
internal sealed class Exporting : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private Exporting(TracerProvider? traces, MeterProvider? metrics) => (_traces, _metrics) = (traces, metrics);

    /// <summary>Nothing is sent without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or that of one signal), nor with <c>OTEL_SDK_DISABLED</c>.</summary>
    public static Exporting AsAsked()
    {
        var isOff = string.Equals(Said("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        bool Wanted(string signal) => !isOff && (Said($"OTEL_{signal}_EXPORTER") is null or "otlp") && (Said("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Said($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;
        return new(
            Wanted("TRACES") ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Telemetry.Name).AddOtlpExporter(Usual).Build() : null,
            Wanted("METRICS") ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Telemetry.Name).AddOtlpExporter(Usual).Build() : null);
    }

    /// <summary>What has not been sent yet is sent, within some seconds.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>HTTP, which passes where gRPC does not, unless <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says otherwise.</summary>
    private static void Usual(OtlpExporterOptions options)
    {
        if (Said("OTEL_EXPORTER_OTLP_PROTOCOL") is not null) return;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }

    private static ResourceBuilder Resource() =>
        Said("OTEL_SERVICE_NAME") is null ? ResourceBuilder.CreateDefault().AddService("ballast", serviceVersion: typeof(Exporting).Assembly.GetName().Version!.ToString(3)) : ResourceBuilder.CreateDefault();

    private static string? Said(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
