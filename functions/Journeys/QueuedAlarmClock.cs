using Automation.DurableTask.Functions;
using Automation.Marketing.Journeys;
using Automation.Storage;

namespace Automation.Functions.Journeys;

/// <summary>
/// The alarm clock under the Functions host. HTTP functions are not told where the durable client's API is: as long as no other
/// invocation has told it, or where it has moved, the alarm goes through queue <c>alarms</c> to <see cref="SetAlarms"/>, which is.
/// </summary>
public sealed class QueuedAlarmClock(FunctionsDurableTaskClient client, Queue queue) : IAlarmClock
{
    private readonly DurableAlarmClock alarms = new(client);

    public Task Start(EnrollmentId enrollment, int turn) => Say(() => alarms.Start(enrollment, turn), new AlarmMessage.Start(enrollment, turn));

    public Task Wake(EnrollmentId enrollment) => Say(() => alarms.Wake(enrollment), new AlarmMessage.Wake(enrollment));

    public Task<bool> IsAlive(EnrollmentId enrollment) => alarms.IsAlive(enrollment);

    private async Task Say(Func<Task> directly, AlarmMessage otherwise)
    {
        if (client.IsKnown)
        {
            try
            {
                await directly();
                return;
            }
            catch (HttpRequestException)
            {
                // The host may have moved since; the queue's function is told its address anew.
            }
        }
        await queue.Send(otherwise.Write());
    }
}
