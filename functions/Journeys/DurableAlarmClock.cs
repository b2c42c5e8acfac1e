using Automation.Marketing.Journeys;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Journeys;

/// <summary>Wakes enrollments with orchestrations of the same id, on whichever backend the client speaks to.</summary>
public sealed class DurableAlarmClock(DurableTaskClient client) : IAlarmClock
{
    public async Task Start(EnrollmentId enrollment, int turn)
    {
        var id = enrollment.ToString();
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunJourney), new Leg(id, turn), new StartOrchestrationOptions(id));
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody set it before: that is what was wanted.
        }
    }

    public Task Wake(EnrollmentId enrollment) => client.RaiseEventAsync(enrollment.ToString(), RunJourney.Heard);

    public async Task<bool> IsAlive(EnrollmentId enrollment) =>
        await client.GetInstanceAsync(enrollment.ToString()) is { IsCompleted: false };
}
