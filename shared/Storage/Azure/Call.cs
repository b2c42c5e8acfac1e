using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Automation.Storage.Azure;

/// <summary>One call of the SDK, and how often it was sent: an earlier try may have been done unanswered.</summary>
internal sealed class Call(string operation)
{
    public string Operation => operation;
    public int Tries { get; set; }

    /// <summary>What the SDK sends before the scope is disposed belongs to the call.</summary>
    public static IDisposable Begin(string operation, out Call call) => HttpPipeline.CreateHttpMessagePropertiesScope(
        new Dictionary<string, object?> { [nameof(Call)] = call = new(operation) });
}

/// <summary>Counts the tries. A transaction refused inside for want of time is repeated like a lost one.</summary>
internal sealed class Tries(StorageRequests requests) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (!message.TryGetProperty(nameof(Call), out var value) || value is not Call call) return;
        call.Tries++;
        requests.Count(call.Operation);
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Response.Status != 202) return;
        var answer = message.Response.Content.ToMemory().Span;
        ReadOnlySpan<byte> status = answer.IndexOf("HTTP/1.1 "u8) is >= 0 and var at ? answer[(at + 9)..] : default;
        if (status.StartsWith("5"u8) || status.StartsWith("408"u8) || status.StartsWith("429"u8))
            throw new RequestFailedException("The service could not do a transaction now.");
    }
}
