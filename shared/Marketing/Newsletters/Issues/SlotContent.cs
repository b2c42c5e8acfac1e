using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What there is for a slot: its own issue, one that was too late for the slot before, the newsletter's
/// fallback that is next.</summary>
public sealed record SlotContent(IssueSource? Own, IssueSource? Carried, IssueSource? Fallback)
{
    /// <summary>Fallbacks that would have come first, and went out too lately.</summary>
    public IReadOnlyList<SpentFallback> Spent { get; init; } = [];

    /// <summary>Why nothing goes out although there is a fallback; null: there is none, or something does.</summary>
    public string? Rests =>
        Ready == Ready.Nothing && Spent.Count > 0 ? string.Join(", ", Spent.Select(spent => spent.InWords())) : null;

    /// <summary>The slot's own issue, then the one carried over: what was written for it.</summary>
    public IssueSource? Written => Own is { Draft: false } ? Own : Carried;

    /// <summary>What goes out.</summary>
    public IssueSource? Text => Written ?? Fallback;

    public Ready Ready => Written is not null ? Ready.Issue : Fallback is not null ? Ready.Fallback : Ready.Nothing;

    /// <summary>Before its slot is acted on.</summary>
    public IssueState State =>
        Written is not null ? IssueState.Ready : Own is not null ? IssueState.Draft : IssueState.Empty;

    /// <summary>How much a slot that waits for its issue is warned of: in how many days at most it is due; null: not
    /// yet, or it is ready.</summary>
    public int? Warning(Newsletter newsletter, Slot slot, DateTimeOffset now, TimeZoneInfo zone) =>
        State == IssueState.Ready ? null : Due(newsletter, slot, now, zone);

    /// <summary>The same for a slot that has nothing.</summary>
    public static int? Due(Newsletter newsletter, Slot slot, DateTimeOffset now, TimeZoneInfo zone) =>
        slot.Skipped || now >= slot.At ? null
            : newsletter.WarnDays.Order().Select(days => (int?)days)
                .FirstOrDefault(days => now >= WarnedAt(slot, days!.Value, zone));

    /// <summary>When a slot is warned of for the n-th day ahead: at the same time of day.</summary>
    public static DateTimeOffset WarnedAt(Slot slot, int days, TimeZoneInfo zone) =>
        new Time.Period(days, Time.PeriodUnit.Day).Before(slot.At, zone);
}
