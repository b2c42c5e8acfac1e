using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Protobuf;
using Kind = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace Automation.DurableTask.Embedded;

/// <summary>An event for another instance; with <see cref="Execution"/>, only for that execution of it.</summary>
internal sealed record Outgoing(string InstanceId, long? Execution, HistoryEvent Event);

/// <summary>A child to start, and what to tell the parent where its id is taken.</summary>
internal sealed record Child(string InstanceId, ExecutionStartedEvent Started, int TaskId);

/// <summary>Not the machinery but the turn itself is what failed.</summary>
internal sealed class UnplayableException(Exception why) : Exception(why.Message, why);

/// <summary>One turn of one instance: feeds the orchestrator what arrived and turns its actions into history and
/// effects. Does nothing but compute; the caller saves <see cref="State"/> and the effects together.</summary>
internal sealed class Turn(
    InstanceState state, DateTimeOffset now, Func<OrchestratorRequest, OrchestratorResponse> execute)
{
    /// <summary>Executions in a row that one turn may go through before it is saved.</summary>
    public const int MostExecutions = 16;

    public InstanceState State => state;

    /// <summary>Activities to start once the turn is saved.</summary>
    public List<(long Execution, HistoryEvent Task)> Scheduled { get; } = [];
    public List<Outgoing> Outgoing { get; } = [];
    public List<Child> Children { get; } = [];
    public bool Finished { get; private set; }

    /// <summary>What the instance waits for in time: null nothing, otherwise milliseconds since 1970.</summary>
    public long? Due { get; private set; }

    /// <summary>A restart must take it up again: a turn or an activity is in hand.</summary>
    public bool Active { get; private set; }

    /// <summary>Hands over <paramref name="arrived"/>, then the timers that are due, and goes on as long as the
    /// instance continues as new.</summary>
    public Turn Take(List<HistoryEvent> arrived)
    {
        state.History.NewEvents.AddRange(arrived);
        var nowMs = now.ToUnixTimeMilliseconds();
        foreach (var timer in History.OpenTimers(state.History.PastEvents))
            if (History.DueAt(timer) <= nowMs) state.History.NewEvents.Add(History.Fired(timer));
        for (var executions = 0; executions < MostExecutions && state.History.NewEvents.Count > 0; executions++)
            Run(continued: executions > 0);
        if (Finished) return this;
        var past = state.History.PastEvents;
        Active = state.History.NewEvents.Count > 0 || History.OpenActivities(past).Count > 0;
        Due = History.OpenTimers(past) is [var first, ..] ? History.DueAt(first) : null;
        return this;
    }

    private void Run(bool continued)
    {
        var history = state.History;
        history.NewEvents.Insert(0, History.TurnStarted(now));
        var response = Execute(history);
        foreach (var e in history.NewEvents) Remember(e);
        history.NewEvents.Clear();
        state.CustomStatus = response.CustomStatus ?? (continued ? state.CustomStatus : null);
        var complete = response.Actions.FirstOrDefault(a => a.CompleteOrchestration is not null)?.CompleteOrchestration;
        if (!AsksForNothingMore(complete))
            foreach (var action in response.Actions)
                if (action.CompleteOrchestration is null) history.PastEvents.Add(Carry(action));
        if (complete is not null) Complete(complete);
    }

    private OrchestratorResponse Execute(OrchestratorRequest history)
    {
        try
        {
            return execute(history);
        }
        catch (Exception e)
        {
            throw new UnplayableException(e);
        }
    }

    /// <summary>The executor also repeats what a terminated or contradicted execution asked for before.</summary>
    private static bool AsksForNothingMore(CompleteOrchestrationAction? complete) =>
        complete?.OrchestrationStatus == OrchestrationStatus.Terminated
        || complete?.FailureDetails?.ErrorType == typeof(NonDeterministicOrchestrationException).FullName;

    /// <summary>Replay compares neither an activity's input nor the moments of its events, so an answered activity
    /// keeps only its name.</summary>
    private void Remember(HistoryEvent e)
    {
        var past = state.History.PastEvents;
        past.Add(e);
        if (state.Status == OrchestrationStatus.Pending) state.Status = OrchestrationStatus.Running;
        if (e.ExecutionSuspended is not null) state.Status = OrchestrationStatus.Suspended;
        else if (e.ExecutionResumed is not null) state.Status = OrchestrationStatus.Running;
        else if (History.AnsweredActivity(e) is { } id)
        {
            for (var i = past.Count - 1; i >= 0; i--)
                if (past[i].TaskScheduled is { } scheduled && past[i].EventId == id) { scheduled.Input = null; break; }
        }
    }

    private HistoryEvent Carry(OrchestratorAction action)
    {
        var e = new HistoryEvent { EventId = action.Id };
        switch (action.OrchestratorActionTypeCase)
        {
            case Kind.ScheduleTask:
                var task = action.ScheduleTask;
                e.TaskScheduled = new() { Name = task.Name, Input = task.Input };
                Scheduled.Add((state.Execution, e));
                break;
            case Kind.CreateTimer:
                e.TimerCreated = new() { FireAt = action.CreateTimer.FireAt };
                break;
            case Kind.SendEvent:
                var sent = action.SendEvent;
                e.EventSent = new() { InstanceId = sent.Instance.InstanceId, Name = sent.Name };
                Outgoing.Add(new(sent.Instance.InstanceId, null,
                    new() { EventRaised = new() { Name = sent.Name, Input = sent.Data } }));
                break;
            case Kind.CreateSubOrchestration:
                var child = action.CreateSubOrchestration;
                e.SubOrchestrationInstanceCreated = new() { InstanceId = child.InstanceId, Name = child.Name };
                Children.Add(new(child.InstanceId, StartOf(child, action.Id), action.Id));
                break;
            default:
                throw new NotSupportedException(
                    $"An orchestrator asked for {action.OrchestratorActionTypeCase}, which is not in the protocol.");
        }
        return e;
    }

    private ExecutionStartedEvent StartOf(CreateSubOrchestrationAction child, int taskId) => new()
    {
        Name = child.Name,
        Version = child.Version,
        Input = child.Input,
        ParentInstance = new()
        {
            TaskScheduledId = taskId,
            Name = state.Started.Name,
            OrchestrationInstance = new() { InstanceId = state.Id, ExecutionId = state.ExecutionId },
        },
    };

    private void Complete(CompleteOrchestrationAction complete)
    {
        var started = state.Started;
        if (complete.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew)
        {
            started = started.Clone();
            started.Input = complete.Result;
            started.ScheduledStartTimestamp = null;
            if (complete.NewVersion is { } version) started.Version = version;
            var next = InstanceState.Start(state.Key, state.Id, started, [.. ToItself(), .. complete.CarryoverEvents]);
            (state.Execution, state.Status, state.History) =
                (next.Execution, OrchestrationStatus.Running, next.History);
            state.Unpack();
            return;
        }
        Finished = true;
        state.Status = complete.OrchestrationStatus;
        state.History.PastEvents.Clear();
        state.History.PastEvents.Add(new HistoryEvent { ExecutionStarted = started });
        state.History.PastEvents.Add(new HistoryEvent
        {
            ExecutionCompleted = new()
            {
                OrchestrationStatus = complete.OrchestrationStatus,
                Result = complete.Result,
                FailureDetails = complete.FailureDetails
            },
        });
        if (started.ParentInstance is { OrchestrationInstance: { } parent } link)
            Outgoing.Add(new(
                parent.InstanceId, Convert.ToInt64(parent.ExecutionId, 16), Answer(complete, link.TaskScheduledId)));
    }

    /// <summary>Events that nobody waited for, which the SDK sends on to the next execution: they are there at once,
    /// and before those that came after them.</summary>
    private List<HistoryEvent> ToItself()
    {
        List<HistoryEvent> events = [.. Outgoing.Where(sent => sent.InstanceId == state.Id).Select(sent => sent.Event)];
        if (events.Count > 0) Outgoing.RemoveAll(sent => sent.InstanceId == state.Id);
        return events;
    }

    private static HistoryEvent Answer(CompleteOrchestrationAction complete, int taskId) =>
        complete.OrchestrationStatus == OrchestrationStatus.Completed
            ? new()
            {
                EventId = -1,
                SubOrchestrationInstanceCompleted = new() { TaskScheduledId = taskId, Result = complete.Result }
            }
            : Refusal(taskId, complete.FailureDetails
                ?? new() { ErrorType = complete.OrchestrationStatus.ToString(), ErrorMessage = complete.Result ?? "" });

    /// <summary>Tells a parent that its child failed, or could not be started.</summary>
    public static HistoryEvent Refusal(int taskId, TaskFailureDetails why) =>
        new()
        {
            EventId = -1,
            SubOrchestrationInstanceFailed = new() { TaskScheduledId = taskId, FailureDetails = why }
        };
}
