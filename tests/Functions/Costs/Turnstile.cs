using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Costs;

/// <summary>A way into the account for one process alone: every request that arrives at the account by it is
/// counted.</summary>
internal sealed class Turnstile : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly WebApplication web;
    private readonly Dictionary<string, string> account;
    private long reads, writes, queue;
    private (string Name, TaskCompletionSource Came)? held;
    private string? refused;

    private Turnstile(WebApplication web, string account) =>
        (this.web, this.account) =
            (web, account.Split(';').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]));

    /// <summary>The account, by this way.</summary>
    public string ConnectionString => string.Join(';', account.Select(part => $"{part.Key}={part.Key switch
    {
        "TableEndpoint" => Here(0, part.Value),
        "QueueEndpoint" => Here(1, part.Value),
        _ => part.Value,
    }}"));

    public Operations Counted =>
        new(Interlocked.Read(ref reads), Interlocked.Read(ref writes), Interlocked.Read(ref queue));

    public static async Task<Turnstile> Start(string account)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => { for (var service = 0; service < 2; service++) kestrel.Listen(IPAddress.Loopback, 0); });
        var web = builder.Build();
        var turnstile = new Turnstile(web, account);
        web.Run(turnstile.Pass);
        await web.StartAsync();
        return turnstile;
    }

    /// <summary>From now on nobody gets through to this table; completes when the first tries to.</summary>
    public Task HoldAtTable(string name)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held = (name, came);
        return came.Task;
    }

    /// <summary>From now on whoever comes to this table is refused.</summary>
    public void RefuseTable(string name) => refused = name;

    /// <summary>All get through again.</summary>
    public void Open() => refused = null;

    /// <summary>What these happenings cost.</summary>
    public async Task<Operations> Count(Func<Task> happening)
    {
        var before = Counted;
        await happening();
        return Counted - before;
    }

    private async Task Pass(HttpContext context)
    {
        var isQueue = context.Connection.LocalPort == new Uri(web.Urls.ElementAt(1)).Port;
        Interlocked.Increment(
            ref isQueue ? ref queue : ref HttpMethods.IsGet(context.Request.Method) ? ref reads : ref writes);
        // As it came, escapes and all: what is signed is the path.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (!isQueue && refused is { } forbidden && IsAt(target, forbidden))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (!isQueue && held is var (closed, came) && IsAt(target, closed))
        {
            came.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            new Uri(new Uri(account[isQueue ? "QueueEndpoint" : "TableEndpoint"]), target));
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.ContentLength is not null) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
            if (name is not ("Host" or "Connection" or "Transfer-Encoding")
                && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
                context.Response.Headers[name] = values.ToArray();
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified) return;
        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private static bool IsAt(string target, string table) =>
        Uri.UnescapeDataString(target).Contains($"/{table}(", StringComparison.Ordinal);

    private string Here(int service, string endpoint) =>
        $"{web.Urls.ElementAt(service)}{new Uri(endpoint).AbsolutePath}";

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
        http.Dispose();
    }
}
