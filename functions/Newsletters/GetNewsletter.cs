using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>A newsletter as written in its file, and its next slot.</summary>
public sealed class GetNewsletter(PublishedNewsletters newsletters, ShopDraft draft, NewsletterCalendar calendar)
{
    [Function(nameof(GetNewsletter))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/newsletters/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        if (newsletters.Find(id) is not { } newsletter || await draft.Written(ShopDraft.Newsletter(id)) is not { } text) { await http.NoSuchNewsletter(); return; }
        var next = (await calendar.Next(newsletter, http.RequestAborted))?.Slot;
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", newsletter.Name);
            if (next is not null)
            {
                json.WriteStartObject("next");
                json.WriteString("date", next.Id.RowKey);
                json.WriteString("at", next.At);
                json.WriteEndObject();
            }
            json.WriteString("text", text);
            json.WriteEndObject();
        });
    }
}

/// <summary>What newsletters' functions answer alike.</summary>
public static class NewsletterAnswers
{
    public static Task NoSuchNewsletter(this HttpContext http) => http.Refuse(StatusCodes.Status404NotFound, "There is no such newsletter.");
}
