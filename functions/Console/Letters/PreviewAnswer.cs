using System.Text;
using Automation.Console.Letters;

namespace Automation.Functions.Console.Letters;

/// <summary>The document of a preview's frame, with a policy of its own.</summary>
public sealed class PreviewAnswer(string html) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (answer, bytes) = (httpContext.Response, Encoding.UTF8.GetBytes(html));
        answer.ContentType = "text/html; charset=utf-8";
        answer.ContentLength = bytes.Length;
        answer.Headers.ContentSecurityPolicy = PreviewDocument.Policy;
        answer.Headers["Referrer-Policy"] = "no-referrer";
        return answer.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
