using Automation.Marketing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Automation.Functions.Hosting;

/// <summary>Sends traces and figures by OTLP to where the standard variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// and its kin, read by the OpenTelemetry SDK itself). Without them nothing listens, and nothing is measured.</summary>
public sealed class Exporting : IDisposable
{
    private readonly TracerProvider? traces;
    private readonly MeterProvider? figures;

    private Exporting(TracerProvider? traces, MeterProvider? figures) =>
        (this.traces, this.figures) = (traces, figures);

    /// <summary>Null: nobody is to be told.</summary>
    public static Exporting? Start()
    {
        if (string.Equals(Variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        var traces = Wants("TRACES") ? Sdk.CreateTracerProviderBuilder().ConfigureResource(Name).AddSource(Tracing.Name)
            .AddOtlpExporter().Build() : null;
        var figures = Wants("METRICS") ? Sdk.CreateMeterProviderBuilder().ConfigureResource(Name)
            .AddMeter(Tracing.Name, "Automation.Storage").AddOtlpExporter().Build() : null;
        return traces is null && figures is null ? null : new(traces, figures);
    }

    private static bool Wants(string what) =>
        (Variable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? Variable($"OTEL_EXPORTER_OTLP_{what}_ENDPOINT")) is not null
        && Variable($"OTEL_{what}_EXPORTER") is (null or "otlp");

    private static void Name(ResourceBuilder resource)
    {
        if (Variable("OTEL_SERVICE_NAME") is null)
            resource.AddService("automation", autoGenerateServiceInstanceId: false);
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        figures?.Dispose();
    }
}
