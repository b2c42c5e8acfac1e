namespace Automation.Functions.Http;

/// <summary>What goes wrong around a function, as refusals.</summary>
public static partial class Problems
{
    public static Task Refuse(this HttpContext http, int status) => new Refusal { Status = status }.ExecuteAsync(http);

    /// <summary>The outermost layer: every refusal gets a body, what throws is logged and answered with 500.</summary>
    public static RequestDelegate Guard(RequestDelegate next, ILogger log) => async http =>
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await http.Refuse(http.Response.StatusCode);
        }
        catch (BadHttpRequestException refused)
        {
            if (!http.Response.HasStarted) await http.Refuse(refused.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted
            .IsCancellationRequested)
        { /* nobody is listening any more */ }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(log, http.Request.Method, http.GetEndpoint()?.DisplayName, failure);
            if (http.Response.HasStarted) http.Abort();
            else await http.Refuse(StatusCodes.Status500InternalServerError);
        }
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private static partial void LogFailed(ILogger log, string method, string? route, Exception error);
}
