namespace Automation.Functions.Hosting;

/// <summary>Set once this process is told to stop: activities that take long end their call.</summary>
public sealed record Stopping(CancellationToken Token);
