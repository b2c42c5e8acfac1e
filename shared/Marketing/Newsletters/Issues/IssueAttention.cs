using Automation.Marketing.Newsletters.Slots;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Issues that wait for somebody: one row of <c>Attention</c> each, gone once somebody did
/// something.</summary>
public sealed class IssueAttention(Tables tables, TimeProvider time)
{
    public Task Waits(IssueId issue, string because, CancellationToken cancellation) =>
        tables.Attend("stuck", Key(issue), $"{issue} is paused: {because}", time.GetUtcNow(), cancellation);

    public Task Done(IssueId issue, CancellationToken cancellation) =>
        tables.Attention.Delete("stuck", Key(issue), ETag.All, cancellation);

    private static string Key(IssueId issue) => $"issue|{issue.Newsletter}|{issue.RowKey}";
}
