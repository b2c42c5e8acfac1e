using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What somebody decides of a slot that has not come: to let it pass without an issue, or not to.</summary>
public sealed class SlotSteering(
    PublishedNewsletters newsletters, IssueStore issues, SlotContents contents, ShopSlots slots)
{
    /// <summary>Lets a slot pass without an issue, whatever there is for it: somebody's decision, and the claim of the
    /// slot. Changes nothing where it was acted on, or where the newsletter has no such slot to come.</summary>
    public async Task Skip(IssueId id, CancellationToken cancellation)
    {
        var now = slots.Now;
        if (newsletters.Find(id.Newsletter) is not { } newsletter
            || slots.On(newsletter, id.Date) is not { Skipped: false } slot) return;
        var next = slots.Next(newsletter, id.Date);
        if (SlotRules.Until(slot, next, newsletter.Late, slots.Zone(newsletter)) <= now) return;
        await issues.Add(
            new Issue { Id = id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = Issue.ByHand },
            cancellation);
    }

    /// <summary>Takes back that somebody let a slot pass that has not come; answers the issue as it stands again, null:
    /// there is nothing to take back.</summary>
    public async Task<Issue?> Restore(IssueId id, CancellationToken cancellation)
    {
        if (await issues.Find(id, cancellation)
            is not { Value: { State: IssueState.Cancelled, StartedAt: null, Because: Issue.ByHand } issue })
            return null;
        if (issue.Slot <= slots.Now || newsletters.Find(id.Newsletter) is not { } newsletter) return null;
        await issues.Remove(id, cancellation);
        var content = await contents.Of(newsletter, new Slot(id, issue.Slot));
        return new Issue { Id = id, State = content.State, Slot = issue.Slot, File = content.Text?.File };
    }
}
