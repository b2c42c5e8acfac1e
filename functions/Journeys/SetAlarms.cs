using Automation.DurableTask;
using Automation.Functions.Newsletters;
using Automation.Storage;

namespace Automation.Functions.Journeys;

/// <summary>Sets the alarms that could not be set where they were wanted.</summary>
public sealed class SetAlarms(DurableTaskClient client)
{
    private readonly DurableAlarmClock alarms = new(client);
    private readonly DurableIssueClock issues = new(client);

    public async Task Run(QueueMessage message, CancellationToken cancellation)
    {
        if (QueuedIssueClock.Read(message.Body) is { } issue) { await issues.Wake(issue); return; }
        var alarm = AlarmMessage.Read(message.Body);
        if (alarm.Turn is { } turn) await alarms.Start(alarm.Enrollment, turn);
        else await alarms.Wake(alarm.Enrollment);
    }
}
