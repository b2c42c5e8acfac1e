using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Shop;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Automation.Functions.Local;

/// <summary>The functions on one machine: reads the same metadata as the Functions host and drives what it names with
/// Kestrel, the queue pumps, the schedules and the embedded task hub.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> loops = [];

    private LocalHost(WebApplication web) => this.web = web;

    /// <summary>The addresses listened on, e.g. <c>http://localhost:7071</c>.</summary>
    public ICollection<string> Addresses => web.Urls;

    /// <summary>Everything the functions are made of.</summary>
    public IServiceProvider Services => web.Services;

    /// <summary>What of the settings cannot be used on one machine.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!Directory.Exists(settings.ShopFolder))
            yield return $"Shop:Folder: {settings.ShopFolder} is not there. Is the path right, is its volume mounted?";
    }

    /// <summary>Opens the data folder, starts to work, then listens. SettingsException where the configuration is
    /// wrong.</summary>
    /// <param name="logging">Where the log goes.</param>
    /// <param name="wall">The time outside; default: the system's.</param>
    /// <param name="more">Other services, which replace the product's.</param>
    public static async Task<LocalHost> Start(
        Settings settings, Action<ILoggingBuilder>? logging = null, TimeProvider? wall = null,
        Action<IServiceCollection>? more = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        builder.Services.AddRoutingCore();
        logging?.Invoke(builder.Logging);
        more?.Invoke(builder.Services);
        builder.Services.AddOneMachine(settings, wall ?? TimeProvider.System).AddProduct(settings);
        var host = new LocalHost(builder.Build());
        try
        {
            host.web.Urls.Add(settings.Urls);
            await host.Services.Open(cancellation);
            var functions = await FunctionCatalog.Read();
            host.Map(functions);
            await host.web.StartAsync(cancellation);
            host.Begin(functions);
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

    public T Get<T>() where T : notnull => web.Services.GetRequiredService<T>();

    private ILogger Log(string category) => Get<ILoggerFactory>().CreateLogger(category);

    private TimeLapse? Lapse => web.Services.GetService<TimeLapse>();

    private void Map(IReadOnlyList<ListedFunction> functions)
    {
        var log = Log("Automation.Http");
        if (Lapse is { } lapse) web.Use(next => InHand(lapse, next));
        web.Use(next => Functions.Http.Problems.Guard(next, log));
        web.Use(next => Callers.Behind(next, Get<Settings>().Proxies));
        web.UseRouting();
        web.MapMethods("/", ["GET", "HEAD"], Here).WithDisplayName("Root");
        foreach (var function in functions)
        {
            if (function.Trigger is not Hosting.Trigger.Http http) continue;
            var run = Get<HttpRoutes>().Around(function, http.Route, Bound(function, http.Route));
            web.MapMethods($"/{http.Route}", http.Methods, run).WithDisplayName(function.Name);
        }
    }

    /// <summary>Bound to its route at its first call: to make and to compile that for all of them takes a fifth of a
    /// start.</summary>
    private RequestDelegate Bound(ListedFunction function, string route)
    {
        var bound = new Lazy<RequestDelegate>(() =>
        {
            var instance = function.Create(web.Services);
            return RequestDelegateFactory.Create(function.Method, _ => instance, new()
            {
                ServiceProvider = web.Services,
                RouteParameterNames = RoutePatternFactory.Parse(route).Parameters.Select(one => one.Name),
            }).RequestDelegate;
        });
        return http => bound.Value(http);
    }

    /// <summary>Somebody asks whether the process is up.</summary>
    private static Task Here(HttpContext http)
    {
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private void Begin(IReadOnlyList<ListedFunction> functions)
    {
        Get<EmbeddedTaskHub>().Start();
        loops.Add(Get<ShopWatch>().Run(stopping.Token));
        loops.Add(TakeUp());
        loops.Add(Get<StartCheck>().Run(stopping.Token));
        foreach (var function in functions)
        {
            if (function.Trigger is Hosting.Trigger.Queue queue)
                loops.Add(Pump(queue.Name, new FunctionCall(function, web.Services)).Run(stopping.Token));
            if (function.Trigger is Hosting.Trigger.Timer timer) loops.Add(
                Ticker(function.Name, timer.Schedule, new FunctionCall(function, web.Services)).Run(stopping.Token));
        }
        if (Lapse is { } lapse) loops.Add(lapse.Run(Get<EmbeddedTaskHub>(), Get<Tables>().Queues, stopping.Token));
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
        using var hand = Lapse?.Begin();
        try
        {
            await Task.Run(() => WorkFolder.Sweep(Get<Settings>().DataFolder));
            await Task.Run(() => Get<PublishedMails>().WarmUp(Get<CurrentShop>().Settings));
            await Task.Run(PhoneNumber.WarmUp);
            await Get<Marketing.Journeys.Sweep>().Run(stopping.Token);
            await Get<Tables>().AlarmQueue.Send(new AlarmMessage.Held(null).Write(), cancellation: stopping.Token);
            await Get<IssueControl>().Sweep(Get<PublishedNewsletters>().Known());
            await Get<Erasure>().Finish();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { /* the next start takes it up */ }
    }

    private QueuePump Pump(string name, FunctionCall call)
    {
        var (queue, wall) = (Get<Tables>().Queues.First(queue => queue.Name == name), web.Services.Wall());
        return new(
            new(queue, Work, Get<ParkMessages>().Of(name)), Get<IntakePriority>(), wall,
            Log($"Automation.Queues.{name}"));

        Task Work(Storage.QueuedMessage message, CancellationToken cancellation)
        {
            Meters.Waited(name, message.InsertedOn, wall);
            return call.Run(new BinaryData(message.Body), cancellation);
        }
    }

    private Ticker Ticker(string function, string schedule, FunctionCall call) => new(
        new(function, Schedule.Parse(schedule), call.Run), Path.Combine(Get<Settings>().DataFolder, "timers"),
        Get<TimeProvider>(), Lapse, Get<ClockJumps>(), Log($"Automation.Timers.{function}"));

    /// <summary>Stops listening, finishes what is under way, closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
        await web.Services.GetRequiredService<EmbeddedTaskHub>().StopAsync();
        await web.DisposeAsync();
        stopping.Dispose();
    }
}
