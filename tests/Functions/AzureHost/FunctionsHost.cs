using System.Diagnostics;
using System.Globalization;
using System.Net;
using Automation.DurableTask.Embedded;
using Automation.Functions.Local;
using Automation.Functions.Tests.AzureHost.Wire;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The Azure Functions host in the small, as far as an isolated worker can tell: starts it, speaks its
/// protocol, passes requests on, delivers queue messages and timers, runs Durable Functions by calls to it and answers
/// their client. Its account is Azurite; its clock may be a time-lapse shared with the worker through the data
/// folder.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> listeners = [];
    private readonly string folder = Directory.CreateTempSubdirectory("functions-host-").FullName;
    private readonly WorkerStream worker;
    private readonly SqliteDatabase database;
    private readonly EmbeddedTaskHub hub;
    private readonly DurableTaskRegistry activities = new();
    private readonly DurableCalls calls;
    private readonly WebApplication inner;
    private readonly Front front;

    private FunctionsHost(string app, string storage, Dictionary<string, string> settings, double rate, bool polls)
    {
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        Rules = HostRules.Read(app);
        Worker = new WorkerProcess(app, new(settings)
        {
            ["AzureWebJobsStorage"] = storage,
            ["Storage__Engine"] = "azure",
            ["Storage__ConnectionString"] = settings.GetValueOrDefault("Storage__ConnectionString", storage),
            ["Data__Folder"] = data,
            ["Clock__Rate"] = rate.ToString(CultureInfo.InvariantCulture),
        });
        Queues = new AzureStorage(storage).Queues;
        worker = new WorkerStream(app);
        calls = new DurableCalls(worker, () => Inner, polls ? Rules.DurablePolling : null);
        Time = Clock.Open(data, rate, TimeProvider.System);
        database = SqliteDatabase.Open(Path.Combine(folder, "durable.db"), new() { Durable = false });
        hub = new EmbeddedTaskHub(
            database, activities, new() { MaxRetries = 1_000, FirstRetryAfter = TimeSpan.FromMilliseconds(100) },
            new() { Clock = Time, Play = calls.Play });
        inner = CreateInner();
        front = new Front(this);
    }

    public WorkerProcess Worker { get; }
    public HostRules Rules { get; }
    public TimeProvider Time { get; }
    public QueueService Queues { get; }
    public DurableTaskClient Durable => hub.Client;

    /// <summary>From the worker's start to all functions loaded, the last time.</summary>
    public TimeSpan StartedIn { get; private set; }

    public bool IsDead { get; private set; }

    /// <inheritdoc cref="DurableCalls.FailedTurns"/>
    public int FailedTurns => calls.FailedTurns;

    /// <summary>Where the world reaches the functions.</summary>
    public Uri Address => front.Address;

    /// <summary>Where worker and Durable client speak gRPC to the host.</summary>
    private Uri Inner => new(inner.Urls.First());

    /// <summary>Started, with the worker ready.</summary>
    /// <param name="polls">Durable Functions look for what there is to do as seldom as they do on Azure.</param>
    public static async Task<FunctionsHost> Start(
        string app, string storage, Dictionary<string, string> settings, double rate = 1, bool polls = false)
    {
        var host = new FunctionsHost(app, storage, settings, rate, polls);
        await host.inner.StartAsync();
        await host.StartWorker();
        var functions = await host.worker.Functions();
        host.calls.Register(host.activities, functions);
        host.hub.Start();
        await host.front.Start(functions.Where(function => function.Is("httpTrigger")));
        foreach (var function in functions.Where(function => function.Is("queueTrigger")))
            host.listeners.Add(new QueueListener(host, function).Run(host.stopping.Token));
        return host;
    }

    /// <summary>The worker's functions, as it names them.</summary>
    public Task<IReadOnlyList<HostedFunction>> Functions() => worker.Functions();

    /// <summary>Where the worker takes requests.</summary>
    public Task<Uri> WorkerAddress() => worker.Http();

    /// <summary>A webhook comes, and is taken.</summary>
    public async Task Take(HttpRequestMessage webhook)
    {
        using var world = new HttpClient { BaseAddress = Address };
        using var sent = webhook;
        using var answer = await world.SendAsync(webhook);
        Assert.True(answer.IsSuccessStatusCode, $"{answer} {await answer.Content.ReadAsStringAsync()}\n{Log()}");
    }

    /// <summary>Fires a timer's function now.</summary>
    public async Task<bool> Fire(string function)
    {
        var timer = (await worker.Functions()).Single(one => one.Name == function && one.Is("timerTrigger"));
        try
        {
            var value = new TypedData
            {
                Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}"""
            };
            return (await Invoke(Request(timer, value))).Result.Status == StatusResult.Types.Status.Success;
        }
        catch (WorkerGoneException)
        {
            return false;
        }
    }

    public InvocationRequest Request(HostedFunction function, TypedData value) => Invocation.Of(function, value, Inner);

    public Task<InvocationResponse> Invoke(InvocationRequest request) => worker.Invoke(request);

    public Task<InvocationResponse> Invoke(HostedFunction function, QueuedMessage message) =>
        worker.Invoke(Invocation.Of(function, message, Inner));

    /// <summary>Kills the worker as the machine would, and starts it again as the host does.</summary>
    public async Task KillWorker()
    {
        await Worker.Kill();
        worker.Forget();
        await StartWorker();
    }

    /// <summary>Another worker, ready, whose parent is gone by now.</summary>
    public async Task<Process> StartOrphan()
    {
        worker.Forget();
        var (parent, orphan) = Worker.StartBelow(Inner);
        await worker.Functions().WaitAsync(TimeSpan.FromSeconds(60));
        parent.Kill();
        parent.Dispose();
        return orphan;
    }

    /// <summary>Until no message is on its way or in hand.</summary>
    public async Task Rest()
    {
        var queues = (await worker.Functions()).Where(function => function.Is("queueTrigger"))
            .Select(function => Queues.GetQueue(function.Queue));
        foreach (var queue in queues)
            for (var watch = Stopwatch.StartNew(); await queue.ApproximateCount() > 0; await Task.Delay(100))
                if (watch.Elapsed > TimeSpan.FromSeconds(30))
                    throw new TimeoutException($"{queue.Name} does not get empty.\n{Log()}");
    }

    public string Log() => $"{Worker.Log()}\n{worker.Log()}";

    private async Task StartWorker()
    {
        var watch = Stopwatch.StartNew();
        Worker.Start(Inner);
        var ended = Worker.Process.WaitForExitAsync();
        var ready = worker.Functions();
        if (await Task.WhenAny(ready, ended).WaitAsync(TimeSpan.FromSeconds(60)) == ended)
            throw new InvalidOperationException($"The worker ended:\n{Log()}");
        await ready;
        StartedIn = watch.Elapsed;
    }

    private WebApplication CreateInner()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(worker).AddSingleton(new DurableService(hub.Client));
        var web = builder.Build();
        web.MapGrpcService<WorkerStream>();
        web.MapGrpcService<DurableService>();
        return web;
    }

    /// <summary>The machine is gone, host and worker: what it had in hand stays leased.</summary>
    public ValueTask Die()
    {
        IsDead = true;
        return DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        await Worker.DisposeAsync();
        await Task.WhenAll(listeners);
        await hub.StopAsync();
        await front.DisposeAsync();
        await inner.DisposeAsync();
        hub.Dispose();
        database.Dispose();
        stopping.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
