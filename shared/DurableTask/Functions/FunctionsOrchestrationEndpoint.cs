using Automation.DurableTask.Replay;
using Automation.DurableTask.Wire;
using Google.Protobuf;
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
    private readonly OrchestrationExecutor executor = new(registry, converter, ActivityAnswer.Read);

    /// <param name="function">The orchestrator, for the log.</param>
    /// <param name="binding">The trigger's name in the manifest.</param>
    /// <param name="body">The invocation.</param>
    public ReadOnlyMemory<byte> Answer(string function, string binding, ReadOnlyMemory<byte> body)
    {
        var response = Turn(binding, body);
        if (TryAgainLater.Reason(response) is { } reason) LogAgain(function, response.InstanceId, reason);
        return InvocationAnswer.Returning(response.ToByteArray());
    }

    private OrchestratorResponse Turn(string binding, ReadOnlyMemory<byte> body)
    {
        try
        {
            var text = InvocationEnvelope.Read(body).Text(binding) ?? throw new InvalidDataException($"No invocation: nothing is bound to '{binding}'.");
            return executor.Execute(OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(text)));
        }
        catch (Exception trouble)
        {
            return TryAgainLater.Because("", $"{trouble.GetType().FullName}: {trouble.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a turn of {Orchestrator} {Instance} could not be played and will come again: {Reason}")]
    private partial void LogAgain(string orchestrator, string instance, string reason);
}
