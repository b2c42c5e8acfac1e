using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Steers issues. Whatever is decided is in the issue's row before anybody is woken.</summary>
public sealed class IssueControl(
    IssueStore issues, IssueBook book, IssueAttention attention, IIssueOrchestrations clock, TimeProvider time)
{
    /// <summary>Calls that were under way when an issue was cancelled are over by then.</summary>
    private static readonly TimeSpan LastCalls = TimeSpan.FromMinutes(10);

    private readonly SetBack setBack = new(time, first: true);

    /// <summary>Makes a move and wakes the issue; null: there is no such issue.</summary>
    public async Task<Moved?> Make(IssueMove move, IssueId id, CancellationToken cancellation)
    {
        string? refusal = null;
        var issue = await issues.Change(id, now =>
        {
            var moved = IssueMoves.Make(move, now, time.GetUtcNow());
            refusal = moved.Refusal;
            return moved.Issue ?? now;
        }, cancellation);
        if (issue is null) return null;
        if (refusal is not null) return new(null, refusal);
        await attention.Done(id, cancellation);
        await clock.Wake(id);
        return new(issue, null);
    }

    /// <summary>Sees to it that every issue that is being sent is in somebody's hands; how many are. Whoever rests
    /// until a moment looks again where the clock was put back: it may lie months ahead now.</summary>
    public async Task<int> Sweep(IEnumerable<string> newsletters)
    {
        var (live, lookAgain) = (0, setBack.Look());
        foreach (var newsletter in newsletters)
            await foreach (var issue in issues.Of(newsletter))
            {
                if (issue.State == IssueState.Cancelled && issue.EndedAt + LastCalls < time.GetUtcNow())
                    await book.CloseCancelled(issue, CancellationToken.None);
                if (issue.State != IssueState.Sending) continue;
                live++;
                if (lookAgain) await clock.Wake(issue.Id);
                else await clock.Ensure(issue.Id);
            }
        return live;
    }
}
