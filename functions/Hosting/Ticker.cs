using System.Globalization;
using System.Text;

namespace Automation.Functions.Hosting;

/// <summary>
/// Runs a timer's function when its schedule says, on the shop's time. Ticks missed while the program was stopped or the function was
/// still running are made up for once, not one by one. The last run is remembered in the data folder.
/// </summary>
public sealed partial class Ticker(string function, Schedule schedule, TimerFunction run, string folder, TimeProvider time, TimeProvider wall, ILogger log)
{
    /// <summary>In time-lapse a tick may be due at every moment; the machine gets a rest in between.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly string file = Path.Combine(folder, function);

    public async Task Run(CancellationToken stopping)
    {
        var last = LastRun() ?? time.GetUtcNow();
        try
        {
            while (schedule.Next(last) is { } due)
            {
                if (due - time.GetUtcNow() is var left && left > TimeSpan.Zero) await Wait(due, stopping);
                last = time.GetUtcNow();
                await Tick(stopping);
                if (time != wall) await Task.Delay(Rest, wall, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    private async Task Wait(DateTimeOffset due, CancellationToken stopping)
    {
        while (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left < TimeSpan.FromDays(40) ? left : TimeSpan.FromDays(40), time, stopping);   // a timer's longest wait is 49 days
    }

    private async Task Tick(CancellationToken stopping)
    {
        var began = time.GetUtcNow();
        try
        {
            await run(stopping);
            Files.Replace(file, Encoding.ASCII.GetBytes(began.ToString("O", CultureInfo.InvariantCulture)));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            LogFailed(function, failure);
        }
    }

    private DateTimeOffset? LastRun() =>
        File.Exists(file) && DateTimeOffset.TryParseExact(File.ReadAllText(file), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? last : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "timer {Function} failed; its next tick tries again")]
    private partial void LogFailed(string function, Exception error);
}
