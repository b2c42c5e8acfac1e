using Automation.Marketing.Sending;
using Automation.Marketing.Time;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>Finds live enrollments whose alarm clock is lost (an orchestration that failed, a restored backup) or
/// overdue and sets it again from the row. Enrollments move on within moments of being due; what is an hour late is
/// stuck, and woken where its clock is alive.</summary>
public sealed partial class Sweep(
    EnrollmentStore enrollments, PublishedJourneys journeys, StuckWalks stuck, IJourneyOrchestrations alarms,
    TimeProvider time, ILogger<Sweep> log)
{
    private readonly SetBack setBack = new(time, first: false);

    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <summary>One pass; answers how many were started again. Repeatable, also beside another pass.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var (restarted, overdue, lookAgain) = (0, 0, setBack.Look());
        var (late, held) = (new Dictionary<string, string>(), new Dictionary<string, int>());
        await foreach (var stored in enrollments.Live().WithCancellation(cancellation))
        {
            var enrollment = stored.Value;
            var isOverdue = time.GetUtcNow() - Due(enrollment) > Late;
            if (isOverdue && overdue++ < StuckWalks.Most) late[StuckWalks.Of(enrollment.Id)] = InWords(enrollment);
            if (IsLeftPaused(enrollment.Id.Journey))
                held[enrollment.Id.Journey] = held.GetValueOrDefault(enrollment.Id.Journey) + 1;
            if (enrollment.Turn == 0 && time.GetUtcNow() - enrollment.StartedAt < Young) continue;
            if (!await alarms.IsAlive(enrollment.Id))
            {
                // Many rows were read at once: by now it may simply have ended.
                if (await enrollments.Find(enrollment.Id) is not { Value.IsLive: true } now
                    || now.Value.Turn != enrollment.Turn) continue;
                await alarms.Start(enrollment.Id, enrollment.Turn);
                restarted++;
            }
            else if (isOverdue || enrollment.Heard.Count > 0 || WaitsTooLong(enrollment, lookAgain))
            {
                await alarms.Wake(enrollment.Id);
            }
        }
        Meters.Overdue(overdue);
        await stuck.Note(
            late, held.ToDictionary(one => StuckWalks.Of(one.Key), one => LeftPaused(one.Key, one.Value)),
            cancellation);
        if (restarted > 0) Restarted(restarted);
        return restarted;
    }

    /// <summary>The clock was put back since, or was ahead when it began to wait: then it looks again. No provider asks
    /// for a longer wait than one that is looked for here, and whoever is held back, stands behind another journey or
    /// in a paused one is asked every day.</summary>
    private bool WaitsTooLong(Enrollment walk, bool lookAgain)
    {
        var (now, at) = (time.GetUtcNow(), walk.Walk);
        if (walk.Until is not { } until || until <= now) return false;
        if (lookAgain || at.IsAhead(now)) return true;
        var isAskedDaily = at.HeldUntil is not null || at.BehindSince is not null || journeys.IsPaused(walk.Id.Journey);
        return at is { HeldSince: not null, HeldUntil: null } && until - now > SendGridAnswer.LongestWait + Young
            || isAskedDaily && until - now > Daily + Young;
    }

    private static DateTimeOffset Due(Enrollment walk) => walk.Until ?? walk.StartedAt;

    private string InWords(Enrollment walk) =>
        $"is due since {Zones.InWords(Due(walk), journeys.Zone(null))} at step {walk.Walk.Cursor} and does not move; "
        + "the log says why each attempt fails";

    /// <summary>Nobody who looks at the journeys of the shop sees it.</summary>
    private bool IsLeftPaused(string journey) => journeys.IsPaused(journey) && journeys.Latest(journey) is null;

    private static string LeftPaused(string journey, int people) =>
        $"is paused and its file is gone; {people} wait in it: POST /api/journeys/{journey}/resume lets them go on in "
        + $"the version they are in";

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Count} enrollments had lost their orchestration and were started again")]
    private partial void Restarted(int count);
}
