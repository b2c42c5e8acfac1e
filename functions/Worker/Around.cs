using System.Globalization;
using Automation.Functions.Attention;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Files;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Automation.Functions.Worker;

/// <summary>What lies around every function under the Functions host: news of the shop before work, the key and problem
/// details around HTTP, and a place for messages that are hopeless.</summary>
public sealed partial class Around(
    Settings settings, Tables tables, HttpRoutes routes, ShopNews news, ParkMessages park,
    ILoggerFactory logs) : IFunctionsWorkerMiddleware
{
    /// <summary>Deliveries after which a failure is the last one; fewer than <c>maxDequeueCount</c> in host.json, which
    /// is left for messages whose deliveries never end in an answer (the process is killed each time).</summary>
    public const int Attempts = 5;

    private readonly ILogger queues = logs.CreateLogger("Automation.Queues");
    private readonly ILogger web = logs.CreateLogger("Automation.Http");
    private readonly Lazy<Dictionary<string, ListedFunction>> functions = new(() =>
        FunctionCatalog.Read().GetAwaiter().GetResult().ToDictionary(
            function => function.Name, StringComparer.Ordinal));

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition;
        var trigger = function.InputBindings.Values.First(
            binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        switch (trigger.Type.ToLowerInvariant())
        {
            case "httptrigger": await Answer(context, next); break;
            case "queuetrigger": await Work(context, trigger, next); break;
            case "orchestrationtrigger": await next(context); break;
            default:
                await news.Look();
                await next(context);
                break;
        }
    }

    private async Task Answer(FunctionContext context, FunctionExecutionDelegate next)
    {
        // Of the function that will run, whatever the address was: no key is asked for by mistake, and none forgotten.
        var function = functions.Value[context.FunctionDefinition.Name];
        var route = ((Trigger.Http)function.Trigger).Route;
        if (HttpRoutes.IsApi(route) || HttpRoutes.IsConsole(route) || route.StartsWith("u/", StringComparison.Ordinal))
            await news.Look();
        var run = routes.Around(function, route, http => Run(context, http, next));
        await Functions.Http.Problems.Guard(Callers.Behind(run, settings.Proxies), web)(context.GetHttpContext()!);
    }

    /// <summary>Its answer is written in here, where refusals and spans see it, and not once more.</summary>
    private static async Task Run(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        await next(context);
        var result = context.GetInvocationResult();
        if (result.Value is not IResult answer) return;
        result.Value = null;
        await answer.ExecuteAsync(http);
    }

    private async Task Work(FunctionContext context, BindingMetadata trigger, FunctionExecutionDelegate next)
    {
        var name = Trigger<Trigger.Queue>(context).Name;
        var queue = tables.Queues.First(one => one.Name == name);
        var message = Message(context.BindingContext.BindingData);
        Meters.Waited(name, message.InsertedOn, TimeProvider.System);
        if (queue == tables.OrderQueue || queue == tables.EventQueue) await queue.Hold(message, Attempt);
        else await Attempt();

        async Task Attempt()
        {
            try
            {
                await news.Look();
                await next(context);
            }
            catch (Exception failure) when (IsHopeless(failure, message.DequeueCount))
            {
                var body = (await context.BindInputAsync<BinaryData>(trigger)).Value?.ToMemory() ?? default;
                await park.Of(name)(message with { Body = body }, failure.Message, CancellationToken.None);
                LogParked(queues, message.Id, failure.Message, failure);
            }
        }
    }

    private static bool IsHopeless(Exception failure, long deliveries) =>
        failure is UnreadableException or InvalidDataException
        || (deliveries >= Attempts && failure is not (OutOfMemoryException or OperationCanceledException));

    /// <summary>As the function's attribute says.</summary>
    private T Trigger<T>(FunctionContext context) where T : Trigger =>
        (T)functions.Value[context.FunctionDefinition.Name].Trigger;

    private static QueuedMessage Message(IReadOnlyDictionary<string, object?> facts)
    {
        return new QueuedMessage
        {
            Id = Text("Id"),
            Receipt = Text("PopReceipt"),
            Body = default,
            DequeueCount = long.TryParse(
                Text("DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1,
            InsertedOn = DateTimeOffset.TryParse(
                Text("InsertionTime").Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var at) ? at : default,
        };

        string Text(string name) => facts.GetValueOrDefault(name)?.ToString() ?? "";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "message {Message} parked: {Reason}")]
    private static partial void LogParked(ILogger log, string message, string reason, Exception error);
}
