using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>What a round says to the customer.</summary>
public sealed class RoundSends(
    StepTexts texts, MessageNeeds needs, Sending.Sending sending, MergedWalks merged, PublishedJourneys journeys,
    Diary diary)
{
    /// <summary>Sends a step's messages, each once, claimed together with the walk as it stands. The walk after it,
    /// with <see cref="Enrollment.Until"/> where it is held back; null where its row was changed meanwhile.</summary>
    public async Task<Enrollment?> Send(
        Step.Send step, Enrollment walk, Surroundings around, TimelineBatch timeline, CancellationToken cancellation)
    {
        foreach (var text in await texts.Of(step, walk, around.Journey, around.Situation, cancellation))
        {
            await timeline.Flush();
            timeline.Walk = (walk with { Turn = walk.Turn - 1 }).Entity();
            switch (await sending.Send(await Request(text, walk, around, timeline, cancellation), cancellation))
            {
                case SendOutcome.Disturbed:
                    return null;
                case SendOutcome.Later later:
                    return Held(walk, text, later, around.Situation.Now);
                case SendOutcome.Settled settled:
                    if (settled.IsNews) Count(settled.Send, walk);
                    if (settled.Send is { State: SendState.Uncertain, At: var at } open && Repetition.IsTried(open))
                        walk = walk with { UnsettledUntil = at + Repetition.Longest };
                    diary.Write(walk.Id, StepTexts.InWords(settled.Send));
                    break;
            }
        }
        return walk;
    }

    /// <summary>What a walk was held back with when it ended does not go any more. Not where something was just sent:
    /// it is that.</summary>
    public async Task LetGo(
        Enrollment before, Enrollment ended, TimelineBatch timeline, CancellationToken cancellation)
    {
        if (before.Walk.HeldSince is null || timeline.HasMarks) return;
        if (await sending.LetGo(before.Id.Customer, before.Reason, ended.Because ?? "the walk is over", cancellation)
            is { } letGo)
            timeline.Mark(letGo);
    }

    private async Task<SendRequest> Request(
        StepText text, Enrollment walk, Surroundings around, TimelineBatch timeline, CancellationToken cancellation) =>
        new()
        {
            Channel = text.Channel,
            Mail = text.Name,
            Purpose = text.Purpose,
            For = text.For,
            CountedAs = text.CountedAs,
            Situation = await needs.For(text.Channel, text.Name, around.Situation),
            Refusal = await merged.HadAlready(
                text.Same, walk, around.Journey, around.Situation.Customer, cancellation) ? MergedWalks.Had : null,
            Timeline = timeline,
            HeldSince = walk.Walk.HeldSince,
        };

    /// <summary>Not now. Whatever holds it may be over earlier than it seems (an issue is cancelled, a pause on the
    /// preference page ended): it is asked again a day later at the latest.</summary>
    private Enrollment Held(Enrollment walk, StepText text, SendOutcome.Later later, DateTimeOffset now)
    {
        DateTimeOffset? until = later.IsBusy ? null : later.Until;
        if (until is null || until != walk.Walk.HeldUntil)
            diary.HeldBack(walk.Id, text.Name, Zones.InWords(later.Until, journeys.Zone(null)), later.Reason);
        return walk with
        {
            Until = later.Until < now.AddDays(1) ? later.Until : now.AddDays(1),
            Walk = walk.Walk with { HeldSince = walk.Walk.HeldSince ?? now, HeldUntil = until },
        };
    }

    /// <summary>The first mail of an order's journey is its thank-you.</summary>
    private static void Count(Send send, Enrollment walk)
    {
        SendMeters.Settled(send);
        if (send.State == SendState.Accepted && walk is { Turn: 1, Trigger.Type: EventTypes.OrderPlaced })
            Meters.Thanked(walk.Id.Journey, send.At - walk.Trigger.At);
    }
}
