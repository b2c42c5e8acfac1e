using Automation.Console.Letters;
using Automation.Console.Newsletters;
using Automation.Functions.Console.Letters;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Console.Newsletters;

/// <summary>What somebody asks of an issue's page.</summary>
/// <param name="Ask">What there is to confirm before it goes by hand.</param>
/// <param name="Count">Whom it would reach.</param>
public sealed record IssueQuestion(PreviewLook Look, string? Who, bool Ask, bool Count);

/// <summary>Gathers what an issue's page shows.</summary>
public sealed class IssueViews(
    IssueService desk, PublishedNewsletters newsletters, NewsletterCalendar calendar, IssueAnswers answers,
    LetterPreviews letters, TimeProvider time)
{
    public async Task<IssueView?> Of(IssueId id, IssueQuestion asked, CancellationToken cancellation)
    {
        if (await desk.Report(id, cancellation) is not { } report) return null;
        var series = await newsletters.SeriesOf(id, cancellation);
        var slots = await calendar.Coming(cancellation);
        var source = await newsletters.Pinned(id, cancellation)
            ?? slots.FirstOrDefault(slot => slot.Slot.Id == id)?.SlotContent.Text;
        var view = new IssueView
        {
            Report = report,
            Newsletter = series,
            Text = source,
            HasOwn = newsletters.Own(id) is not null,
            Look = asked.Look,
            Who = asked.Who,
            Free = [.. slots.Where(slot => slot.Newsletter.Id == id.Newsletter && IsFree(slot))
                .Select(slot => slot.Slot)],
            Now = time.GetUtcNow(),
        };
        if (view.HasBegun) return await answers.Begun(view, cancellation);
        if (source is not null)
        {
            var letter = Letter.Issue(id.Newsletter, source.File, source.Text);
            var rendered = await letters.Render(letter, null, Purpose.Marketing);
            view = view with { Hints = letters.Hints(letter, rendered).Hints };
        }
        return series is null ? view : await answers.Coming(view, id, asked, cancellation);
    }

    private bool IsFree(CalendarSlot slot) =>
        slot is { Issue: null, SlotContent.Own: null, Slot.Skipped: false } && slot.Slot.At > time.GetUtcNow();
}

/// <summary>What an issue's page is answered from figures and counts.</summary>
public sealed class IssueAnswers(IssueSteering steering, AudienceForecast audiences, Reader reader, IssueStore issues)
{
    /// <summary>Before it goes: only what somebody asks.</summary>
    public async Task<IssueView> Coming(
        IssueView view, IssueId id, IssueQuestion asked, CancellationToken cancellation) => view with
        {
            Asked = asked.Ask ? await steering.Ask(id, cancellation) : null,
            Audience = asked.Count ? await audiences.Count(view.Newsletter!, id) : null,
        };

    /// <summary>Since it goes: how large the one before was, what this one did.</summary>
    public async Task<IssueView> Begun(IssueView view, CancellationToken cancellation)
    {
        var id = view.Report.Of.Id;
        int? usual = null;
        await foreach (var before in issues.Of(id.Newsletter, id.Date.AddDays(-60)))
            if (before.Id.Date < id.Date && before.Counts.Audience > 0) usual = before.Counts.Audience;
        if (!view.IsOver) return view with { Usual = usual };
        var (book, countedAt) = await reader.Read(cancellation);
        return view with { Usual = usual, Results = new IssueInsights(view.Report.Of, book, countedAt) };
    }
}
