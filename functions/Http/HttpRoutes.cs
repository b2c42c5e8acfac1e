using System.Reflection;
using Automation.Functions.Console;
using Automation.Functions.Hosting;
using Automation.Marketing.Access;

namespace Automation.Functions.Http;

/// <summary>What lies around every HTTP function, whoever drives it.</summary>
public sealed class HttpRoutes(BearerKeys keys, ConsoleDoor console, AuditLog audit)
{
    /// <summary>The largest body taken, bytes.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    /// <summary>Behind the bearer key?</summary>
    public static bool IsApi(string route) =>
        route == "metrics" || route.StartsWith("api/", StringComparison.Ordinal);

    /// <summary>Behind a session? The pages in front of it too.</summary>
    public static bool IsConsole(string route) =>
        route == "console" || route.StartsWith("console/", StringComparison.Ordinal);

    /// <summary>The function with its span, and with key or session before it where its route wants one.</summary>
    public RequestDelegate Around(ListedFunction function, string route, RequestDelegate run)
    {
        var needs = function.Method.GetCustomAttribute<NeedsAttribute>();
        return Watched.Http(function.Name, route, IsApi(route)
            ? Unkept(keys.Require(Audited(run, function.Name, needs), needs))
            : IsConsole(route)
            ? Unkept(console.Require(Audited(run, function.Name, needs), needs, IsOpen(function))) : run);
    }

    private static bool IsOpen(ListedFunction function) => function.Method.IsDefined(typeof(OpenAttribute));

    /// <summary>What <c>/api</c> says is of persons: nothing in between keeps it, refusals neither.</summary>
    private static RequestDelegate Unkept(RequestDelegate next) => http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    };

    /// <summary>A change leaves a row: before it is made, and how it was answered after.</summary>
    private RequestDelegate Audited(RequestDelegate next, string function, NeedsAttribute? needs) => async http =>
    {
        if (http.Caller() is not { } who || !IsChange(http.Request, needs))
        {
            await next(http);
            return;
        }
        var change = new Change
        {
            Who = who.Name,
            What = function,
            Where = http.Request.Path,
            From = http.CallerAddress(),
            Why = http.Request.Insists(),
        };
        var key = await audit.Begin(change, http.RequestAborted);
        try
        {
            await next(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            // Problems.Guard, around this, answers it so.
            await audit.End(
                key, (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError);
            throw;
        }
        await audit.End(key, http.Response.StatusCode);
    };

    private static bool IsChange(HttpRequest request, NeedsAttribute? needs)
    {
        if (needs is { IsRoutine: true } or { Role: Role.Viewer }) return false;
        if (request.SaysDryRun(out var dryRun) && dryRun) return false;
        return needs is not null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
    }
}
