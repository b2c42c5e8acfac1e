using Automation.DurableTask.Replay;
using Automation.DurableTask.Wire;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Embedded;

/// <summary>One delivery of a scheduled activity.</summary>
internal sealed record ActivityCall(LiveInstance Instance, string InstanceId, long Execution, HistoryEvent Scheduled, int Failures = 0);

/// <summary>
/// Runs scheduled activities, so many at once. A call's slot is given back when its answer is on disk. What the activity itself
/// throws is its answer; where the delivery fails it is repeated, and after the last time answered as failed.
/// </summary>
internal sealed class Activities
{
    private readonly ActivityExecutor executor;
    private readonly EmbeddedTaskHubOptions options;
    private readonly Backoff backoff;
    private readonly Action<LiveInstance, Answer> answer;
    private readonly ILogger log;
    private readonly Tally running;
    private readonly CancellationToken stopping;
    private readonly Slots<ActivityCall> slots;

    public Activities(ActivityExecutor executor, EmbeddedTaskHubOptions options, Backoff backoff, Action<LiveInstance, Answer> answer,
        Tally running, ILogger log, CancellationToken stopping)
    {
        (this.executor, this.options, this.backoff, this.answer) = (executor, options, backoff, answer);
        (this.running, this.log, this.stopping) = (running, log, stopping);
        slots = new(options.MaxConcurrentActivities, call => _ = Run(call));
    }

    public void Add(ActivityCall call) => slots.Add(call);

    /// <summary>So many answers are on disk, or no longer wanted.</summary>
    public void Answered(int calls)
    {
        for (var i = 0; i < calls; i++) running.Leave();
        slots.GiveBack(calls);
    }

    private async Task Run(ActivityCall call)
    {
        if (stopping.IsCancellationRequested) return;
        running.Enter();
        if (await Answer(call) is { } e) answer(call.Instance, new(call.Execution, e));
        else running.Leave();
    }

    private async Task<HistoryEvent?> Answer(ActivityCall call)
    {
        var task = call.Scheduled.TaskScheduled;
        try
        {
            var outcome = await executor.Execute(task.Name, call.InstanceId, task.Input, stopping);
            if (outcome.Failure is { } failure) log.LogWarning("Activity {Activity} of {Instance} failed: {Error}: {Because}", task.Name, call.InstanceId, failure.ErrorType, failure.ErrorMessage);
            return Event(call, outcome);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (call.Failures < options.MaxRetries)
        {
            var wait = backoff.Later(call.Failures + 1, () => slots.Add(call with { Failures = call.Failures + 1 }));
            log.LogWarning(e, "Activity {Activity} of {Instance} could not be delivered; again in {Wait}.", task.Name, call.InstanceId, wait);
            slots.GiveBack(1);
            return null;
        }
        catch (Exception e)
        {
            log.LogError(e, "Activity {Activity} of {Instance} could not be delivered {Times} times; it counts as failed.",
                task.Name, call.InstanceId, call.Failures + 1);
            return Event(call, TaskOutcome.Failed(TaskFailureDetails.FromException(e)));
        }
    }

    private static HistoryEvent Event(ActivityCall call, TaskOutcome outcome) => outcome.Failure is { } failure
        ? new() { EventId = -1, TaskFailed = new() { TaskScheduledId = call.Scheduled.EventId, FailureDetails = WireFailure.ToWire(failure) } }
        : new() { EventId = -1, TaskCompleted = new() { TaskScheduledId = call.Scheduled.EventId, Result = outcome.Result } };
}
