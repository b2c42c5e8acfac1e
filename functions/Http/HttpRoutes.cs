using Automation.Functions.Worker;

namespace Automation.Functions.Http;

/// <summary>What lies around every HTTP function, whoever drives it.</summary>
public static class HttpRoutes
{
    /// <summary>The largest body taken, bytes.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    /// <summary>Behind the bearer key?</summary>
    public static bool IsApi(string route) => route.StartsWith("api/", StringComparison.Ordinal);

    /// <summary>The function with its span, and with the key before it where its route wants one.</summary>
    public static RequestDelegate Around(string function, string route, ApiKey key, RequestDelegate run) =>
        Watched.Http(function, route, IsApi(route) ? Unkept(key.Require(run)) : run);

    /// <summary>What <c>/api</c> says is of persons: nothing in between keeps it, refusals neither.</summary>
    private static RequestDelegate Unkept(RequestDelegate next) => http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    };
}
