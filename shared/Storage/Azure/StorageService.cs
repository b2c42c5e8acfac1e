using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Automation.Storage.Azure;

/// <summary>One service (tables or queues) of one account: its address and the pipeline of Azure.Core that leads there.</summary>
internal sealed class StorageService
{
    private const string Version = "2020-12-06";   // the first with Entra ID tokens for tables
    private const string Scope = "https://storage.azure.com/.default";
    private readonly HttpPipeline pipeline;

    private StorageService(AzureStorageAccount account, Uri endpoint, Func<string, byte[], TimeProvider, SharedKey> key, AzureStorageOptions options)
    {
        Endpoint = endpoint;
        WantsAscii = account.IsEmulator;
        HttpPipelinePolicy authorization = account.Key is { } bytes ? key(account.Name, bytes, options.Time) : new BearerTokenAuthenticationPolicy(account.Credential!, Scope);
        pipeline = HttpPipelineBuilder.Build(options, [], [new Tries(options.Requests), authorization], new Answers());
    }

    public Uri Endpoint { get; }

    public bool WantsAscii { get; }

    public static StorageService Tables(AzureStorageAccount account, AzureStorageOptions options) =>
        new(account, account.Tables, SharedKey.ForTables, options);

    public static StorageService Queues(AzureStorageAccount account, AzureStorageOptions options) =>
        new(account, account.Queues, SharedKey.ForQueues, options);

    /// <summary>A request of the kind <paramref name="operation"/>; <paramref name="path"/> is escaped already.</summary>
    public HttpMessage Request(string operation, RequestMethod method, string path, ReadOnlyMemory<byte> body = default, string contentType = "application/json")
    {
        var message = pipeline.CreateMessage();
        message.SetProperty(typeof(Tries), operation);
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(Endpoint.AbsoluteUri + path));
        request.Headers.SetValue("x-ms-version", Version);
        if (body.IsEmpty) return message;
        request.Headers.SetValue("Content-Type", contentType);
        request.Content = RequestContent.Create(body);
        return message;
    }

    /// <summary>Sends it, again where that may help; what comes back is the service's last word, be it an error.</summary>
    public ValueTask Send(HttpMessage message, CancellationToken cancellation) => pipeline.SendAsync(message, cancellation);

    /// <summary>Was it sent more than once, so that an earlier try may have been done although nobody said so?</summary>
    public static bool WasRepeated(HttpMessage message) => message.ProcessingContext.RetryNumber > 0;

    /// <summary>The service's name for what is wrong, such as <c>TableNotFound</c>: from the header, else from the body (JSON or XML).</summary>
    public static string ErrorCode(HttpMessage message)
    {
        if (message.Response.Headers.TryGetValue("x-ms-error-code", out var code)) return code;
        return ErrorCode(Encoding.UTF8.GetString(message.Response.Content));
    }

    public static string ErrorCode(string body)
    {
        foreach (var (before, after) in ((string, char)[])[("\"code\":\"", '"'), ("<Code>", '<')])
        {
            var start = body.IndexOf(before, StringComparison.Ordinal);
            if (start >= 0 && body.IndexOf(after, start + before.Length) is > 0 and var end) return body[(start + before.Length)..end];
        }
        return "";
    }

    /// <summary>What is thrown for an answer that is none. Says operation, status and the service's code; no keys of rows: they may name people.</summary>
    public static RequestFailedException Failed(HttpMessage message, string name) => Failed(message, name, message.Response.Status, ErrorCode(message));

    public static RequestFailedException Failed(HttpMessage message, string name, int status, string code)
    {
        message.TryGetProperty(typeof(Tries), out var operation);
        var text = string.Create(CultureInfo.InvariantCulture, $"{operation} on {name} failed: {status} {code} (request {message.Request.ClientRequestId}).");
        return new RequestFailedException(status, text, code, null);
    }

    /// <summary>Counts the tries. A transaction that is refused inside because the service is busy fails like a lost connection: it is tried again.</summary>
    private sealed class Tries(StorageRequests requests) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.TryGetProperty(typeof(Tries), out var operation)) requests.Count((string)operation!);
        }

        public override void OnReceivedResponse(HttpMessage message)
        {
            if (message.Response.Status == 202 && ChangeSet.Refusal(message.Response.Content) is (408 or 429 or >= 500, _, _) busy)
                throw new RequestFailedException($"The service could not do a transaction now: {busy.Status} {busy.Code}.");
        }
    }
}

/// <summary>404, 409 and 412 are answers: neither logged as errors nor retried.</summary>
internal sealed class Answers : ResponseClassifier
{
    public override bool IsErrorResponse(HttpMessage message) => message.Response.Status is not ((>= 200 and < 300) or 404 or 409 or 412);
}
