using Automation.DurableTask.Wire;
using Event = Automation.DurableTask.Wire.HistoryEvent.EventTypeOneofCase;
using Kind = Automation.DurableTask.Wire.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace Automation.DurableTask.Replay;

/// <summary>One turn: the history event by event, the orchestrator running to its next wait after each, and the answer at the end.</summary>
internal sealed class Turn(OrchestratorRequest request, DurableTaskRegistry registry, DataConverter converter, Func<string?, TaskOutcome> readResult)
{
    /// <summary>Timers the host adds to cut large answers into pieces; not the orchestrator's.</summary>
    const int Infrastructure = -100;

    ReplayContext? context;
    Task<string?>? run;
    DateTime clock;
    bool suspended;
    List<HistoryEvent>? held;
    ExecutionTerminatedEvent? terminated;
    TaskFailureDetails? refused;

    public OrchestratorResponse Play()
    {
        foreach (var past in request.PastEvents) Hear(past, replaying: true);
        foreach (var happened in request.NewEvents) Hear(happened, replaying: false);
        if (context is null && terminated is null && refused is null && held?.Exists(e => e.EventTypeCase == Event.ExecutionStarted) != true)
            return TryAgainLater.Because(request.InstanceId, "The history does not say what was started.");
        context?.EndTurn();
        return Answer();
    }

    void Hear(HistoryEvent happened, bool replaying)
    {
        if (terminated is not null || refused is not null) return;
        context?.Replaying = replaying;
        switch (happened.EventTypeCase)
        {
            case Event.OrchestratorStarted:
                clock = happened.Timestamp.ToDateTime();
                context?.Clock = clock;
                break;
            case Event.ExecutionTerminated: terminated = happened.ExecutionTerminated; break;
            case Event.ExecutionResumed: Resume(replaying); break;
            case Event.ExecutionSuspended: suspended = run is not { IsCompleted: true }; break;
            case var _ when suspended: (held ??= []).Add(happened); break;
            case Event.ExecutionStarted: Start(happened.ExecutionStarted, replaying); break;
            default: if (context is not null) Deliver(happened, context); break;
        }
    }

    void Resume(bool replaying)
    {
        suspended = false;
        if (held is not { } events) return;
        held = null;
        foreach (var happened in events) Hear(happened, replaying);
    }

    void Start(ExecutionStartedEvent started, bool replaying)
    {
        if (context is not null) return;
        if (registry.CreateOrchestrator(started.Name) is not { } orchestrator)
        {
            refused = new("OrchestratorTaskNotFound", $"No orchestrator task named '{started.Name}' was found.") { IsNonRetriable = true };
            return;
        }
        var execution = request.ExecutionId ?? started.OrchestrationInstance?.ExecutionId ?? "";
        context = new(request.InstanceId, execution, started, converter) { Clock = clock, Replaying = replaying };
        run = Run(orchestrator, context, started.Input);
    }

    async Task<string?> Run(ITaskOrchestrator orchestrator, ReplayContext context, string? input)
    {
        var output = await orchestrator.RunAsync(context, converter.Deserialize(input, orchestrator.InputType));
        context.StayOnThread();
        return context.ContinuesAsNew ? null : converter.Serialize(output, orchestrator.OutputType);
    }

    void Deliver(HistoryEvent happened, ReplayContext context)
    {
        switch (happened.EventTypeCase)
        {
            case Event.TaskScheduled: Confirm(happened.EventId, Kind.ScheduleTask, happened.TaskScheduled.Name); break;
            case Event.TimerCreated: Confirm(happened.EventId, Kind.CreateTimer, ""); break;
            case Event.SubOrchestrationInstanceCreated:
                Confirm(happened.EventId, Kind.CreateSubOrchestration, happened.SubOrchestrationInstanceCreated.Name);
                break;
            case Event.EventSent: Confirm(happened.EventId, Kind.SendEvent, happened.EventSent.Name); break;
            case Event.TaskCompleted:
                context.Actions.Settle(happened.TaskCompleted.TaskScheduledId, Kind.ScheduleTask, readResult(happened.TaskCompleted.Result));
                break;
            case Event.TaskFailed:
                context.Actions.Settle(happened.TaskFailed.TaskScheduledId, Kind.ScheduleTask, Failed(happened.TaskFailed.FailureDetails));
                break;
            case Event.TimerFired:
                context.Actions.Settle(happened.TimerFired.TimerId, Kind.CreateTimer, TaskOutcome.Completed(null));
                break;
            case Event.SubOrchestrationInstanceCompleted:
                var child = happened.SubOrchestrationInstanceCompleted;
                context.Actions.Settle(child.TaskScheduledId, Kind.CreateSubOrchestration, TaskOutcome.Completed(child.Result));
                break;
            case Event.SubOrchestrationInstanceFailed:
                var lost = happened.SubOrchestrationInstanceFailed;
                context.Actions.Settle(lost.TaskScheduledId, Kind.CreateSubOrchestration, Failed(lost.FailureDetails));
                break;
            case Event.EventRaised: context.Events.Deliver(happened); break;
        }
    }

    void Confirm(int id, Kind kind, string name)
    {
        if (id == Infrastructure || context!.Actions.Confirm(id, kind, name) is not { } problem) return;
        refused = new("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException",
            $"Non-deterministic orchestration: {problem}. Was the orchestrator's code changed while this instance was running?");
    }

    static TaskOutcome Failed(Wire.TaskFailureDetails? failure) => TaskOutcome.Failed(failure.FromWire());

    OrchestratorResponse Answer()
    {
        var response = new OrchestratorResponse { InstanceId = request.InstanceId, CustomStatus = context?.CustomStatus };
        // A task may end on a stray thread at any moment, so its state is read once.
        var ended = run is { IsCompleted: true };
        if (terminated is not null) return End(response, OrchestrationStatus.Terminated, terminated.Input);
        if (refused is null && !suspended && (context!.Strayed || (!ended && context.Actions.Open + context.Events.Waiters == 0))) refused = Blocked();
        if (refused is not null) return Fail(response, refused);
        if (suspended) return response;
        context!.Actions.CopyPending(response.Actions);
        if (!ended) return response;
        if (run!.IsFaulted || run.IsCanceled) return Fault(response, run);
        if (!context.ContinuesAsNew) return End(response, OrchestrationStatus.Completed, run.Result);
        return End(response, OrchestrationStatus.ContinuedAsNew, context.NewInput, complete => complete.CarryoverEvents.AddRange(context.Events.Unclaimed));
    }

    TaskFailureDetails Blocked() => new("System.InvalidOperationException",
        $"The orchestrator '{context!.Name}' waits for something that is not durable. It may await only tasks of its TaskOrchestrationContext, no Task.Delay, Task.Run, Task.Yield, ContinueWith or I/O.");

    OrchestratorResponse Fault(OrchestratorResponse response, Task ended)
    {
        var failure = ended.Exception?.InnerException ?? new TaskCanceledException(ended);
        return failure is OutOfMemoryException
            ? TryAgainLater.Because(request.InstanceId, failure.Message)
            : Fail(response, TaskFailureDetails.FromException(failure));
    }

    OrchestratorResponse Fail(OrchestratorResponse response, TaskFailureDetails failure) =>
        End(response, OrchestrationStatus.Failed, failure.ErrorMessage, complete => complete.FailureDetails = failure.ToWire());

    OrchestratorResponse End(OrchestratorResponse response, OrchestrationStatus status, string? result, Action<CompleteOrchestrationAction>? and = null)
    {
        var complete = new CompleteOrchestrationAction { OrchestrationStatus = status, Result = result };
        and?.Invoke(complete);
        response.Actions.Add(new OrchestratorAction { Id = context?.Actions.NextId ?? 0, CompleteOrchestration = complete });
        return response;
    }
}
