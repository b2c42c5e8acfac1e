using Automation.Marketing;

namespace Automation.Functions.Worker;

/// <summary>Ends this process once the Functions host that started it is gone: nobody else would.</summary>
public sealed partial class HostWatch(
    IHostApplicationLifetime life, [FromKeyedServices(Clocks.Wall)] TimeProvider time,
    ILogger<HostWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>As it was when the program began: by the time services start the host may be gone.</summary>
    private static int? begun;

    /// <summary>Notes whose child this process is; to be called before anything that takes time.</summary>
    public static void Begin() => begun = Parent();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (begun is not { } host) return;
        while (Parent() == host) await Task.Delay(Look, time, stoppingToken);
        LogGone(host);
        life.StopApplication();
    }

    /// <summary>The process that started this one; another once that has ended. Null: this system does not
    /// say.</summary>
    private static int? Parent()
    {
        if (!OperatingSystem.IsLinux()) return null;
        // pid (name) state parent …; the name may hold anything, also parentheses.
        var status = File.ReadAllText("/proc/self/stat");
        return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the Functions host (process {Host}) is gone; this worker ends")]
    private partial void LogGone(int host);
}
