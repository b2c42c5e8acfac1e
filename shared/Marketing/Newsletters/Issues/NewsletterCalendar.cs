using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>A slot as the calendar shows it.</summary>
public sealed record CalendarSlot
{
    public required Newsletter Newsletter { get; init; }
    public required Slot Slot { get; init; }

    /// <summary>What it was acted on with; null: not yet.</summary>
    public required Issue? Issue { get; init; }
    public required SlotContent SlotContent { get; init; }

    /// <summary>Within how many days it is due and has no issue; null: nothing to warn of.</summary>
    public required int? Warning { get; init; }

    public IssueState State => Issue?.State ?? (Slot.Skipped ? IssueState.Cancelled : SlotContent.State);

    /// <summary>The file it goes or went out with; null: none.</summary>
    public string? File =>
        Issue is not null ? Issue.File : Slot.Skipped ? null : SlotContent.Text?.File ?? SlotContent.Own?.File;

    public string? Because => Issue is not null ? Issue.Because : Slot.Because ?? SlotContent.Rests;
}

/// <summary>The coming slots of all newsletters, and how far each issue is.</summary>
public sealed class NewsletterCalendar(
    PublishedNewsletters newsletters, SlotContents contents, ShopSlots slots)
{
    public const int Weeks = 8;

    /// <summary>The slot of an issue that has not gone out; null: it is not among those of the coming weeks.</summary>
    public async Task<CalendarSlot?> Coming(IssueId id, CancellationToken cancellation = default) =>
        newsletters.Find(id.Newsletter) is null ? null
            : (await Coming(cancellation)).FirstOrDefault(slot => slot.Slot.Id == id);

    /// <summary>The next slot of a newsletter that goes out, as far as it is known; null: none in the coming
    /// weeks.</summary>
    public async Task<CalendarSlot?> Next(Newsletter newsletter, CancellationToken cancellation = default)
    {
        var now = slots.Now;
        return (await Coming(cancellation)).FirstOrDefault(slot =>
            slot.Newsletter.Id == newsletter.Id && slot.Slot.At > now && slot.State != IssueState.Cancelled);
    }

    /// <summary>From the beginning of today on, in the order they are due.</summary>
    public async Task<IReadOnlyList<CalendarSlot>> Coming(CancellationToken cancellation = default)
    {
        var (now, found) = (slots.Now, new List<CalendarSlot>());
        foreach (var newsletter in newsletters.All())
        {
            var zone = slots.Zone(newsletter);
            var today = Time.Zones.Instant(TimeZoneInfo.ConvertTime(now, zone).Date, zone);
            var coming = slots.Between(newsletter, today.AddTicks(-1), now.AddDays(7 * Weeks)).ToList();
            foreach (var (slot, (content, issue)) in coming.Zip(await contents.Of(newsletter, coming)))
                found.Add(new()
                {
                    Newsletter = newsletter,
                    Slot = slot,
                    Issue = issue,
                    SlotContent = content,
                    Warning = issue is null ? content.Warning(newsletter, slot, now, zone) : null,
                });
        }
        return [.. found.OrderBy(each => each.Slot.At).ThenBy(each => each.Newsletter.Id, StringComparer.Ordinal)];
    }
}
