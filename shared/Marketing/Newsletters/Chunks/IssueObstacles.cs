using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>What keeps an issue from going: a text that cannot be read or was just sent, a burst nobody
/// confirmed.</summary>
public sealed class IssueObstacles(CompiledIssues editions, Bursts bursts, SlotContents fillings)
{
    /// <summary>Why the issue cannot begin; null: it can.</summary>
    public async ValueTask<string?> Of(Issue issue, CancellationToken cancellation)
    {
        try
        {
            var edition = await editions.Find(issue, cancellation);
            if (issue.StartedAt is null && await fillings.Spent(issue, edition.Newsletter) is { } spent) return spent;
            return issue.StartedAt is null && issue.ConfirmedAt is null
                ? (await bursts.Find(issue.Id, edition.Newsletter, inSlot: true, issue.Asks))?.InWords()
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or Mails.MissingValueException)
        {
            return e.Message;
        }
    }
}
