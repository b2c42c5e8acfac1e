using Automation.DurableTask.Functions;
using Automation.Functions.Journeys;
using Automation.Marketing.Newsletters;
using Automation.Storage;

namespace Automation.Functions.Newsletters;

/// <summary>Wakes issues under the Functions host, where HTTP functions are not told the durable client's address: through queue <c>alarms</c>.</summary>
public sealed class QueuedIssueClock(FunctionsDurableTaskClient client, Queue queue) : IIssueClock
{
    private readonly DurableIssueClock issues = new(client);

    public Task Wake(IssueId issue) => queue.Send(new AlarmMessage.Issue(issue).Write());

    public Task Ensure(IssueId issue) => client.IsKnown ? issues.Ensure(issue) : Wake(issue);
}
