using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Newsletters;

/// <summary>Wakes issues with orchestrations, on the ways of <see cref="JourneyOrchestrations"/>.</summary>
public sealed class IssueOrchestrations(DurableClients clients, Tables tables) : IIssueOrchestrations
{
    public Task Wake(IssueId issue) => clients.Reach(
        client => client.WakeIssue(issue), tables.AlarmQueue, new AlarmMessage.Issue(issue));

    public Task Ensure(IssueId issue) => clients.Reach(
        client => client.StartIssue(issue), tables.AlarmQueue, new AlarmMessage.Issue(issue));
}
