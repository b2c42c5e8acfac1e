using System.Runtime.InteropServices;

namespace Automation.Functions.Hosting.CustomHandler;

/// <summary>
/// The process lives until the Functions host kills it. A handler that goes at SIGTERM closes its socket before the host has
/// stopped calling, and every orchestration in a call just then would be failed for good.
/// </summary>
public sealed class UntilKilled : IHostLifetime, IDisposable
{
    private readonly PosixSignalRegistration[] ignored =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in ignored) registration.Dispose();
    }
}
