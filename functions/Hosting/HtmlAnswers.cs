using System.Text;

namespace Automation.Functions.Hosting;

/// <summary>Pages for customers: never kept by anybody in between.</summary>
public static class HtmlAnswers
{
    public static async Task Show(this HttpContext http, int status, string html)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }
}
