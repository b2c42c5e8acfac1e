using Automation.DurableTask.Embedded;

namespace Automation.Functions.Simulation;

/// <summary>Something that comes due on its own: a timer's function, a newsletter's slots.</summary>
/// <param name="Next">The first time strictly after a moment; null: never again.</param>
/// <param name="Run">What is done then.</param>
public sealed record Recurring(Func<DateTimeOffset, DateTimeOffset?> Next, Func<CancellationToken, Task> Run);

/// <summary>Lets a shop's time pass: jumps from one due moment to the next, and at each lets everything that is due be
/// done before the clock moves on.</summary>
/// <param name="hub">Its timers are due, too.</param>
/// <param name="recurring">In the order in which what is due at the same moment is done.</param>
public sealed class PassingTime(VirtualTime time, EmbeddedTaskHub hub, IReadOnlyList<Recurring> recurring)
{
    private readonly DateTimeOffset?[] due = [.. recurring.Select(one => one.Next(time.GetUtcNow().AddTicks(-1)))];

    /// <summary>The next moment at which a sleeping orchestration wakes; null: none sleeps.</summary>
    public DateTimeOffset? NextAwakening => hub.NextTimerDue;

    /// <summary>Stops at everything that comes due on the way.</summary>
    public async Task RunUntil(DateTimeOffset moment, CancellationToken cancellation = default)
    {
        await hub.WaitForIdleAsync();
        while (NextDue is { } next && next <= moment)
        {
            cancellation.ThrowIfCancellationRequested();
            // A timer that is still there although its moment has come wants the clock to move.
            time.JumpTo(next > time.GetUtcNow() || due.Contains(next) ? next : time.GetUtcNow().AddMilliseconds(1));
            await hub.WaitForIdleAsync();
            for (var n = 0; n < recurring.Count; n++)
            {
                if (!(due[n] <= time.GetUtcNow())) continue;
                var at = due[n]!.Value;
                await recurring[n].Run(cancellation);
                due[n] = recurring[n].Next(at);
                await hub.WaitForIdleAsync();
            }
        }
        time.JumpTo(moment);
        await hub.WaitForIdleAsync();
    }

    /// <summary>When the next thing comes due; null: nothing ever does.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var next = hub.NextTimerDue;
            foreach (var one in due)
                if (one is { } at && !(next <= at)) next = at;
            return next;
        }
    }
}
