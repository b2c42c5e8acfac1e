using Automation.Console.Newsletters;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Time;

namespace Automation.Functions.Console.Newsletters;

/// <summary>Gathers what the pages of series show.</summary>
public sealed class SeriesViews(
    PublishedNewsletters newsletters, NewsletterCalendar calendar, IssueStore issues, Reader reader,
    AudienceForecast audiences, TimeProvider time)
{
    /// <summary>How far back issues are shown, in days; how many coming slots the list shows.</summary>
    private const int Past = 182, Next = 3;

    public async Task<IReadOnlyList<SeriesLine>> All(CancellationToken cancellation)
    {
        var (book, countedAt) = await reader.Read(cancellation);
        var slots = await calendar.Coming(cancellation);
        List<SeriesLine> lines = [];
        foreach (var newsletter in newsletters.All())
        {
            var last = await Gone(newsletter.Id).LastOrDefaultAsync(cancellation);
            lines.Add(new(
                newsletter,
                [.. Coming(slots, newsletter).Take(Next)],
                last is null ? null : new(last, book, countedAt)));
        }
        return lines;
    }

    /// <summary>Null: there is no such newsletter.</summary>
    public async Task<SeriesView?> One(string id, bool counted, CancellationToken cancellation)
    {
        if (newsletters.Find(id) is not { } newsletter) return null;
        var (book, countedAt) = await reader.Read(cancellation);
        var slots = Coming(await calendar.Coming(cancellation), newsletter).ToList();
        var next = slots.FirstOrDefault() is { } slot ? IssueId.Parse($"{id}/{slot.Date}")!.Value
            : new(id, Zones.Day(time.GetUtcNow(), TimeZoneInfo.Utc));
        return new()
        {
            Newsletter = newsletter,
            Next = slots,
            Past = await Gone(id).Select(issue => new IssueInsights(issue, book, countedAt)).ToListAsync(cancellation),
            Audience = counted ? await audiences.Count(newsletter, next) : null,
        };
    }

    private IAsyncEnumerable<Issue> Gone(string newsletter) =>
        issues.Of(newsletter, Zones.Day(time.GetUtcNow(), TimeZoneInfo.Utc).AddDays(-Past))
            .Where(issue => issue.StartedAt is not null);

    private IEnumerable<CalendarEntry> Coming(IEnumerable<CalendarSlot> slots, Newsletter newsletter) => slots
        .Where(slot => slot.Newsletter.Id == newsletter.Id && slot.Slot.At > time.GetUtcNow())
        .Select(slot => new CalendarEntry(slot));
}
