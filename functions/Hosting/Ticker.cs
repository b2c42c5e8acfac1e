using System.Globalization;
using System.Text;
using Automation.Marketing;

namespace Automation.Functions.Hosting;

/// <summary>
/// Runs a timer's function when its schedule says, on the shop's time. Ticks missed while the program was stopped or the function was
/// still running are made up for once, not one by one. The last run is remembered in the data folder; one that lies ahead of now, because the
/// clock was wrong or was put back, is cut to now.
/// </summary>
public sealed partial class Ticker(
    string function, Schedule schedule, TimerFunction run, string folder, TimeProvider time, TimeProvider wall, ClockJumps jumps, ILogger log)
{
    /// <summary>In time-lapse a tick may be due at every moment; the machine gets a rest in between.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it sleeps at most: the clock may be put forward or back meanwhile.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly string file = Path.Combine(folder, function);

    public async Task Run(CancellationToken stopping)
    {
        try
        {
            var last = LastRun() ?? time.GetUtcNow();
            while (schedule.Next(last = await jumps.Cut($"timer {function}", last, stopping)) is { } due)
            {
                if (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
                {
                    await Wait(left, stopping);
                    continue;
                }
                last = time.GetUtcNow();
                await Tick(stopping);
                if (time != wall) await Task.Delay(Rest, wall, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    private async Task Wait(TimeSpan left, CancellationToken stopping)
    {
        if (left <= Look || time == wall)
        {
            await Task.Delay(left < Look ? left : Look, time, stopping);
            return;
        }
        // In time-lapse a minute is over at once: it looks again after one of the wall's.
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var longest = TimeSpan.FromDays(40);   // a timer's longest wait is 49 days
        await await Task.WhenAny(Task.Delay(left < longest ? left : longest, time, awake.Token), Task.Delay(Look, wall, awake.Token));
        await awake.CancelAsync();
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
