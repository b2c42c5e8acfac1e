using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>A mailing that the plan counts: an issue whose slot was acted on and that went out, goes out or waits to;
/// or a slot that may still be acted on. What was cancelled before it began is none.</summary>
public sealed record PlannedMailing
{
    public required Newsletter Newsletter { get; init; }
    public required IssueId Id { get; init; }

    /// <summary>When it was or is due.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The day it counts on: that of its date, also where a holiday moves it; what goes on another day, by
    /// hand, counts on that day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Null: nobody has acted on the slot.</summary>
    public required Issue? Issue { get; init; }

    /// <summary>No earlier one of the newsletter is in its month.</summary>
    public required bool IsFirstOfMonth { get; init; }

    /// <summary>Whoever has not got it will not.</summary>
    public bool IsOver => Issue is { State: IssueState.Sent or IssueState.Cancelled };

    /// <summary>The ledger may know whom it went to.</summary>
    public bool HasBegun => Issue is { StartedAt: not null };

    /// <summary>What the plan counts: one place, however long its mails take.</summary>
    public PlanMoment Place => new(Issue?.StartedAt - Slot > SlotRules.OnTime ? Issue!.StartedAt!.Value : Slot, Day);

    /// <summary>Is it for this customer, as they are now and as they chose?</summary>
    public bool IsFor(Situation situation)
    {
        var chosen = situation.Customer.Preferences ?? Preferences.None;
        return !chosen.Without.Contains(Newsletter.Id) && !(Slot < chosen.PausedUntil)
            && (!chosen.Monthly || IsFirstOfMonth) && Conditions.Holds(Newsletter.Audience, situation);
    }

    /// <summary>Of two the one that was due first has precedence.</summary>
    public bool IsBefore(PlannedMailing other) =>
        Slot != other.Slot ? Slot < other.Slot : string.CompareOrdinal(Id.ToString(), other.Id.ToString()) < 0;

    /// <summary>That of an issue.</summary>
    public static PlannedMailing Of(Newsletter newsletter, ShopSettings shop, Issue issue, bool isFirstOfMonth) =>
        new()
        {
            Newsletter = newsletter,
            Id = issue.Id,
            Slot = issue.Slot,
            Day = Counts(newsletter, shop, issue.Id, issue.Slot),
            Issue = issue,
            IsFirstOfMonth = isFirstOfMonth,
        };

    /// <summary>A newsletter's appointments: its issues, and slots up to a moment that nobody has acted on.
    /// Pure.</summary>
    /// <param name="issues">All of at least this and the last month.</param>
    public static IReadOnlyList<PlannedMailing> Of(Newsletter newsletter, ShopSettings shop,
        IReadOnlyCollection<Issue> issues, DateTimeOffset now, DateTimeOffset upTo)
    {
        var acted = issues.Select(issue => issue.Id).ToHashSet();
        var open = SlotRules.Between(newsletter, shop, now.AddDays(-SlotRules.LongestLate), upTo)
            .Where(slot => !slot.Skipped && !acted.Contains(slot.Id)
                && SlotRules.Until(slot, SlotRules.Next(newsletter, shop, slot.Id.Date), newsletter.Late,
                    SlotRules.Zone(newsletter, shop)) > now);
        var all = issues.Where(issue => issue.State != IssueState.Cancelled || issue.StartedAt is not null)
            .Select(issue => (issue.Id, issue.Slot, Issue: (Issue?)issue))
            .Concat(open.Select(slot => (slot.Id, Slot: slot.At, Issue: (Issue?)null)))
            .OrderBy(one => one.Id.Date).ToList();
        return [.. all.Select((one, n) => new PlannedMailing
        {
            Newsletter = newsletter,
            Id = one.Id,
            Slot = one.Slot,
            Day = Counts(newsletter, shop, one.Id, one.Slot),
            Issue = one.Issue,
            IsFirstOfMonth = n == 0 || !IsSameMonth(all[n - 1].Id.Date, one.Id.Date),
        })];
    }

    /// <summary>Is an issue, in the book or not yet, its newsletter's first of the month?</summary>
    public static bool IsFirstOfMonthIn(IReadOnlyList<PlannedMailing> book, IssueId id) =>
        !book.Any(other => other.Id.Newsletter == id.Newsletter && other.Id.Date < id.Date
            && IsSameMonth(other.Id.Date, id.Date));

    private static DateOnly Counts(Newsletter newsletter, ShopSettings shop, IssueId id, DateTimeOffset slot) =>
        SlotRules.On(newsletter, shop, id.Date)?.At == slot ? id.Date
            : Zones.Day(slot, SlotRules.Zone(newsletter, shop));

    private static bool IsSameMonth(DateOnly one, DateOnly other) => (one.Year, one.Month) == (other.Year, other.Month);
}
