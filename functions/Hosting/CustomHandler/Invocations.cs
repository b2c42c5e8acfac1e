using Automation.DurableTask.Functions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.DurableTask;

namespace Automation.Functions.Hosting.CustomHandler;

/// <summary>
/// The functions that the Functions host does not forward: it posts an invocation to <c>/{Function}</c> and wants a JSON body with
/// every 2xx. Orchestrators are always answered 200; what else fails is answered 500, and the host delivers it again.
/// </summary>
public sealed partial class Invocations(Functions functions, DurableTaskRegistry registry, DataConverter converter, FunctionsDurableTaskClient durable, Func<string, ParkMessage> park, ILoggerFactory logs)
{
    private readonly FunctionsOrchestrationEndpoint orchestrations = new(registry, converter, logs.CreateLogger("Automation.Durable"));
    private readonly FunctionsActivityEndpoint activities = new(registry, converter, logs.CreateLogger("Automation.Durable"));
    private readonly ILogger log = logs.CreateLogger("Automation.Invocations");

    /// <summary>What is answered to one invocation's body.</summary>
    private delegate ValueTask<ReadOnlyMemory<byte>> Answer(ReadOnlyMemory<byte> body, CancellationToken aborted);

    public void Map(IEndpointRouteBuilder web, IReadOnlyList<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            Answer? answer = manifest.Trigger switch
            {
                Trigger.Orchestration => (body, _) => new(orchestrations.Answer(manifest.Function, manifest.Binding, body)),
                Trigger.Activity => async (body, aborted) => await activities.Answer(manifest.Function, manifest.Binding, Open(manifest, body), aborted),
                Trigger.Queue queue => Work(manifest, new QueueInvocation(Watched.Queue(queue.Name, TimeProvider.System, functions.Queues[manifest.Function]), park(queue.Name), logs.CreateLogger($"Automation.Queues.{queue.Name}"))),
                Trigger.Timer => Tick(manifest, functions.Timers[manifest.Function]),
                _ => null,
            };
            if (answer is not null) web.MapPost($"/{manifest.Function}", http => Run(http, manifest.Function, answer)).WithDisplayName(manifest.Function);
        }
    }

    private Answer Work(Manifest manifest, QueueInvocation queue) => async (body, aborted) =>
    {
        await queue.Run(Open(manifest, body), manifest.Binding, aborted);
        return InvocationAnswer.Done;
    };

    private Answer Tick(Manifest manifest, TimerFunction run) => async (body, aborted) =>
    {
        Open(manifest, body);
        await run(aborted);
        return InvocationAnswer.Done;
    };

    private InvocationEnvelope Open(Manifest manifest, ReadOnlyMemory<byte> body)
    {
        var invocation = InvocationEnvelope.Read(body);
        if (manifest.Client is { } client && invocation.Text(client) is { } binding) durable.Learn(binding);
        return invocation;
    }

    private async Task Run(HttpContext http, string function, Answer answer)
    {
        // Histories come whole; only the host calls here.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        using var body = await RequestBody.Read(http.Request);
        try
        {
            var said = await answer(body.Bytes, http.RequestAborted);
            http.Response.ContentType = InvocationAnswer.ContentType;
            http.Response.ContentLength = said.Length;
            await http.Response.Body.WriteAsync(said, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested) { /* nobody is listening any more */ }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(function, failure);
            // The one text of a failure that the host shows.
            http.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = failure.GetType().Name;
            await http.Refuse(StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; the host delivers it again")]
    private partial void LogFailed(string function, Exception error);
}
