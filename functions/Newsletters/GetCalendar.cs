using Automation.Marketing;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>The coming eight weeks of slots: what is due when, how far each issue is, which slots still wait for
/// theirs.</summary>
public sealed class GetCalendar(NewsletterCalendar calendar)
{
    [Function(nameof(GetCalendar))]
    public async Task<Ok<Page<CalendarEntry>>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/calendar")] HttpRequest request) =>
        TypedResults.Ok(new Page<CalendarEntry>(
            [.. (await calendar.Coming(request.HttpContext.RequestAborted)).Select(slot => new CalendarEntry(slot))]));
}
