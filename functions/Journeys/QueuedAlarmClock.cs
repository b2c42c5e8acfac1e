using System.Globalization;
using System.Text;
using Automation.DurableTask.Functions;
using Automation.Marketing.Journeys;
using Automation.Storage;

namespace Automation.Functions.Journeys;

/// <summary>
/// The alarm clock under the Functions host. HTTP functions are not told where the durable client's API is: as long as no other
/// invocation has told it, or where it has moved, the alarm goes through queue <c>alarms</c> to <see cref="SetAlarms"/>, which is.
/// </summary>
public sealed class QueuedAlarmClock(FunctionsDurableTaskClient client, QueueClient queue) : IAlarmClock
{
    private readonly DurableAlarmClock alarms = new(client);

    public Task Start(EnrollmentId enrollment, int turn) => Say(() => alarms.Start(enrollment, turn), new(enrollment, turn));

    public Task Wake(EnrollmentId enrollment) => Say(() => alarms.Wake(enrollment), new(enrollment, null));

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
        await queue.SendMessageAsync(otherwise.Write());
    }
}

/// <summary>An alarm on its way through queue <c>alarms</c>: <c>start 3 {enrollment}</c> or <c>wake {enrollment}</c>.</summary>
/// <param name="Enrollment">Whose.</param>
/// <param name="Turn">From which turn on an orchestration shall walk it; null: wake the one there is.</param>
public sealed record AlarmMessage(EnrollmentId Enrollment, int? Turn)
{
    public byte[] Write() => Encoding.UTF8.GetBytes(Turn is { } turn ? string.Create(CultureInfo.InvariantCulture, $"start {turn} {Enrollment}") : $"wake {Enrollment}");

    /// <summary>InvalidDataException where it is none.</summary>
    public static AlarmMessage Read(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span).Split(' ', 3) switch
    {
        ["start", var turn, var id] when int.TryParse(turn, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && EnrollmentId.Parse(id) is { } enrollment => new(enrollment, n),
        ["wake", .. var rest] when EnrollmentId.Parse(string.Join(' ', rest)) is { } enrollment => new(enrollment, null),
        _ => throw new InvalidDataException("This is no alarm."),
    };
}
