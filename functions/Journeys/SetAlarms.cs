using Automation.Functions.Health;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Journeys;

/// <summary>Sets the alarms that could not be set where they were wanted. Everything here may be done twice.</summary>
public sealed class SetAlarms(
    DurableClients clients, IJourneyOrchestrations alarms, IIssueOrchestrations issues, AlarmPages pages, Pulse pulse)
{
    [Function(nameof(SetAlarms))]
    public Task Run(
        [QueueTrigger(Queues.Alarms)] BinaryData message, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return AlarmMessage.Read(message.ToMemory()) switch
        {
            AlarmMessage.Start(var enrollment, var turn) => alarms.Start(enrollment, turn),
            AlarmMessage.Wake(var enrollment) => alarms.Wake(enrollment),
            AlarmMessage.Issue(var issue) => issues.Wake(issue),
            AlarmMessage.Resume(var journey) => pages.Resume(journey, cancellation),
            AlarmMessage.Move(var journey, var key) => pages.MoveOn(journey, key, cancellation),
            AlarmMessage.Held(var from) => pages.LookAgain(from, cancellation),
            AlarmMessage.Pulse => pulse.Arrive(durable, cancellation),
            _ => throw new InvalidOperationException("An alarm of an unknown kind."),
        };
    }
}
