using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>
/// Finds live enrollments whose alarm clock is lost (an orchestration that failed, a restored backup) or overdue and sets it again
/// from the row. Enrollments move on within moments of being due; what is an hour late is stuck.
/// </summary>
public sealed partial class Sweep(EnrollmentStore enrollments, IAlarmClock alarms, TimeProvider time, ILogger<Sweep> log)
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <summary>One pass; answers how many were started again. Repeatable, also beside another pass.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var (restarted, overdue) = (0, 0);
        await foreach (var stored in enrollments.Live().WithCancellation(cancellation))
        {
            var enrollment = stored.Value;
            if (time.GetUtcNow() - (enrollment.Until ?? enrollment.StartedAt) > Late) overdue++;
            if (enrollment.Turn == 0 && time.GetUtcNow() - enrollment.StartedAt < Young) continue;
            if (!await alarms.IsAlive(enrollment.Id))
            {
                // Many rows were read at once: by now it may simply have ended.
                if (await enrollments.Find(enrollment.Id) is not { Value.IsLive: true } now || now.Value.Turn != enrollment.Turn) continue;
                await alarms.Start(enrollment.Id, enrollment.Turn);
                restarted++;
            }
            else if (enrollment.Heard.Count > 0)
            {
                await alarms.Wake(enrollment.Id);
            }
        }
        Meters.Overdue(overdue);
        if (restarted > 0) Restarted(restarted);
        return restarted;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} enrollments had lost their orchestration and were started again")]
    private partial void Restarted(int count);
}
