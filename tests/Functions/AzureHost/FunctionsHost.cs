using System.Text.Json;
using Automation.DurableTask.Embedded;
using Automation.DurableTask.Tests.Functions;
using Automation.Functions.Hosting;
using Automation.Sqlite;
using Automation.Storage.Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>
/// The Azure Functions host in the small, as far as a custom handler can tell (its source is the measure): starts the handler, forwards
/// HTTP functions, delivers queue messages and timers as invocations, runs Durable Functions with calls to the handler and offers their
/// management API. Its account is Azurite; its clock may be a time-lapse shared with the handler through the data folder.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private const string Key = "system-key+/=";
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> listeners = [];
    private readonly SqliteDatabase database;
    private readonly EmbeddedTaskHub hub;
    private readonly DurableCalls calls;
    private readonly WebApplication front;
    private readonly string folder = Directory.CreateTempSubdirectory("functions-host-").FullName;
    private readonly List<FunctionJson> functions;

    private FunctionsHost(string app, string storage, Dictionary<string, string> settings, double rate)
    {
        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(app, "host.json"))).RootElement;
        functions = FunctionJson.ReadAll(app);
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        Handler = new HandlerProcess(Path.Combine(app, json.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!), app, new(settings)
        {
            ["AzureWebJobsStorage"] = storage,
            ["FUNCTIONS_WORKER_RUNTIME"] = "custom",
            ["Storage__Engine"] = "azure",
            ["Storage__ConnectionString"] = settings.GetValueOrDefault("Storage__ConnectionString", storage),
            ["Data__Folder"] = data,
            ["Clock__Rate"] = rate.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        Queues = new AzureQueueService(storage);
        database = SqliteDatabase.Open(Path.Combine(folder, "durable.db"), new() { Durable = false });
        calls = new DurableCalls(Handler, functions, () => ClientBinding);
        Time = Clock.Open(data, rate, TimeProvider.System);
        hub = new EmbeddedTaskHub(database, calls.Activities(), new() { MaxRetries = 1_000 }, Time, play: calls.Play);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        front = builder.Build();
        var queues = json.GetProperty("extensions").GetProperty("queues");
        MaxDequeueCount = queues.GetProperty("maxDequeueCount").GetInt32();
        VisibilityTimeout = TimeSpan.Parse(queues.GetProperty("visibilityTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    public HandlerProcess Handler { get; }
    public TimeProvider Time { get; }
    public AzureQueueService Queues { get; }
    public DurableTaskClient Durable => hub.Client;
    public int MaxDequeueCount { get; }

    /// <summary>After a failed delivery a message shows again after this time.</summary>
    public TimeSpan VisibilityTimeout { get; }

    /// <inheritdoc cref="DurableCalls.FailedTurns"/>
    public int FailedTurns => calls.FailedTurns;

    /// <summary>Where the world reaches the functions.</summary>
    public Uri Address => new(front.Urls.First());

    /// <summary>What the binding of an invocation says of the management API.</summary>
    public string ClientBinding => ManagementApi.Binding(Address.AbsoluteUri.TrimEnd('/'), Uri.EscapeDataString(Key));

    /// <summary>Started, with the handler ready.</summary>
    public static async Task<FunctionsHost> Start(string app, string storage, Dictionary<string, string> settings, double rate = 1)
    {
        var host = new FunctionsHost(app, storage, settings, rate);
        host.MapFront();
        await host.front.StartAsync();
        await host.Handler.Start();
        host.hub.Start();
        foreach (var function in host.functions.Where(function => function.Trigger == "queueTrigger"))
            host.listeners.Add(new QueueListener(host, function).Run(host.stopping.Token));
        return host;
    }

    /// <summary>Fires a timer's function now.</summary>
    public async Task<bool> Fire(string function)
    {
        var timer = functions.Single(f => f.Name == function && f.Trigger == "timerTrigger");
        return await Handler.Invoke(function, Invocation.Of(timer, """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""", isObject: true, ClientBinding, [])) is not null;
    }

    /// <summary>Kills the handler as the machine would, and starts it again as the host does.</summary>
    public async Task KillHandler()
    {
        await Handler.Kill();
        await Handler.Start();
    }

    private void MapFront()
    {
        var api = new ManagementApi(hub.Client, Key);
        front.Map("/runtime/webhooks/durabletask/{**path}", http => Forwarding.ToApi(http, api));
        foreach (var function in functions.Where(function => function.IsForwarded))
            front.MapMethods($"/{function.Route}", function.Methods, http => Forwarding.ToHandler(http, Handler));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(listeners);
        await hub.StopAsync();
        await Handler.DisposeAsync();
        await front.DisposeAsync();
        hub.Dispose();
        database.Dispose();
        stopping.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
