using DurableTask.Core.Command;
using Google.Protobuf.WellKnownTypes;
using C = DurableTask.Core.History;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>What DurableTask.Core's executor answers, in the protocol's words.</summary>
internal static class CoreActions
{
    public static P.OrchestratorAction Of(OrchestratorAction action)
    {
        var said = new P.OrchestratorAction { Id = action.Id };
        switch (action)
        {
            case ScheduleTaskOrchestratorAction task:
                said.ScheduleTask = new() { Name = task.Name, Version = task.Version, Input = task.Input };
                break;
            case CreateTimerOrchestratorAction timer:
                said.CreateTimer = new() { FireAt = Moment(timer.FireAt) };
                break;
            case CreateSubOrchestrationAction child:
                said.CreateSubOrchestration = new()
                {
                    InstanceId = child.InstanceId,
                    Name = child.Name,
                    Version = child.Version,
                    Input = child.Input,
                };
                break;
            case SendEventOrchestratorAction sent:
                said.SendEvent = new()
                {
                    Instance = new() { InstanceId = sent.Instance!.InstanceId },
                    Name = sent.EventName,
                    Data = sent.EventData,
                };
                break;
            case OrchestrationCompleteOrchestratorAction complete:
                said.CompleteOrchestration = Complete(complete);
                break;
            default:
                throw new NotSupportedException(
                    $"An orchestrator asked for {action.OrchestratorActionType}, which the hub cannot do.");
        }
        return said;
    }

    private static P.CompleteOrchestrationAction Complete(OrchestrationCompleteOrchestratorAction complete)
    {
        var said = new P.CompleteOrchestrationAction
        {
            OrchestrationStatus = (P.OrchestrationStatus)complete.OrchestrationStatus,
            Result = complete.Result,
            NewVersion = complete.NewVersion,
            FailureDetails = Failures.ToWire(complete.FailureDetails),
        };
        foreach (var carried in complete.CarryoverEvents)
        {
            var raised = (C.EventRaisedEvent)carried;
            said.CarryoverEvents.Add(new P.HistoryEvent
            {
                EventId = raised.EventId,
                Timestamp = raised.Timestamp == default ? null : Moment(raised.Timestamp),
                EventRaised = new() { Name = raised.Name, Input = raised.Input },
            });
        }
        return said;
    }

    private static Timestamp Moment(DateTime at) => Timestamp.FromDateTime(DateTime.SpecifyKind(at, DateTimeKind.Utc));
}
