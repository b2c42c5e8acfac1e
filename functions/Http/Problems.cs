using System.Text;
using System.Text.Json;

namespace Automation.Functions.Hosting;

/// <summary>Refusals as <c>application/problem+json</c> (RFC 9457).</summary>
public static partial class Problems
{
    /// <summary>Answers a refusal; <paramref name="detail"/> says what is wrong and how to put it right, null: nothing is given away.</summary>
    public static Task Refuse(this HttpContext http, int status, string? detail = null, Action<Utf8JsonWriter>? more = null)
    {
        if (status == StatusCodes.Status413PayloadTooLarge) http.Response.Headers.Connection = "close";   // the rest of the body is not worth reading
        return http.Answer(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("title", Title(status));
            json.WriteNumber("status", status);
            if (detail is not null) json.WriteString("detail", detail);
            more?.Invoke(json);
            json.WriteEndObject();
        }, "application/problem+json");
    }

    /// <summary>The outermost layer: every refusal gets a body, what throws is logged and answered with 500.</summary>
    public static RequestDelegate Guard(RequestDelegate next, ILogger log) => async http =>
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null }) await http.Refuse(http.Response.StatusCode);
        }
        catch (BadHttpRequestException refused)
        {
            if (!http.Response.HasStarted) await http.Refuse(refused.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested) { /* nobody is listening any more */ }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(log, http.Request.Method, http.GetEndpoint()?.DisplayName, failure);
            if (http.Response.HasStarted) http.Abort();
            else await http.Refuse(StatusCodes.Status500InternalServerError);
        }
    };

    private static string Title(int status) => status switch
    {
        400 => "This request cannot be read",
        401 => "Not authorized",
        404 => "There is nothing here",
        405 => "This method is not allowed here",
        409 => "This is not possible now",
        413 => "Too large",
        415 => "This content type is not understood here",
        500 => "Something went wrong here",
        503 => "Not ready",
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private static partial void LogFailed(ILogger log, string method, string? route, Exception error);
}
