using Automation.Marketing;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Automation.Functions.Metrics;

/// <summary>Adds up what the program's instruments measure from its start on, for whoever asks at <c>/metrics</c>. It
/// is made only where that is configured (<c>Metrics:Enabled</c>): without it nobody listens and nothing is
/// measured.</summary>
public sealed class KeptFigures : IDisposable
{
    private readonly Shown shown = new();
    private readonly MeterProvider provider;
    private readonly Lock gate = new();

    public KeptFigures()
    {
        // Counters go on from the start, as Prometheus wants them: cumulative, the reader's own way.
        var reader = new BaseExportingMetricReader(shown);
        provider = Sdk.CreateMeterProviderBuilder().AddMeter(Tracing.Name, "Automation.Storage").AddReader(reader)
            .Build();
    }

    /// <summary>All of them as of now.</summary>
    public string Read()
    {
        lock (gate)
        {
            shown.Collect!(Timeout.Infinite);
            return shown.Text;
        }
    }

    public void Dispose() => provider.Dispose();

    [ExportModes(ExportModes.Pull)]
    private sealed class Shown : BaseExporter<Metric>, IPullMetricExporter
    {
        public string Text { get; private set; } = "";

        /// <summary>Set by the reader: collects and exports.</summary>
        public Func<int, bool>? Collect { get; set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch) text.Instrument(metric);
            Text = text.ToString();
            return ExportResult.Success;
        }
    }
}
