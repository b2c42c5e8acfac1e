using Automation.DurableTask;
using Automation.Functions.Newsletters;
using Automation.Marketing.Journeys;
using Automation.Storage;

namespace Automation.Functions.Journeys;

/// <summary>Sets the alarms that could not be set where they were wanted. Everything here may be done twice.</summary>
public sealed class SetAlarms(DurableTaskClient client, EnrollmentStore enrollments, PublishedJourneys journeys)
{
    private readonly DurableAlarmClock alarms = new(client);
    private readonly DurableIssueClock issues = new(client);

    public Task Run(QueueMessage message, CancellationToken cancellation) => AlarmMessage.Read(message.Body) switch
    {
        AlarmMessage.Start(var enrollment, var turn) => alarms.Start(enrollment, turn),
        AlarmMessage.Wake(var enrollment) => alarms.Wake(enrollment),
        AlarmMessage.Issue(var issue) => issues.Wake(issue),
        AlarmMessage.Resume(var journey) => Resume(journey, cancellation),
        _ => throw new InvalidOperationException("An alarm of an unknown kind."),
    };

    private async Task Resume(string journey, CancellationToken cancellation)
    {
        await journeys.ReadPaused(cancellation);   // it may have been let go on another machine
        await foreach (var stored in enrollments.Live().WithCancellation(cancellation))
            if (stored.Value.Id.Journey == journey) await alarms.Wake(stored.Value.Id);
    }
}
