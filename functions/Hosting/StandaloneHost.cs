using Automation.Marketing;
using Automation.Marketing.Customers;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Automation.Functions.Hosting;

/// <summary>
/// The functions on one machine: reads the same manifests as the Functions host and drives what they name with Kestrel, the queue
/// pumps, the schedules and the embedded task hub.
/// </summary>
public sealed class StandaloneHost : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Parts parts;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> loops = [];

    private StandaloneHost(WebApplication web, Parts parts) => (this.web, this.parts) = (web, parts);

    /// <summary>The addresses listened on, e.g. <c>http://localhost:7071</c>.</summary>
    public ICollection<string> Addresses => web.Urls;

    public Parts Parts => parts;

    /// <summary>What of the settings cannot be used on one machine.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!Directory.Exists(settings.ShopFolder))
            yield return $"Shop:Folder: {settings.ShopFolder} is not there. Is the path right, is its volume mounted?";
    }

    /// <summary>Opens the data folder, starts to work, then listens. SettingsException where a manifest or the configuration is wrong.</summary>
    public static async Task<StandaloneHost> Start(Settings settings, Action<ILoggingBuilder>? logging = null, TimeProvider? wall = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        builder.Services.AddRoutingCore();
        logging?.Invoke(builder.Logging);
        var web = builder.Build();
        web.Urls.Add(settings.Urls);
        var host = new StandaloneHost(web, await Parts.Open(settings, web.Services.GetRequiredService<ILoggerFactory>(), wall, cancellation: cancellation));
        try
        {
            var manifests = Manifest.ReadAll(AppContext.BaseDirectory);
            var functions = Functions.Of(host.parts);
            if (functions.Mismatches(manifests) is { Count: > 0 } mismatches) throw new SettingsException(mismatches);
            host.Map(manifests, functions);
            await web.StartAsync(cancellation);
            host.Begin(manifests, functions);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the process is told to stop (Ctrl-C, SIGTERM).</summary>
    public Task WaitForShutdown(CancellationToken cancellation = default) => web.WaitForShutdownAsync(cancellation);

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = HttpRoutes.LargestBody;
    }

    private void Map(IReadOnlyList<Manifest> manifests, Functions functions)
    {
        var log = parts.Logs.CreateLogger("Automation.Http");
        if (parts.Lapse is { } lapse) web.Use(next => InHand(lapse, next));
        web.Use(next => Hosting.Problems.Guard(next, log));
        web.Use(next => Callers.Behind(next, parts.Settings.Proxies));
        web.UseRouting();
        HttpRoutes.Map(web, manifests, functions, new ApiKey(parts.ApiKey));
    }

    private void Begin(IReadOnlyList<Manifest> manifests, Functions functions)
    {
        functions.Register(parts.Durable);
        parts.Hub.Start();
        loops.Add(parts.ShopWatch.Run(stopping.Token));
        loops.Add(TakeUp());
        foreach (var manifest in manifests)
        {
            if (manifest.Trigger is Trigger.Queue queue) loops.Add(Pump(queue.Name, functions.Queues[manifest.Function]).Run(stopping.Token));
            if (manifest.Trigger is Trigger.Timer timer) loops.Add(Ticker(manifest.Function, timer.Schedule, functions.Timers[manifest.Function]).Run(stopping.Token));
        }
        if (parts.Lapse is { } lapse) loops.Add(lapse.Run(parts.Hub, parts.Tables.Queues, stopping.Token));
    }

    /// <summary>While a request is answered no time passes in the shop.</summary>
    private static RequestDelegate InHand(TimeLapse lapse, RequestDelegate next) => async http =>
    {
        using var hand = lapse.Begin();
        await next(http);
    };

    /// <summary>What an earlier process may have left half done.</summary>
    private async Task TakeUp()
    {
        using var hand = parts.Lapse?.Begin();
        try
        {
            var can = parts.Capabilities;
            await Task.Run(() => can.Mails.WarmUp(can.Journeys.Shop));
            await Task.Run(PhoneNumber.WarmUp);
            await can.Sweep.Run(stopping.Token);
            await parts.Tables.AlarmQueue.Send(
                new Journeys.AlarmMessage.Held(null).Write(), cancellation: stopping.Token);
            await can.IssueDesk.Sweep(can.Newsletters.Known());
            await can.Erasure.Finish(can.Handling);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { /* the next start takes it up */ }
    }

    private QueuePump Pump(string queue, QueueFunction run) =>
        new(parts.Queue(queue), Watched.Queue(queue, parts.Wall, run), parts.Park(queue), parts.Rush, parts.Wall, parts.Logs.CreateLogger($"Automation.Queues.{queue}"));

    private Ticker Ticker(string function, string schedule, TimerFunction run)
    {
        var log = parts.Logs.CreateLogger($"Automation.Timers.{function}");
        var folder = Path.Combine(parts.Settings.DataFolder, "timers");
        return new(
            function, Schedule.Parse(schedule), run, folder, parts.Time, parts.Lapse,
            new ClockJumps(parts.Tables, parts.Time, log), log);
    }

    /// <summary>Stops listening, finishes what is under way, closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        await parts.DisposeAsync();
        await web.DisposeAsync();
        stopping.Dispose();
    }
}
