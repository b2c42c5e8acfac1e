using Automation.Functions.Health;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Journeys;

/// <summary>Sets the alarms that could not be set where they were wanted. Everything here may be done twice.</summary>
public sealed class SetAlarms(
    DurableClients clients, IJourneyOrchestrations alarms, IIssueOrchestrations issues, HeldWalks held, Mover mover,
    Tables tables, Pulse pulse)
{
    /// <summary>Between two pages: everybody who is woken has work to do.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

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
            AlarmMessage.Resume(var journey) => Resume(journey, cancellation),
            AlarmMessage.Move(var journey, var key) => MoveOn(journey, key, cancellation),
            AlarmMessage.Held(var from) => LookAgain(from, cancellation),
            AlarmMessage.Pulse => pulse.Arrive(durable, cancellation),
            _ => throw new InvalidOperationException("An alarm of an unknown kind."),
        };
    }

    /// <summary>A page of those held back, and a message for the next.</summary>
    private async Task LookAgain(string? from, CancellationToken cancellation)
    {
        var (walks, next) = await held.Page(from, cancellation);
        foreach (var walk in walks) await alarms.Wake(walk);
        if (next is not null) await tables.AlarmQueue.Send(new AlarmMessage.Held(next).Write(), Breath, cancellation);
    }

    /// <summary>A page of those who are moved into another version, and a message for the next.</summary>
    private async Task MoveOn(string journey, string key, CancellationToken cancellation)
    {
        if (await mover.Page(journey, key, cancellation) is { } order)
            await tables.AlarmQueue.Send(Mover.Alarm(order), Breath, cancellation);
    }

    private async Task Resume(string journey, CancellationToken cancellation)
    {
        await foreach (var walk in held.In(journey, cancellation)) await alarms.Wake(walk);
    }
}
