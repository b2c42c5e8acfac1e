using System.Text.Unicode;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>
/// Checks an issue (Markdown with front matter; <c>{date}</c> may also be the fallback's name) and makes it the one of
/// its slot. <c>?dryRun=true</c> only says.
/// </summary>
public sealed class PutIssue(PublishedNewsletters newsletters, IssueStore issues, ShopDraft draft, ShopWatch shop)
{
    [Function(nameof(PutIssue)), Asks("dryRun", Body = "text/markdown")]
    public async Task<Results<Ok<IssuePublication>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/newsletters/{id}/issues/{date}")]
        HttpRequest request,
        string id, string date)
    {
        if (!request.SaysDryRun(out var dryRun)) return Questions.UnclearDryRun;
        if (request.ContentType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true)
            return Refusal.NotUnderstood("Send text/markdown.");
        if (newsletters.Find(id) is not { } newsletter) return Missing.Newsletter;
        var issue = IssueId.Parse($"{id}/{date}");
        if (issue is null && !newsletter.Fallbacks.Contains(date))
            return Refusal.Unreadable("An issue is named by its day, 2026-12-02, or is one of the newsletter's fallbacks.");
        if (issue is { } slot && await issues.Find(slot, request.HttpContext.RequestAborted) is { } acted)
            return Refusal.Conflict($"The slot was acted on (state {acted.Value.State.ToString().ToLowerInvariant()}); its text does not change any more.");
        using var body = await RequestBody.Read(request);
        if (!Utf8.IsValid(body.Bytes.Span)) return Refusal.Unreadable("This is not UTF-8 text.");
        var file = ShopDraft.Issue(id, date);
        if (draft.Obstacle(file) is { } obstacle) return Refusal.Conflict(obstacle);
        if (await draft.Check(file, body.Bytes) is { Count: > 0 } problems)
            return Refusal.Mistaken("The issue has mistakes; nothing was changed.", problems);
        if (!dryRun)
        {
            await draft.Write(file, body.Bytes);
            await shop.Publish(CancellationToken.None);
        }
        return TypedResults.Ok(new IssuePublication($"{id}/{date}", !dryRun));
    }
}

/// <summary>What became of an issue's text that was handed in.</summary>
public sealed record IssuePublication(string Id, bool Published);
