using Automation.DurableTask.Embedded;
using Automation.Functions.Simulation;
using Automation.Storage;

namespace Automation.Functions.Local;

/// <summary>Time-lapse on one machine: the shop's time runs <c>rate</c> times as fast as the wall's, stops at each
/// moment something is due, and goes on once that is done. A busy machine takes longer; nothing is passed by.</summary>
/// <param name="reach">Remembers a moment that the shop's time may reach before the next one is remembered.</param>
public sealed class TimeLapse(DateTimeOffset begin, double rate, TimeProvider wall, Action<DateTimeOffset> reach)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>So much of the wall's time counts at once: a machine that was busy elsewhere does not leap.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(100);

    /// <summary>What is due so often that the machine would do nothing else is done once in so much of the shop's
    /// time.</summary>
    private static readonly int[] Strides = [1, 10, 60, 300, 900, 1800, 3600];

    private readonly VirtualTime time = new(begin);
    private readonly TimeSpan stride = TimeSpan.FromSeconds(Strides.FirstOrDefault(
        seconds => seconds >= rate / 25, Strides[^1]));
    private readonly Lock gate = new();
    private DateTimeOffset reached = begin;
    private TaskCompletionSource? free;
    private int inHand;

    /// <summary>The shop's time: it stands still while anything is in hand.</summary>
    public TimeProvider Time => time;

    /// <summary>Something is in hand until the answer is disposed.</summary>
    public IDisposable Begin()
    {
        lock (gate) inHand++;
        return new Hand(this);
    }

    /// <summary>When a function with a schedule runs next: when it is due, or on the next full stride where that is
    /// later. Full hours are strides, and so newsletters of a full hour go out exactly then; what looks less often than
    /// every minute may do so less often here, too.</summary>
    public DateTimeOffset Coarsely(DateTimeOffset last, DateTimeOffset due, DateTimeOffset? after)
    {
        var ticks = after - due <= TimeSpan.FromMinutes(1) ? stride.Ticks : 6 * stride.Ticks;
        var full = new DateTimeOffset((last.UtcTicks / ticks + 1) * ticks, TimeSpan.Zero);
        return due > full ? due : full;
    }

    /// <summary>Waits for the moment, and has it in hand then; <paramref name="held"/> is let go once the moment is
    /// set.</summary>
    public async Task<IDisposable> Until(DateTimeOffset due, IDisposable? held, CancellationToken stopping)
    {
        var woken = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = due - time.GetUtcNow();
        await using var timer = time.CreateTimer(
            _ => Wake(woken), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        held?.Dispose();
        await using var cancelling = stopping.Register(() => woken.TrySetCanceled(stopping));
        return await woken.Task;
    }

    private void Wake(TaskCompletionSource<IDisposable> woken)
    {
        var hand = Begin();
        if (!woken.TrySetResult(hand)) hand.Dispose();
    }

    /// <summary>Lets time pass until told to stop.</summary>
    public async Task Run(EmbeddedTaskHub hub, IReadOnlyList<Queue> queues, CancellationToken stopping)
    {
        try
        {
            while (time.GetUtcNow().Year < Clock.LastYear)
            {
                var since = wall.GetTimestamp();
                await Task.Delay(Step, wall, stopping);
                var passed = wall.GetElapsedTime(since);
                await Pass((passed < LongestStep ? passed : LongestStep) * rate, hub, queues, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        finally { reach(time.GetUtcNow()); }
    }

    private async Task Pass(
        TimeSpan span, EmbeddedTaskHub hub, IReadOnlyList<Queue> queues, CancellationToken stopping)
    {
        var end = time.GetUtcNow() + span;
        while (true)
        {
            while (!await IsAtRest(hub, queues, stopping)
                || !await IsAtRest(hub, queues, stopping)) await Rest(hub, stopping);
            var to = time.NextDue is { } due && due < end ? due : end;
            if (to > reached) reach(reached = to.AddSeconds(rate));
            time.JumpTo(to);
            if (to == end) return;
        }
    }

    /// <summary>Asked twice: work on its way from one to the other is seen the second time.</summary>
    private async Task<bool> IsAtRest(
        EmbeddedTaskHub hub, IReadOnlyList<Queue> queues, CancellationToken stopping)
    {
        lock (gate) if (inHand > 0) return false;
        foreach (var queue in queues)
            if (await queue.ApproximateCount(stopping) > 0) return false;
        return hub.WaitForIdleAsync().IsCompleted;
    }

    private async Task Rest(EmbeddedTaskHub hub, CancellationToken stopping)
    {
        await Free().WaitAsync(stopping);
        await hub.WaitForIdleAsync().WaitAsync(stopping);
        await Task.Delay(1, stopping);   // the machine's own time: there is a message in a queue
    }

    private Task Free()
    {
        lock (gate) return inHand == 0
            ? Task.CompletedTask
            : (free ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--inHand > 0) return;
            free?.SetResult();
            free = null;
        }
    }

    private sealed class Hand(TimeLapse lapse) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) lapse.Leave();
        }
    }
}
