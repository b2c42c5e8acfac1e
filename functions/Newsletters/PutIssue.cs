using System.Text.Unicode;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Checks an issue (Markdown with front matter; <c>{date}</c> may also be the fallback's name) and makes it the one of its slot. <c>?dryRun=true</c> only says.</summary>
public sealed class PutIssue(PublishedNewsletters newsletters, IssueStore issues, ShopDraft draft, ShopWatch shop)
{
    [Function(nameof(PutIssue))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/newsletters/{id}/issues/{date}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var (id, name) = (http.Route("id"), http.Route("date"));
        if (http.IsDryRun() is not { } dryRun) { await http.UnclearDryRun(); return; }
        if (http.Request.ContentType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send text/markdown."); return; }
        if (newsletters.Find(id) is not { } newsletter) { await http.NoSuchNewsletter(); return; }
        var issue = IssueId.Parse($"{id}/{name}");
        if (issue is null && !newsletter.Fallbacks.Contains(name)) { await http.Refuse(StatusCodes.Status400BadRequest, "An issue is named by its day, 2026-12-02, or is one of the newsletter's fallbacks."); return; }
        if (issue is { } slot && await issues.Find(slot, http.RequestAborted) is { } acted)
        {
            await http.Refuse(StatusCodes.Status409Conflict, $"The slot was acted on (state {acted.Value.State.ToString().ToLowerInvariant()}); its text does not change any more.");
            return;
        }
        using var body = await RequestBody.Read(http.Request);
        if (!Utf8.IsValid(body.Bytes.Span)) { await http.Refuse(StatusCodes.Status400BadRequest, "This is not UTF-8 text."); return; }
        var file = ShopDraft.Issue(id, name);
        if (draft.Obstacle(
            file) is { } obstacle) { await http.Refuse(StatusCodes.Status409Conflict, obstacle); return; }
        if (await draft.Check(file, body.Bytes) is { Count: > 0 } problems)
        {
            await http.Refuse(StatusCodes.Status422UnprocessableEntity, "The issue has mistakes; nothing was changed.", json => json.Write("problems", problems));
            return;
        }
        if (!dryRun)
        {
            await draft.Write(file, body.Bytes);
            await shop.Publish(CancellationToken.None);
        }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", $"{id}/{name}");
            json.WriteBoolean("published", !dryRun);
            json.WriteEndObject();
        });
    }
}
