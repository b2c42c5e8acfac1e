using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Begins issues, and lets them go on.</summary>
public sealed class IssueOpening(
    IssueStore issues, IssueBook book, IssueObstacles obstacles, SubjectDecision subject, LiveIssues live)
{
    /// <summary>Before the first shard: may it go, and can it?</summary>
    public async Task<IssueStep> Open(IssueId id, CancellationToken cancellation)
    {
        if (await issues.Find(id, cancellation) is not { Value: var issue })
            return new(false, Ended: "there is no such issue");
        if (issue.State == IssueState.Cancelled) await book.CloseCancelled(issue, cancellation);
        if (issue.State is IssueState.Sent or IssueState.Cancelled)
            return new(false, Ended: issue.State.ToString().ToLowerInvariant());
        if (issue.State != IssueState.Sending) return new(false);
        if (await obstacles.Of(issue, cancellation) is { } because)
        {
            await live.Stop(id, because, cancellation);
            return new(false);
        }
        await book.Begin(issue, cancellation);
        await subject.Make(issue, cancellation);
        return new(true);
    }
}
