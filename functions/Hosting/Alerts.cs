using System.Diagnostics.Metrics;
using Automation.Marketing;

namespace Automation.Functions.Hosting;

/// <summary>What a person must hear of is also a line of the log, <c>automation.attention.parked=1</c>: alerts ring
/// where nobody collects metrics.</summary>
public sealed partial class Alerts : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ILogger log;

    public Alerts(ILogger log)
    {
        this.log = log;
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Meters.Alerting.Contains(instrument)) listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => { if (value > 0) LogFigure(instrument.Name, value); });
        _ = Meters.Alerting;   // the instruments are there before anybody looks for them
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Figure}={Value}")]
    private partial void LogFigure(string figure, long value);
}
