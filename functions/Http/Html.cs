using System.Text;

namespace Automation.Functions.Http;

/// <summary>A page for customers: never kept by anybody in between, never shown inside another page, and its address is
/// told to nobody.</summary>
/// <param name="policy">What it may load and do; null: nothing is loaded, and forms lead back to us alone.</param>
public class Html(int status, string text, string? policy = null) : IResult
{
    public const string ContentType = "text/html; charset=utf-8";

    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (answer, bytes) = (httpContext.Response, Encoding.UTF8.GetBytes(text));
        answer.StatusCode = status;
        answer.ContentType = ContentType;
        answer.ContentLength = bytes.Length;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.ContentSecurityPolicy = policy ?? Policy;
        answer.Headers["Referrer-Policy"] = "no-referrer";
        answer.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await answer.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
