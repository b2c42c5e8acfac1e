using DurableTask.Core;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>One delivery of a scheduled activity.</summary>
internal sealed record ActivityCall
{
    public required LiveInstance Instance { get; init; }
    public required string InstanceId { get; init; }
    public required long Execution { get; init; }
    public required P.HistoryEvent Scheduled { get; init; }
    public int Failures { get; init; }
}

/// <summary>Runs scheduled activities, so many at once. A call's slot is given back when its answer is on disk. What
/// the activity itself throws is its answer; where it cannot be made the delivery is repeated, and after the last time
/// answered as failed.</summary>
internal sealed class Activities
{
    private readonly Tasks tasks;
    private readonly DurableTaskShimFactory shims;
    private readonly Action<LiveInstance, Answer> answer;
    private readonly HubTools tools;
    private readonly Slots<ActivityCall> slots;

    public Activities(Tasks tasks, DurableTaskShimFactory shims, Action<LiveInstance, Answer> answer, HubTools tools)
    {
        (this.tasks, this.shims, this.answer, this.tools) = (tasks, shims, answer, tools);
        slots = new(tools.Options.MaxConcurrentActivities, call => _ = Run(call));
    }

    public void Add(ActivityCall call) => slots.Add(call);

    /// <summary>So many answers are on disk, or no longer wanted.</summary>
    public void Answered(int calls)
    {
        for (var i = 0; i < calls; i++) tools.Running.Leave();
        slots.GiveBack(calls);
    }

    private async Task Run(ActivityCall call)
    {
        if (tools.Stopping.IsCancellationRequested) return;
        tools.Running.Enter();
        if (await Answer(call) is { } e) answer(call.Instance, new(call.Execution, e));
        else tools.Running.Leave();
    }

    private async Task<P.HistoryEvent?> Answer(ActivityCall call)
    {
        var name = call.Scheduled.TaskScheduled.Name;
        TaskActivity activity;
        try
        {
            if (tasks.Activity(name) is not { } made) return NotFound(call, name);
            activity = shims.CreateActivity(name, made);
        }
        catch (Exception e)
        {
            return Undelivered(call, e);
        }
        try
        {
            var instance = new OrchestrationInstance { InstanceId = call.InstanceId };
            var result = await activity.RunAsync(new TaskContext(instance), call.Scheduled.TaskScheduled.Input);
            return Completed(call, result);
        }
        catch (OperationCanceledException) when (tools.Stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (OutOfMemoryException e)
        {
            return Undelivered(call, e);
        }
        catch (Exception e)
        {
            tools.Log.LogWarning(
                "Activity {Activity} of {Instance} failed: {Error}: {Because}",
                name, call.InstanceId, e.GetType().FullName, e.Message);
            return Failed(call, Failures.Of(e));
        }
    }

    private P.HistoryEvent NotFound(ActivityCall call, string name)
    {
        tools.Log.LogWarning("There is no activity {Activity}, which {Instance} calls.", name, call.InstanceId);
        return Failed(call, new()
        {
            ErrorType = "ActivityTaskNotFound",
            ErrorMessage = $"No activity task named '{name}' was found.",
            IsNonRetriable = true,
        });
    }

    private P.HistoryEvent? Undelivered(ActivityCall call, Exception e)
    {
        var name = call.Scheduled.TaskScheduled.Name;
        if (call.Failures < tools.Options.MaxRetries)
        {
            var again = call with { Failures = call.Failures + 1 };
            var wait = tools.Backoff.Later(again.Failures, () => slots.Add(again));
            tools.Log.LogWarning(
                e, "Activity {Activity} of {Instance} could not be delivered; again in {Wait}.",
                name, call.InstanceId, wait);
            slots.GiveBack(1);
            return null;
        }
        tools.Log.LogError(
            e, "Activity {Activity} of {Instance} could not be delivered {Times} times; it counts as failed.",
            name, call.InstanceId, call.Failures + 1);
        return Failed(call, Failures.Of(e));
    }

    private static P.HistoryEvent Completed(ActivityCall call, string? result) =>
        new() { EventId = -1, TaskCompleted = new() { TaskScheduledId = call.Scheduled.EventId, Result = result } };

    private static P.HistoryEvent Failed(ActivityCall call, P.TaskFailureDetails why) =>
        new() { EventId = -1, TaskFailed = new() { TaskScheduledId = call.Scheduled.EventId, FailureDetails = why } };
}
