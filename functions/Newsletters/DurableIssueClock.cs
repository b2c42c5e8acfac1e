using Automation.Marketing.Newsletters;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Newsletters;

/// <summary>Wakes issues with orchestrations, on whichever backend the client speaks to.</summary>
public sealed class DurableIssueClock(DurableTaskClient client) : IIssueClock
{
    public async Task Wake(IssueId issue)
    {
        // A sleeper hears the event; where it has ended meanwhile a new one begins.
        await client.RaiseEventAsync(issue.Instance, RunIssue.Heard);
        await Ensure(issue);
    }

    public async Task Ensure(IssueId issue)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunIssue), new IssueRun(issue.ToString()), new StartOrchestrationOptions(issue.Instance));
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody has it in hand: that is what was wanted.
        }
    }
}
