using System.Net.Sockets;
using Automation.Functions.Tests.AzureHost.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Requests at the host's front: each is an invocation, and is passed on to where the worker takes requests
/// while that is open. What no function is there for is an empty 404, also where only the method is wrong.</summary>
internal sealed class Front(FunctionsHost host) : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromSeconds(1),
        ConnectCallback = Connect,
    });

    private readonly WebApplication web = Create();

    public Uri Address => new(web.Urls.First());

    public async Task Start(IEnumerable<HostedFunction> functions)
    {
        foreach (var function in functions)
            web.MapMethods($"/{function.Route}", function.Methods, context => PassOn(context, function));
        web.Map("/{**nothing}", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await web.StartAsync();
    }

    private async Task PassOn(HttpContext context, HostedFunction function)
    {
        var invocation = host.Request(function, new TypedData { Http = new() });
        // What functions bind by name: the query's values, and over them those of the route.
        foreach (var (name, value) in context.Request.Query)
            invocation.TriggerMetadata[name] = new() { String = value };
        foreach (var (name, value) in context.Request.RouteValues)
            invocation.TriggerMetadata[name] = new() { String = $"{value}" };
        try
        {
            var running = host.Invoke(invocation);
            using var request = Copy(context, await host.WorkerAddress());
            request.Headers.Add("x-ms-invocation-id", invocation.InvocationId);
            using var answer = await http.SendAsync(request, context.RequestAborted);
            await running;
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                    context.Response.Headers[name] = values.ToArray();
            await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException
            or SocketException or WorkerGoneException)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>A worker may name its functions before it listens; the host tries again for a while.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (tries < 10)
            {
                socket.Dispose();
                await Task.Delay(50, cancellation);
            }
        }
    }

    private static HttpRequestMessage Copy(HttpContext context, Uri worker)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(worker, target));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is "Host" or "Transfer-Encoding" or "Connection") continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return request;
    }

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        http.Dispose();
    }
}
