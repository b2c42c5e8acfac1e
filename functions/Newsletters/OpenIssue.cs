using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.DurableTask;

namespace Automation.Functions.Newsletters;

/// <summary>Before an issue's first shard: may it go, and can it?</summary>
public sealed class OpenIssue(IssueOpening opening) : TaskActivity<string, IssueStep>
{
    public override Task<IssueStep> RunAsync(TaskActivityContext context, string issue) =>
        IssueId.Parse(issue) is { } id ? opening.Open(id, CancellationToken.None)
            : Task.FromResult(new IssueStep(false, Ended: $"not an issue: {issue}"));
}
