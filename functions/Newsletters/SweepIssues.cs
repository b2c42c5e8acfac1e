using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Every minute: an issue that is being sent and that nobody has in hand is taken up again.</summary>
public sealed class SweepIssues(IssueDesk desk, Func<IEnumerable<string>> newsletters)
{
    public Task Run(CancellationToken cancellation) => desk.Sweep(newsletters());
}
