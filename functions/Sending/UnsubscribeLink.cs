using System.Text;
using Automation.Functions.Hosting;
using Automation.Marketing.Events;
using Automation.Marketing.Journeys;
using Automation.Marketing.Sending;

namespace Automation.Functions.Sending;

/// <summary>
/// The link below each marketing mail. GET and HEAD change nothing (link scanners follow links); POST unsubscribes, from the page's
/// button or a mail client's one click (RFC 8058: either form encoding, no redirect, no cookie).
/// </summary>
public sealed class UnsubscribeLink(Unsubscribe unsubscribe, PublishedJourneys journeys, EventHandling handling)
{
    public async Task Run(HttpContext http)
    {
        var token = http.Route("token");
        await Show(http, HttpMethods.IsPost(http.Request.Method) ? await unsubscribe.Do(token, await How(http), handling) : unsubscribe.Page(token));
    }

    private static async Task<string> How(HttpContext http)
    {
        if (RequestBody.IsTooLarge(http.Request)) return "unsubscribe link";
        using var body = await RequestBody.Read(http.Request);
        return body.Bytes.Span.IndexOf("One-Click"u8) >= 0 ? "one-click" : "unsubscribe link";
    }

    private async Task Show(HttpContext http, UnsubscribePage page)
    {
        var html = Encoding.UTF8.GetBytes(page.Html(journeys.Shop));
        http.Response.StatusCode = page is UnsubscribePage.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = html.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(html, http.RequestAborted);
    }
}
