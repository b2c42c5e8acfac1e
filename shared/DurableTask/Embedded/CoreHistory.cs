using DurableTask.Core;
using Google.Protobuf.Collections;
using C = DurableTask.Core.History;
using Kind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>Stored events as DurableTask.Core's executor wants them.</summary>
internal static class CoreHistory
{
    public static List<C.HistoryEvent> Of(RepeatedField<P.HistoryEvent> events)
    {
        var history = new List<C.HistoryEvent>(events.Count);
        for (var i = 0; i < events.Count; i++)
            if (Of(events[i]) is { } e) history.Add(e);
        return history;
    }

    /// <summary>Null: the executor has no use for it.</summary>
    public static C.HistoryEvent? Of(P.HistoryEvent e)
    {
        C.HistoryEvent? made = e.EventTypeCase switch
        {
            Kind.OrchestratorStarted => new C.OrchestratorStartedEvent(e.EventId),
            Kind.ExecutionStarted => Started(e.EventId, e.ExecutionStarted),
            Kind.ExecutionTerminated => new C.ExecutionTerminatedEvent(e.EventId, e.ExecutionTerminated.Input),
            Kind.ExecutionSuspended => new C.ExecutionSuspendedEvent(e.EventId, e.ExecutionSuspended.Input),
            Kind.ExecutionResumed => new C.ExecutionResumedEvent(e.EventId, e.ExecutionResumed.Input),
            Kind.TaskScheduled => new C.TaskScheduledEvent(e.EventId) { Name = e.TaskScheduled.Name },
            Kind.TaskCompleted => new C.TaskCompletedEvent(
                e.EventId, e.TaskCompleted.TaskScheduledId, e.TaskCompleted.Result),
            Kind.TaskFailed => new C.TaskFailedEvent(
                e.EventId, e.TaskFailed.TaskScheduledId, null, null, Failures.ToCore(e.TaskFailed.FailureDetails)),
            Kind.TimerCreated => new C.TimerCreatedEvent(e.EventId),
            Kind.TimerFired => new C.TimerFiredEvent(e.EventId) { TimerId = e.TimerFired.TimerId },
            Kind.SubOrchestrationInstanceCreated => new C.SubOrchestrationInstanceCreatedEvent(e.EventId)
            {
                Name = e.SubOrchestrationInstanceCreated.Name,
                InstanceId = e.SubOrchestrationInstanceCreated.InstanceId,
            },
            Kind.SubOrchestrationInstanceCompleted => Completed(e.EventId, e.SubOrchestrationInstanceCompleted),
            Kind.SubOrchestrationInstanceFailed => Failed(e.EventId, e.SubOrchestrationInstanceFailed),
            Kind.EventSent => new C.EventSentEvent(e.EventId)
            {
                InstanceId = e.EventSent.InstanceId,
                Name = e.EventSent.Name,
            },
            Kind.EventRaised => new C.EventRaisedEvent(e.EventId, e.EventRaised.Input) { Name = e.EventRaised.Name },
            _ => null,
        };
        if (made is not null && e.Timestamp is { } at) made.Timestamp = at.ToDateTime();
        return made;
    }

    private static C.ExecutionStartedEvent Started(int id, P.ExecutionStartedEvent started) => new(id, started.Input)
    {
        Name = started.Name,
        Version = started.Version,
        OrchestrationInstance = Instance(started.OrchestrationInstance),
        ParentInstance = started.ParentInstance is not { } parent ? null : new()
        {
            Name = parent.Name,
            TaskScheduleId = parent.TaskScheduledId,
            OrchestrationInstance = Instance(parent.OrchestrationInstance),
        },
    };

    private static OrchestrationInstance Instance(P.OrchestrationInstance instance) =>
        new() { InstanceId = instance.InstanceId, ExecutionId = instance.ExecutionId };

    private static C.SubOrchestrationInstanceCompletedEvent Completed(
        int id, P.SubOrchestrationInstanceCompletedEvent child) =>
        new(id, child.TaskScheduledId, child.Result);

    private static C.SubOrchestrationInstanceFailedEvent Failed(int id, P.SubOrchestrationInstanceFailedEvent child) =>
        new(id, child.TaskScheduledId, null, null, Failures.ToCore(child.FailureDetails));
}
