using Automation.DurableTask.Wire;

namespace Automation.DurableTask.Replay;

/// <summary>
/// The answer that leaves an instance as it is: hosts take an out-of-memory failure for trouble of the platform, drop the turn and
/// deliver it again. Versions of the Durable extension look at the top or only at the inner failure, so it says it twice.
/// </summary>
public static class TryAgainLater
{
    const string OutOfMemory = "System.OutOfMemoryException";

    public static OrchestratorResponse Because(string instanceId, string reason) => new()
    {
        InstanceId = instanceId,
        Actions =
        {
            new OrchestratorAction
            {
                CompleteOrchestration = new()
                {
                    OrchestrationStatus = OrchestrationStatus.Failed,
                    Result = reason,
                    FailureDetails = new()
                    {
                        ErrorType = OutOfMemory, ErrorMessage = reason,
                        InnerFailure = new() { ErrorType = OutOfMemory, ErrorMessage = reason },
                    },
                },
            },
        },
    };

    /// <summary>Why the turn is to be delivered again, or null where the response is an ordinary one.</summary>
    public static string? Reason(OrchestratorResponse response) =>
        response.Actions is [.., { CompleteOrchestration: { OrchestrationStatus: OrchestrationStatus.Failed, FailureDetails: { ErrorType: OutOfMemory } why } }]
            ? why.ErrorMessage : null;
}
