using Automation.Console.Today;
using Automation.Functions.Health;
using Automation.Marketing.Inbox;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Today.TodayPage;

namespace Automation.Functions.Console;

/// <summary>The first page: is the host well, what happened, what comes, what needs somebody.</summary>
public sealed class TodayPage(
    Ready ready, Reader reader, PublishedJourneys journeys, NewsletterCalendar calendar, AttentionList attention)
{
    [Function("ConsoleToday")]
    public async Task<RazorComponentResult<Page>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var health = (await ready.Run(request)).Result;
        var well = (health as Ok<Readiness>)?.Value;
        var (book, countedAt) = await reader.Read(cancellation);
        return request.Page<Page>(new TodayReport
        {
            NotReady = (health as Http.Refusal)?.Detail,
            Lacks = well?.Reasons ?? [],
            Waiting = well?.Waiting ?? 0,
            Thanks = ThanksReport.Of(book),
            Days = book.Days(14),
            CountedAt = countedAt,
            Journeys = [.. journeys.All.OrderBy(journey => journey.Id, StringComparer.Ordinal)
                .Select(journey => Running(journey, book))],
            Slots = [.. (await calendar.Coming(cancellation)).Select(slot => new CalendarEntry(slot)).Where(IsToCome)],
            Attention = await attention.First(20, cancellation),
        });
    }

    private static bool IsToCome(CalendarEntry slot) => slot.State is not (IssueState.Sent or IssueState.Cancelled);

    private RunningJourney Running(PublishedJourney journey, Book book) => new()
    {
        Id = journey.Id,
        Name = journey.Journey.Name,
        Paused = journeys.IsPaused(journey.Id),
        Live = book.Figures[$"journey|{journey.Id}|live"],
        Entered = book.Figures[$"journey|{journey.Id}|entered"],
    };
}
