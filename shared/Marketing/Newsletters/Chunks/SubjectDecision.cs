using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Decides which of an issue's subjects those get who were not in its test.</summary>
public sealed class SubjectDecision(
    IssueStore issues, CompiledIssues editions, SubjectResults results, TimeProvider time)
{
    /// <summary>Once the subjects of a test have been compared long enough the rest gets the better one.</summary>
    public async ValueTask Make(Issue issue, CancellationToken cancellation)
    {
        var edition = await editions.Find(issue, cancellation);
        if (!edition.Test.IsTest || issue is { Winner: not null } or { StartedAt: null }
            || time.GetUtcNow() < issue.DecidedAt(edition.Test)) return;
        var choice = await results.Count(edition, cancellation);
        await issues.Change(issue.Id, now => now.Winner is null
            ? now with { Winner = choice.Subject, WinnerBecause = choice.Because } : now, cancellation);
    }
}
