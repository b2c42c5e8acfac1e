using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Functions.Tests.AzureHost.Wire;
using Automation.Storage;
using Google.Protobuf;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Invocations as the Functions host writes them.</summary>
internal static class Invocation
{
    /// <param name="function">Who is invoked.</param>
    /// <param name="value">What its trigger brings.</param>
    /// <param name="durable">Where the Durable extension listens for its client.</param>
    public static InvocationRequest Of(HostedFunction function, TypedData value, Uri durable)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            InputData = { new ParameterBinding { Name = function.Binding, Data = value } },
            TraceContext =
                new() { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" },
            RetryContext = new(),
        };
        if (function.Client is { } client)
            request.InputData.Add(new ParameterBinding { Name = client, Data = new() { String = Client(durable) } });
        return request;
    }

    public static InvocationRequest Of(HostedFunction function, QueuedMessage message, Uri durable)
    {
        // The host takes the message's bytes for text; what is none is lost here.
        var text = System.Text.Encoding.UTF8.GetString(message.Body.Span);
        var value = new TypedData { String = text };
        if (function.IsDeferred)
            value = new()
            {
                ModelBindingData = new()
                {
                    Version = "1.0",
                    Source = "AzureStorageQueues",
                    ContentType = "application/json",
                    Content = ByteString.CopyFromUtf8(new JsonObject
                    {
                        ["MessageId"] = message.Id,
                        ["PopReceipt"] = message.Receipt,
                        ["MessageText"] = text,
                        ["InsertedOn"] = message.InsertedOn,
                        ["DequeueCount"] = message.DequeueCount,
                    }.ToJsonString()),
                },
            };
        var request = Of(function, value, durable);
        request.TriggerMetadata["Id"] = new() { String = message.Id };
        request.TriggerMetadata["PopReceipt"] = new() { String = message.Receipt };
        request.TriggerMetadata["DequeueCount"] = new() { Json = JsonSerializer.Serialize(message.DequeueCount) };
        request.TriggerMetadata["InsertionTime"] = new() { Json = JsonSerializer.Serialize(message.InsertedOn) };
        return request;
    }

    /// <summary>What the binding <c>durableClient</c> brings: the address, of the extension's gRPC listener, on this
    /// machine.</summary>
    private static string Client(Uri durable) => new JsonObject
    {
        ["taskHubName"] = "Automation",
        ["connectionName"] = "AzureWebJobsStorage",
        ["rpcBaseUrl"] = durable.ToString(),
        ["httpBaseUrl"] = "https://shop.example.jp/runtime/webhooks/durabletask",
        ["requiredQueryStringParameters"] = "code=system-key",
        ["maxGrpcMessageSizeInBytes"] = 4_194_304,
        ["grpcHttpClientTimeout"] = "\"00:01:40\"",
    }.ToJsonString();
}
