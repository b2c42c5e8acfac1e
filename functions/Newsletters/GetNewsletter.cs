using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>A newsletter as written in its file, and its next slot.</summary>
public sealed class GetNewsletter(PublishedNewsletters newsletters, ShopDraft draft, NewsletterCalendar calendar)
{
    [Function(nameof(GetNewsletter))]
    public async Task<Results<Ok<NewsletterText>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/newsletters/{id}")]
        HttpRequest request, string id)
    {
        if (newsletters.Find(id) is not { } newsletter || await draft.Written(ShopDraft.Newsletter(id)) is not { } text)
            return Missing.Newsletter;
        var next = (await calendar.Next(newsletter, request.HttpContext.RequestAborted))?.Slot;
        return TypedResults.Ok(new NewsletterText(
            id, newsletter.Name, next is null ? null : new(next.Id.RowKey, next.At), text));
    }
}

/// <summary>A newsletter's file.</summary>
/// <param name="Next">The slot that comes next; null: none in the coming weeks.</param>
public sealed record NewsletterText(string Id, string Name, NextSlot? Next, string Text);

/// <summary>When a newsletter goes out.</summary>
public sealed record NextSlot(string Date, DateTimeOffset At);
