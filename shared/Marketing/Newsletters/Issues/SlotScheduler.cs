using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Acts on every slot once its time has come, in their order, and only then moves its bookmark.</summary>
public sealed class SlotScheduler(
    PublishedNewsletters newsletters, SlotBookmarks bookmarks, ClockJumps jumps, SlotDeed deed, ShopSlots slots)
{
    /// <summary>One look at every newsletter; one that fails keeps no other waiting.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        foreach (var (newsletter, since) in await newsletters.CutTo(slots.Now, cancellation))
            await jumps.Say($"the publishing of newsletter {newsletter}", since, cancellation);
        await Task.WhenAll([.. newsletters.All().Select(newsletter => Act(newsletter, cancellation))]);
    }

    /// <summary>The first slot of any newsletter that is due after a moment; null: none within a year.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset after) =>
        newsletters.All().Select(one => slots.Between(one, after, after.AddYears(1)).FirstOrDefault()?.At).Min();

    private async Task Act(Newsletter newsletter, CancellationToken cancellation)
    {
        var now = slots.Now;
        if (await bookmarks.Find(newsletter, now, cancellation) is not { } seen) return;
        foreach (var slot in slots.Between(newsletter, seen, now))
        {
            if (!await deed.Do(newsletter, slot, now, cancellation)) return;
            await bookmarks.Move(newsletter.Id, slot.At, cancellation);
        }
    }
}
