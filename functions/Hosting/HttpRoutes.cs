namespace Automation.Functions.Hosting;

/// <summary>Manifests' routes onto Kestrel, prefix-less as in host.json; everything below <c>api/</c> wants the key.</summary>
public static class HttpRoutes
{
    /// <summary>The largest body taken, bytes.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder web, IReadOnlyList<Manifest> manifests, Functions functions, ApiKey key)
    {
        web.MapMethods("/", ["GET", "HEAD"], Here).WithDisplayName("Root");
        foreach (var manifest in manifests)
        {
            if (manifest.Trigger is not Trigger.Http http) continue;
            var run = functions.Http[manifest.Function];
            web.MapMethods($"/{http.Route}", http.Methods, Watched.Http(manifest.Function, http.Route, IsApi(http)
                ? Unkept(key.Require(run))
                : run)).WithDisplayName(manifest.Function);
        }
    }

    /// <summary>What <c>/api</c> says is of persons: nothing in between keeps it, refusals neither.</summary>
    private static RequestDelegate Unkept(RequestDelegate next) => http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    };

    /// <summary>The Functions host asks here whether the process is up; any answer will do.</summary>
    private static Task Here(HttpContext http)
    {
        http.Empty(StatusCodes.Status200OK);
        return Task.CompletedTask;
    }

    /// <summary>Behind the bearer key?</summary>
    public static bool IsApi(Trigger.Http http) => http.Route.StartsWith("api/", StringComparison.Ordinal);
}
