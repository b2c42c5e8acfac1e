using System.Globalization;
using System.Text;
using Automation.Functions.Hosting;
using Automation.Marketing;

namespace Automation.Functions.Local;

/// <summary>Runs when its time has come; a throw is logged, the next tick tries again.</summary>
public delegate Task TimerFunction(CancellationToken cancellation);

/// <summary>A timer's function, under its name, and when it is due.</summary>
public sealed record TickedFunction(string Name, Schedule Schedule, TimerFunction Run);

/// <summary>Runs a timer's function when its schedule says, on the shop's time. Ticks missed while the program was
/// stopped or the function was still running are made up for once, not one by one. The last run is remembered in the
/// data folder; one that lies ahead of now, because the clock was wrong or was put back, is cut to now.</summary>
public sealed partial class Ticker(
    TickedFunction ticked, string folder, TimeProvider time, TimeLapse? lapse, ClockJumps jumps, ILogger log)
{
    /// <summary>How long it sleeps at most: the clock may be put forward or back meanwhile.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly string file = Path.Combine(folder, ticked.Name);

    /// <summary>The last run that ended well; in time-lapse it is written down when the program stops, not every few
    /// milliseconds.</summary>
    private DateTimeOffset? ran;

    public async Task Run(CancellationToken stopping)
    {
        var hand = lapse?.Begin();
        try
        {
            var last = LastRun() ?? time.GetUtcNow();
            while (ticked.Schedule.Next(last = await jumps.Cut($"timer {ticked.Name}", last, stopping)) is { } due)
            {
                if (lapse is not null) hand =
                    await lapse.Until(lapse.Coarsely(last, due, ticked.Schedule.Next(due)), hand, stopping);
                else if (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
                {
                    await Task.Delay(left < Look ? left : Look, time, stopping);
                    continue;
                }
                last = time.GetUtcNow();
                await Tick(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        finally
        {
            hand?.Dispose();
            if (lapse is not null && ran is { } began) Remember(began);
        }
    }

    private async Task Tick(CancellationToken stopping)
    {
        var began = time.GetUtcNow();
        try
        {
            await ticked.Run(stopping);
            ran = began;
            if (lapse is null) Remember(began);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            LogFailed(ticked.Name, failure);
        }
    }

    private void Remember(DateTimeOffset began) =>
        Files.Replace(file, Encoding.ASCII.GetBytes(began.ToString("O", CultureInfo.InvariantCulture)));

    private DateTimeOffset? LastRun() =>
        File.Exists(file) && DateTimeOffset.TryParseExact(
            File.ReadAllText(file), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? last : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "timer {Function} failed; its next tick tries again")]
    private partial void LogFailed(string function, Exception error);
}
