using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Issues as long as they are being sent, and how they are stopped.</summary>
public sealed class LiveIssues(IssueStore issues, CompiledIssues editions, IssueAttention attention)
{
    /// <summary>The issue; null: it is not being sent.</summary>
    public async ValueTask<Issue?> Find(IssueId id, CancellationToken cancellation) =>
        await issues.Find(id, cancellation) is { Value: { State: IssueState.Sending } issue } ? issue : null;

    /// <summary>Its text, ready to be filled; null: the shop was edited meanwhile so that there is none. Then the rest
    /// waits for somebody, and says so.</summary>
    public async ValueTask<CompiledIssue?> Edition(Issue issue, CancellationToken cancellation)
    {
        try { return await editions.Find(issue, cancellation); }
        catch (Exception e) when (e is InvalidDataException or MissingValueException)
        {
            await Stop(issue.Id, e.Message, cancellation);
            return null;
        }
    }

    /// <summary>It waits for a person.</summary>
    public async Task Stop(IssueId id, string because, CancellationToken cancellation)
    {
        await attention.Waits(id, because, cancellation);
        await issues.Change(
            id,
            now => now.State == IssueState.Sending ? now with { State = IssueState.Paused, Because = because } : now,
            cancellation);
    }
}
