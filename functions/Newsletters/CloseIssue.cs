using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.DurableTask;

namespace Automation.Functions.Newsletters;

/// <summary>After an issue's last shard: adds it up from its chunks.</summary>
public sealed class CloseIssue(IssueBook book) : TaskActivity<IssueClosing, IssueStep>
{
    public override Task<IssueStep> RunAsync(TaskActivityContext context, IssueClosing closing) =>
        IssueId.Parse(closing.Issue) is { } id ? book.Close(id, closing.Until, CancellationToken.None)
            : Task.FromResult(new IssueStep(false, Ended: $"not an issue: {closing.Issue}"));
}
