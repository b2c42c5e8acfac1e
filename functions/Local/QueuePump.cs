using System.Collections.Concurrent;
using Automation.Functions.Attention;
using Automation.Functions.Hosting;
using Automation.Marketing.Files;
using Automation.Storage;

namespace Automation.Functions.Local;

/// <summary>Works off one message of a queue; a throw means: again later.</summary>
public delegate Task QueueFunction(QueuedMessage message, CancellationToken cancellation);

/// <summary>A queue, what is done with its messages, and with those nothing can be done with.</summary>
public sealed record PumpedQueue(Queue Queue, QueueFunction Run, ParkMessage Park);

/// <summary>How a pump works: messages at once, failures before one is parked, how long a lease lasts.</summary>
public sealed record PumpLimits(int AtOnce = 64, int Attempts = 5, int LeaseSeconds = 300)
{
    /// <summary>Deliveries before one that never finished is parked. A killed process is not the message's fault, so it
    /// takes many kills in a row; a message that itself kills the process ends here.</summary>
    public int Deliveries { get; init; } = 50;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}

/// <summary>Runs a queue's function for every message: at least once, a bounded number at once. Success deletes the
/// message; a throw shows it again after a growing pause; after five attempts, or at once where it cannot be read, it
/// is parked. Leases of long work are renewed.</summary>
public sealed partial class QueuePump(
    PumpedQueue pumped, IntakePriority rush, TimeProvider time, ILogger log, PumpLimits? limits = null)
{
    private readonly Queue queue = pumped.Queue;
    private readonly PumpLimits limits = limits ?? new();
    private readonly ConcurrentDictionary<Work, bool> underWay = [];

    /// <summary>Failures in this process, by message.</summary>
    private readonly ConcurrentDictionary<string, int> failures = [];

    /// <summary>Works until told to stop, then finishes what is under way.</summary>
    public async Task Run(CancellationToken stopping)
    {
        await using var renewing = time.CreateTimer(_ => RenewLeases(), null, limits.Lease / 3, limits.Lease / 3);
        using var finished = new SemaphoreSlim(0);
        var unreachable = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (underWay.Count > limits.AtOnce / 2) await finished.WaitAsync(stopping);
                await rush.Hold(stopping);
                var messages = await queue.Receive(
                    Math.Min(32, limits.AtOnce - underWay.Count), limits.Lease, stopping);
                unreachable = 0;
                foreach (var message in messages)
                {
                    var work = Begin(message, finished, stopping);
                    if (rush.On) await work;
                }
                if (messages.Count == 0) await queue.Wait(TimeSpan.FromSeconds(30), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
            catch (Exception unreached) when (unreached is not OutOfMemoryException)
            {
                LogUnreachable(queue.Name, unreached);
                await Pause(TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(unreachable++, 5))), stopping);
            }
        }
        while (!underWay.IsEmpty) await finished.WaitAsync(CancellationToken.None);
    }

    private Task Begin(QueuedMessage message, SemaphoreSlim finished, CancellationToken stopping)
    {
        var work = new Work(message, time.GetTimestamp());
        underWay[work] = true;
        return Task.Run(async () =>
        {
            try { await Attempt(work, stopping); }
            // the lease runs out and the message shows again
            catch (Exception unreached) when (unreached
                is not OutOfMemoryException)
            { LogUnreachable(queue.Name, unreached); }
            finally
            {
                underWay.TryRemove(work, out _);
                finished.Release();
            }
        }, CancellationToken.None);
    }

    private async Task Attempt(Work work, CancellationToken stopping)
    {
        var message = work.Message;
        if (message.DequeueCount > limits.Deliveries)
        {
            await Park(work, $"started {limits.Deliveries} times and never finished", null);
            return;
        }
        try
        {
            await pumped.Run(message, stopping);
            await queue.DeleteUnhurried(message.Id, message.Receipt);
            failures.TryRemove(message.Id, out _);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await queue.ChangeVisibility(message.Id, message.Receipt, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception failure) when (Hopeless(failure)
            || failures.GetValueOrDefault(message.Id) + 1 >= limits.Attempts)
        {
            await Park(work, failure.Message, failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var failed = failures.AddOrUpdate(message.Id, 1, (_, before) => before + 1);
            var pause = TimeSpan.FromSeconds(1 << Math.Min(failed - 1, 6));
            LogAgain(queue.Name, message.Id, failed, pause.TotalSeconds, failure);
            await queue.ChangeVisibility(message.Id, message.Receipt, pause, CancellationToken.None);
        }
    }

    private async Task Park(Work work, string reason, Exception? failure)
    {
        await pumped.Park(work.Message, reason, CancellationToken.None);
        await queue.Delete(work.Message.Id, work.Message.Receipt, CancellationToken.None);
        failures.TryRemove(work.Message.Id, out _);
        LogParked(queue.Name, work.Message.Id, reason, failure);
    }

    private void RenewLeases()
    {
        foreach (var work in underWay.Keys)
            if (time.GetElapsedTime(work.LeasedAt) >= limits.Lease / 3) _ = Renew(work);
    }

    private async Task Renew(Work work)
    {
        try
        {
            var answer = await queue.ChangeVisibility(work.Message.Id, work.Message.Receipt, limits.Lease);
            if (answer.Done) work.LeasedAt = time.GetTimestamp();
        }
        catch (Exception unreached) when (unreached
            is not OutOfMemoryException)
        { LogUnreachable(queue.Name, unreached); }
    }

    private async Task Pause(TimeSpan pause, CancellationToken stopping)
    {
        try { await Task.Delay(pause, time, stopping); }
        catch (OperationCanceledException) { /* the loop sees it */ }
    }

    private static bool Hopeless(Exception failure) => failure is UnreadableException or InvalidDataException;

    private sealed class Work(QueuedMessage message, long leasedAt)
    {
        public QueuedMessage Message => message;
        public long LeasedAt { get; set; } = leasedAt;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "queue {Queue} cannot be worked just now")]
    private partial void LogUnreachable(string queue, Exception error);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Queue} message {Message} failed at attempt {Attempt}; again in {Seconds} s")]
    private partial void LogAgain(string queue, string message, int attempt, double seconds, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} message {Message} parked: {Reason}")]
    private partial void LogParked(string queue, string message, string reason, Exception? error);
}
