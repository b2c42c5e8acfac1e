using Microsoft.DurableTask.Protobuf;
using Kind = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace Automation.DurableTask.Tests;

/// <summary>A response in words, one line per action, without stack traces and without the wording of
/// nondeterminism.</summary>
static class Said
{
    public static string In(OrchestratorResponse response) =>
        string.Join("\n", response.Actions.Select(Line)
            .Append(response.CustomStatus is { } status ? $"status {status}" : null).Where(line => line is not null));

    static string Line(OrchestratorAction action) => $"#{action.Id} " + action.OrchestratorActionTypeCase switch
    {
        Kind.ScheduleTask => $"activity {action.ScheduleTask.Name} {action.ScheduleTask.Input}",
        Kind.CreateTimer => $"timer {action.CreateTimer.FireAt.ToDateTime():yyyy-MM-dd'T'HH:mm:ss.fffffff}",
        Kind.CreateSubOrchestration =>
            $"child {action.CreateSubOrchestration.InstanceId} {action.CreateSubOrchestration.Name} "
            + $"v'{action.CreateSubOrchestration.Version}' {action.CreateSubOrchestration.Input}",
        Kind.SendEvent =>
            $"event to {action.SendEvent.Instance.InstanceId} {action.SendEvent.Name} {action.SendEvent.Data}",
        Kind.CompleteOrchestration => Ending(action.CompleteOrchestration),
        var other => other.ToString(),
    };

    static string Ending(CompleteOrchestrationAction end) =>
        $"{end.OrchestrationStatus} {(Wording(end) ? end.Result : "")}"
        + string.Concat(end.CarryoverEvents.Select(e =>
            $" +{e.EventRaised.Name} {e.EventRaised.Input}@{e.Timestamp.ToDateTime():ss.fff}/{e.EventId}"))
        + Failure(end.FailureDetails, Wording(end));

    static bool Wording(CompleteOrchestrationAction end) =>
        end.FailureDetails?.ErrorType.Contains("NonDeterministic", StringComparison.Ordinal) != true;

    static string Failure(Microsoft.DurableTask.Protobuf.TaskFailureDetails? failure, bool wording) =>
        failure is null ? ""
            : $" because {failure.ErrorType}{(wording ? $": {failure.ErrorMessage}" : "")}"
                + $"{Failure(failure.InnerFailure, wording)}";
}
