using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Journeys;

/// <summary>Sets enrollments' alarms with orchestrations. As long as no invocation has brought the durable client, or
/// where the host has moved since, the alarm goes through queue <c>alarms</c> to <see cref="SetAlarms"/>, which has
/// one.</summary>
public sealed class JourneyOrchestrations(DurableClients clients, Tables tables) : IJourneyOrchestrations
{
    public Task Start(EnrollmentId enrollment, int turn) => clients.Reach(
        client => client.StartJourney(enrollment, turn), tables.AlarmQueue, new AlarmMessage.Start(enrollment, turn));

    public Task Wake(EnrollmentId enrollment) => clients.Reach(
        client => client.WakeJourney(enrollment), tables.AlarmQueue, new AlarmMessage.Wake(enrollment));

    public async Task<bool> IsAlive(EnrollmentId enrollment) =>
        clients.Known is not { } client
        || await client.GetInstanceAsync(enrollment.ToString()) is { IsCompleted: false };
}
