using Automation.DurableTask.Embedded;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Functions;

/// <summary>
/// Answers the Functions host's orchestrator calls, whatever happens with a 200: any other answer would fail the instance for good.
/// What is not the orchestration's fault is answered so that the host drops the turn and delivers it again.
/// </summary>
/// <param name="registry">The orchestrators.</param>
/// <param name="converter">How payloads are read and written.</param>
/// <param name="log">Turns that will come again.</param>
public sealed partial class FunctionsOrchestrationEndpoint(DurableTaskRegistry registry, DataConverter converter, ILogger log)
{
    private readonly TurnPlayer player = new(registry, converter);

    /// <param name="function">The orchestrator, for the log.</param>
    /// <param name="binding">The trigger's name in the manifest.</param>
    /// <param name="body">The invocation.</param>
    public ReadOnlyMemory<byte> Answer(string function, string binding, ReadOnlyMemory<byte> body)
    {
        try
        {
            var text = InvocationEnvelope.Read(body).Text(binding) ?? throw new InvalidDataException($"No invocation: nothing is bound to '{binding}'.");
            var request = OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(text));
            OpenAnswers(request.PastEvents);
            OpenAnswers(request.NewEvents);
            return InvocationAnswer.Returning(player.Play(request).ToByteArray());
        }
        catch (Exception trouble)
        {
            LogAgain(function, trouble);
            return InvocationAnswer.Returning(AgainLater($"{trouble.GetType().FullName}: {trouble.Message}").ToByteArray());
        }
    }

    /// <summary>Activities' answers as they were before <see cref="ActivityAnswer"/> wrapped them.</summary>
    private static void OpenAnswers(RepeatedField<HistoryEvent> events)
    {
        foreach (var e in events)
        {
            if (e.TaskCompleted is not { } completed) continue;
            var outcome = ActivityAnswer.Read(completed.Result);
            if (outcome.Failure is { } failure) e.TaskFailed = new() { TaskScheduledId = completed.TaskScheduledId, FailureDetails = failure };
            else completed.Result = outcome.Result;
        }
    }

    /// <summary>
    /// Hosts take an out-of-memory failure for trouble of the platform, drop the turn and deliver it again. Versions of the
    /// Durable extension look at the top or only at the inner failure, so it says it twice.
    /// </summary>
    private static OrchestratorResponse AgainLater(string reason)
    {
        var full = new Microsoft.DurableTask.Protobuf.TaskFailureDetails { ErrorType = typeof(OutOfMemoryException).FullName, ErrorMessage = reason };
        var complete = new CompleteOrchestrationAction
        {
            OrchestrationStatus = OrchestrationStatus.Failed,
            Result = reason,
            FailureDetails = full.Clone(),
        };
        complete.FailureDetails.InnerFailure = full;
        return new() { Actions = { new OrchestratorAction { CompleteOrchestration = complete } } };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a turn of {Orchestrator} could not be played and will come again")]
    private partial void LogAgain(string orchestrator, Exception because);
}
