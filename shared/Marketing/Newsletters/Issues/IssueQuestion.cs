using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What it takes for an issue to go now: the confirmation of a burst, or why it cannot go.</summary>
public sealed record Asked(Burst? Burst, string? Refusal);

/// <summary>What somebody has to know before an issue is sent by hand.</summary>
public sealed class IssueQuestion(
    PublishedNewsletters newsletters, SlotContents contents, IssueStore issues, Bursts bursts)
{
    /// <summary>What there is to confirm; null: there is no such newsletter. Changes nothing.</summary>
    public async Task<Asked?> Ask(IssueId id, CancellationToken cancellation)
    {
        if (await newsletters.SeriesOf(id, cancellation) is not { } newsletter) return null;
        var issue = (await issues.Find(id, cancellation))?.Value;
        var text = await contents.Text(newsletter, id, issue, cancellation);
        if (IssueStart.Refusal(issue, text) is { } refusal) return new(null, refusal);
        return new(await bursts.Find(id, newsletter, inSlot: issue is not null, issue?.Asks), null);
    }
}
