using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Automation.Functions.Hosting.CustomHandler;

/// <summary>
/// The functions under the Azure Functions host: HTTP functions at their own routes, everything else as invocations. The host owns
/// queues, timers and orchestrations; this process keeps nothing of value and may be killed at any moment.
/// </summary>
public sealed class HandlerHost : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Parts parts;

    private HandlerHost(WebApplication web, Parts parts) => (this.web, this.parts) = (web, parts);

    /// <summary>The port the Functions host wants answers on; null: it has not started this process.</summary>
    public static int? Port(IConfiguration configuration) =>
        int.TryParse(configuration["FUNCTIONS_CUSTOMHANDLER_PORT"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>Opens the account, then listens. SettingsException where the configuration cannot serve several machines.</summary>
    public static async Task<HandlerHost> Start(Settings settings, int port, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default)
    {
        if (Problems(settings).ToList() is { Count: > 0 } problems) throw new SettingsException(problems);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, port));
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, UntilKilled>();
        logging?.Invoke(builder.Logging);
        var web = builder.Build();
        var backend = Backend.FunctionsHost(settings, TimeProvider.System);
        await SharedSecret.Bring(backend.Tables.Suppression, Outgoing.LinksSecret(settings), cancellation);
        var host = new HandlerHost(web, await Parts.Open(settings, web.Services.GetRequiredService<ILoggerFactory>(), backend: backend, cancellation: cancellation));
        host.Map();
        await web.StartAsync(cancellation);
        return host;
    }

    /// <summary>Returns only when the server ends by itself; the host ends this process by killing it.</summary>
    public Task WaitForShutdown() => web.WaitForShutdownAsync(CancellationToken.None);

    /// <summary>What of the settings cannot serve several machines.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!settings.Storage.IsAzure)
            yield return "Storage:Engine must be azure under the Functions host: its machines come and go.";
        if (settings.ApiKey is null)
            yield return "Api:Key is missing: under the Functions host several machines must know the same key.";
        if (settings.Sources.Any(source => source == ConfiguredSource.Demo))
            yield return "Sources is missing: under the Functions host every source needs its secret (Sources__{name}__Platform, Sources__{name}__Secret).";
    }

    /// <summary>Only the host calls, and only here, whatever ASPNETCORE_URLS and the like say.</summary>
    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = HttpRoutes.LargestBody;
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private void Map()
    {
        var manifests = Manifest.ReadAll(AppContext.BaseDirectory);
        var functions = Functions.Of(parts);
        if (functions.Mismatches(manifests) is { Count: > 0 } mismatches) throw new SettingsException(mismatches);
        functions.Register(parts.Durable);
        var log = parts.Logs.CreateLogger("Automation.Http");
        web.Use(next => Hosting.Problems.Guard(next, log));
        web.Use(next => Callers.Behind(next, parts.Settings.Proxies));
        web.UseRouting();
        web.Use(next => parts.ShopNews.Before(next, manifests));
        HttpRoutes.Map(web, manifests, functions, new ApiKey(parts.ApiKey));
        new Invocations(functions, parts.Durable, Capabilities.Converter, parts.Backend.FunctionsClient, parts.Park, parts.Logs).Map(web, manifests);
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await parts.DisposeAsync();
        await web.DisposeAsync();
    }
}
