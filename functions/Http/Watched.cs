using System.Diagnostics;
using Automation.Marketing;

namespace Automation.Functions.Http;

/// <summary>HTTP functions as telemetry sees them, the same under both hosts.</summary>
public static class Watched
{
    /// <summary>A span for each request; probes are nobody's business.</summary>
    public static RequestDelegate Http(string function, string route, RequestDelegate run) =>
        route == "metrics" || route.StartsWith("health/", StringComparison.Ordinal)
            ? run
            : http => Tracing.On ? Watch(http, function, route, run) : run(http);

    private static async Task Watch(HttpContext http, string function, string route, RequestDelegate run)
    {
        using var span = Tracing.Arrive(function, http.Request.Headers.TraceParent);
        span?.SetTag("http.request.method", http.Request.Method).SetTag("http.route", route);
        try
        {
            await run(http);
            span?.SetTag("http.response.status_code", http.Response.StatusCode);
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}
