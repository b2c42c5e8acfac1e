using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>Carries one enrollment forward as far as it can go without waiting. Decides with <see cref="Planner"/>,
/// acts through claims, and writes where it stands before it answers: killed anywhere, the same round may be walked
/// again and finds every effect claimed.</summary>
public sealed class Walker(
    EnrollmentStore enrollments, RoundStart start, RoundSteps steps, RoundSends sends, Precedence precedence)
{
    /// <summary>One round. <paramref name="turn"/> is the round's number: a round that was already written is only
    /// answered again.</summary>
    public async Task<Pause> Advance(EnrollmentId id, int turn, CancellationToken cancellation)
    {
        using var trace = RoundTrace.Open();
        while (true)
        {
            if (await enrollments.Find(id) is not { } stored) return new(null, $"{id} is gone");
            var before = stored.Value;
            trace?.Begin(before, turn);
            if (before.Outcome is { } outcome) return new(null, outcome.ToString());
            if (before.Turn > turn) return new(before.Until);

            var timeline = enrollments.Timeline(stored);
            var round = await start.Of(before, turn);
            var walked = round.Goes is { } on ? await steps.Walk(round.Walk, on, timeline, cancellation) : round.Walk;
            if (walked is null) continue;
            if (!walked.IsLive) await sends.LetGo(before, walked, timeline, cancellation);
            if (!await timeline.Commit((walked with { Order = null }).Entity())) continue;
            if (!walked.IsLive) await precedence.Over(id);
            return walked.Pause;
        }
    }
}
