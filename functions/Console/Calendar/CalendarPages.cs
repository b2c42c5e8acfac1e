using Automation.Console.Calendar;
using Automation.Console.Newsletters;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Calendar;

/// <summary>Eight weeks of appointments. Storage: two queries for each newsletter (issues that have a say in what is to
/// come, those of this week), and the figures once they changed.</summary>
public sealed class CalendarPages(
    NewsletterCalendar calendar, PublishedNewsletters newsletters, IssueStore issues, Reader reader, CurrentShop shop,
    TimeProvider time)
{
    [Function("ConsoleCalendar")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/calendar")] HttpRequest request)
    {
        var (now, cancellation) = (time.GetUtcNow(), request.HttpContext.RequestAborted);
        var slots = await calendar.Coming(cancellation);
        var (book, countedAt) = await reader.Read(cancellation);
        var shown = slots.Select(slot => slot.Slot.Id).ToHashSet();
        var monday = CalendarReport.Monday(Zones.Day(now, Zones.Of(shop.Settings.TimeZone, shop.Settings.TimeZone)));
        List<PastIssue> gone = [];
        foreach (var newsletter in newsletters.All())
            await foreach (var issue in issues.Of(newsletter.Id, monday.AddDays(-7)))
                if (!shown.Contains(issue.Id) && issue.Slot < now)
                    gone.Add(new(
                        newsletter.Name, IssueWords.Address(newsletter.Id, issue.Id.RowKey), issue.Slot, issue.State));
        var weeks = CalendarReport.Of(
            slots.Select(slot => new CalendarEntry(slot)), gone, book.Due(), shop.Settings, now);
        return request.Page<CalendarPage>(
            new CalendarReport(weeks, shop.Settings, newsletters.All().Count > 0, countedAt));
    }
}
