using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Embedded;

/// <summary>What all the workings of a hub share: its limits, clock and log, what is under way, and what is to be tried
/// again later.</summary>
internal sealed class HubTools(EmbeddedTaskHubOptions options, HubEnvironment environment) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public EmbeddedTaskHubOptions Options => options;
    public TimeProvider Clock => environment.Clock;
    public ILogger Log => environment.Log;

    /// <summary>Turns and activities that are not on disk yet.</summary>
    public Tally Running { get; } = new();

    public Backoff Backoff { get; } = new(options.FirstRetryAfter);

    /// <summary>Cancelled once the hub stops.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Nothing new begins; what was to be tried again is not.</summary>
    public async Task Stop()
    {
        await stopping.CancelAsync();
        Backoff.Dispose();
    }

    public void Dispose()
    {
        stopping.Cancel();
        Backoff.Dispose();
        stopping.Dispose();
    }
}
