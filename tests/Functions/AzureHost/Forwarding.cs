using System.Net.Sockets;
using Automation.DurableTask.Tests.Functions;
using Microsoft.AspNetCore.Http;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Requests at the host's front: HTTP functions go to the handler as they came, the rest to the management API.</summary>
internal static class Forwarding
{
    /// <summary>Buffered, at the original path; a body without length is dropped, as the host does; a dead handler is a 500.</summary>
    public static async Task ToHandler(HttpContext http, HandlerProcess handler)
    {
        using var request = await Copy(http, http.Request.Path.ToUriComponent() + http.Request.QueryString);
        try
        {
            using var answer = await handler.Send(() =>
            {
                request.RequestUri = handler.At(request.RequestUri!.OriginalString);
                return request;
            });
            await Answer(http, answer);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException or SocketException)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    public static async Task ToApi(HttpContext http, ManagementApi api)
    {
        using var request = await Copy(http, Microsoft.AspNetCore.Http.Extensions.UriHelper.GetEncodedUrl(http.Request));
        using var answer = await api.Answer(request);
        await Answer(http, answer);
    }

    private static async Task<HttpRequestMessage> Copy(HttpContext http, string to)
    {
        var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(to, UriKind.RelativeOrAbsolute));
        if (http.Request.ContentLength is > 0)
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach (var (name, values) in http.Request.Headers)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return request;
    }

    private static async Task Answer(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) http.Response.Headers[name] = values.ToArray();
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }
}
