using System.Text;

namespace Automation.Functions.Hosting;

/// <summary>
/// Pages for customers: never kept by anybody in between, never shown inside another page, and their address is told to
/// nobody.
/// </summary>
public static class HtmlAnswers
{
    /// <summary>Nothing is loaded, and forms lead back to us alone.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static async Task Show(this HttpContext http, int status, string html)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }
}
