using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Carries one enrollment forward as far as it can go without waiting. Decides with <see cref="Planner"/>,
/// acts through claims, and writes where it stands before it answers: killed anywhere, the same round may be walked
/// again and finds every effect claimed.</summary>
public sealed class Walker(
    Tables tables, EnrollmentStore enrollments, PublishedJourneys journeys, Situations situations,
    StepTexts texts, Sending.Sending sending, CustomerStore customers, Enroller enroller, MergedWalks merged,
    Precedence precedence, Coupons coupons, Calls calls, TimeProvider time, Diary diary)
{
    private static readonly TimeSpan Refill = TimeSpan.FromHours(1);

    /// <summary>One round. <paramref name="turn"/> is the round's number: a round that was already written is only
    /// answered again.</summary>
    public async Task<Pause> Advance(EnrollmentId id, int turn, CancellationToken cancellation)
    {
        List<RowAction> marks = [];
        using var round = RoundTrace.Open();
        while (true)
        {
            if (await enrollments.Find(id) is not { } stored) return await Gone(id, marks);
            var enrollment = stored.Value;
            round?.Begin(enrollment, turn);
            if (enrollment.Outcome is { } outcome) return new(null, outcome.ToString());
            if (enrollment.Turn > turn) return new(enrollment.Until);
            if (await Walk(stored, turn, marks, cancellation) is not { } walked) continue;
            if (!walked.Enrollment.IsLive
                && await LetGo(enrollment, walked.Enrollment, marks, cancellation) is { } letGo)
                marks.Add(letGo);
            if (!await Write(stored with { ETag = walked.ETag }, walked.Enrollment, marks)) continue;
            if (!walked.Enrollment.IsLive) await precedence.Over(id);
            return walked.Enrollment.Pause;
        }
    }

    /// <summary>What a walk was held back with when it ended does not go any more; null: nothing was, or it is
    /// settled.</summary>
    private async ValueTask<RowAction?> LetGo(
        Enrollment before, Enrollment ended, List<RowAction> marks, CancellationToken cancellation) =>
        before.Walk.HeldSince is null || marks.Count > 0 ? null
            : await sending.LetGo(
                before.Id.Customer,
                before.Reason,
                ended.Because ?? "the walk is over",
                cancellation);

    private sealed record Walked(Enrollment Enrollment, ETag ETag);

    /// <summary>Walks until a pause or the end; null where the row was changed meanwhile and must be read
    /// again.</summary>
    private async Task<Walked?> Walk(
        Stored<Enrollment> stored, int turn, List<RowAction> marks, CancellationToken cancellation)
    {
        var (enrollment, etag) = (stored
            .Value with
        { Turn = turn + 1, Heard = [], Until = null, Walk = stored.Value.Walk.CutTo(time.GetUtcNow()) },
            stored.ETag);
        if (await journeys.Find(enrollment.Id.Journey, enrollment.Version) is not { } published)
            return new(End(
                enrollment, Outcome.Failed, $"version {enrollment.Version} of the journey is not to be found"), etag);
        var journey = published.Journey;
        if (await situations.Of(enrollment) is not { } situation)
            return new(End(enrollment, Outcome.Left, EventTypes.CustomerErased), etag);
        if (enrollment.BeginsAt is { } begins)
        {
            if (begins > situation.Now) return new(enrollment with { Until = begins }, etag);
            if (!Occurrences.IsStillDue(enrollment, journey, situation, journeys.Zone(situation.Customer)))
                return new(End(enrollment, Outcome.Left, Occurrences.Moved), etag);
            enrollment = enrollment.Begun(situation.Now);
            diary.Write(enrollment.Id, situation.Now, $"enrolled in {enrollment.Id.Journey}");
        }

        foreach (var happened in stored.Value.Heard)
        {
            enrollment = Hear(enrollment, journey, situation with { Event = happened, Now = time.GetUtcNow() });
            if (!enrollment.IsLive) return new(enrollment, etag);
            if (OwnOrder.Concerns(journey, enrollment.Trigger, happened))
                enrollment = enrollment with { Happened = OwnOrder.With(enrollment.Happened, happened) };
        }
        if (await merged.Ends(enrollment, journey, situation.Customer, journeys.Zone(situation.Customer)))
            return new(End(enrollment, Outcome.Left, MergedWalks.Because), etag);
        if (journeys.IsPaused(enrollment.Id.Journey))
            return new(enrollment with { Until = time.GetUtcNow().AddDays(1) }, etag);

        if (await precedence.Of(situation.Customer, enrollment.Id.Journey) is { } ahead)
            return new(Behind(enrollment, ahead), etag);
        enrollment = enrollment with { Walk = enrollment.Walk.GoingOn(time.GetUtcNow()) };

        while (true)
        {
            situation = situation with { Now = time.GetUtcNow() };
            var move = Planner.Next(journey, enrollment.Walk, situation, enrollment.Happened);
            foreach (var decision in move.Decisions) diary.Write(enrollment.Id, situation.Now, decision);
            enrollment = enrollment with { Walk = move.At };
            switch (move)
            {
                case Move.Pause pause:
                    return new(
                        enrollment with { Until = pause.Until, Walk = enrollment.Walk with { HeldUntil = null } },
                        etag);
                case Move.Finish(_, var outcome, var because, _):
                    return new(End(enrollment, outcome, because), etag);
                case Move.Act { Step: Step.Send send }:
                    foreach (var text in await texts.Of(send, enrollment, journey, situation, cancellation))
                    {
                        await Flush(enrollment, marks);
                        switch (await Send(enrollment, etag, journey, text, situation, cancellation))
                        {
                            case SendOutcome.Disturbed: return null;
                            case SendOutcome.Later later:
                                return new(
                                    Held(enrollment, text, later, situation.Now),
                                    later.Alongside == default ? etag : later.Alongside);
                            case SendOutcome.Settled settled:
                                if (settled.Mark is { } mark)
                                {
                                    marks.Add(mark);
                                    Count(settled.Send, enrollment);
                                }
                                if (settled.Alongside != default) etag = settled.Alongside;
                                if (settled.Send is { State: SendState.Uncertain, At: var at } open
                                    && Repetition.IsTried(open))
                                    enrollment = enrollment with { UnsettledUntil = at + Repetition.Longest };
                                diary.Write(enrollment.Id, situation.Now, StepTexts.InWords(settled.Send));
                                break;
                        }
                    }
                    break;
                case Move.Act { Step: Step.TakeCoupon { Pool: var pool } }:
                    if (await coupons.Take(pool, enrollment.Reason, cancellation) is not { } coupon)
                        return new(Without(enrollment, pool), etag);
                    enrollment = enrollment with { Coupon = coupon, AwaitsPool = null };
                    situation = situation with { Coupon = coupon };
                    diary.Write(enrollment.Id, situation.Now, $"took a coupon of {pool}");
                    break;
                case Move.Act { Step: var step }:
                    await Do(step, enrollment, situation, cancellation);
                    if (step is Step.Update && await situations.Of(enrollment) is { } updated) situation = updated;
                    break;
            }
            enrollment = enrollment with { Walk = Planner.After(journey, enrollment.Walk, time.GetUtcNow()) };
        }
    }

    /// <summary>Not now. Whatever holds it may be over earlier than it seems (an issue is cancelled, a pause on the
    /// preference page ended): it is asked again a day later at the latest.</summary>
    private Enrollment Held(Enrollment enrollment, StepText text, SendOutcome.Later later, DateTimeOffset now)
    {
        DateTimeOffset? until = later.IsBusy ? null : later.Until;
        if (until is null || until != enrollment.Walk.HeldUntil)
            diary.Write(
                enrollment.Id,
                now,
                $"holding {text.Name} back until {Zones.InWords(later.Until, journeys.Zone(null))}: {later.Reason}");
        return enrollment with
        {
            Until = later.Until < now.AddDays(1) ? later.Until : now.AddDays(1),
            Walk = enrollment.Walk with { HeldSince = enrollment.Walk.HeldSince ?? now, HeldUntil = until },
        };
    }

    /// <summary>No code is left: it is asked again every hour, and attention says so.</summary>
    private Enrollment Without(Enrollment enrollment, string pool)
    {
        var now = time.GetUtcNow();
        if (enrollment.AwaitsPool != pool)
            diary.Write(enrollment.Id, now, $"waiting: no coupon is left in {pool}");
        return enrollment with { AwaitsPool = pool, Until = now + Refill };
    }

    /// <summary>It stands still, or is over, because another journey of its group goes first.</summary>
    private Enrollment Behind(Enrollment enrollment, Ahead ahead)
    {
        if (ahead.Rule == GroupRule.Refuse) return End(enrollment, Outcome.Left, $"{ahead.Journey} has precedence");
        var now = time.GetUtcNow();
        if (enrollment.Walk.BehindSince is null)
            diary.Write(enrollment.Id, now, $"waiting: {ahead.Journey} has precedence");
        return enrollment with
        {
            Until = now.AddDays(1),
            Walk = enrollment.Walk with { BehindSince = enrollment.Walk.BehindSince ?? now }
        };
    }

    private Enrollment Hear(Enrollment enrollment, Journey journey, Situation situation)
    {
        var hearing = Planner.Hear(journey, enrollment.Walk, situation);
        if (hearing.ReachedGoal && enrollment.GoalAt is null)
            enrollment = enrollment with { GoalAt = situation.Event!.At };
        switch (hearing)
        {
            case Hearing.Leaves leaves:
                return End(enrollment, Outcome.Left, leaves.Because);
            case Hearing.Proceeds proceeds:
                diary.Write(enrollment.Id, situation.Now, proceeds.Decision);
                return enrollment with { Walk = proceeds.Into };
            default:
                return enrollment;
        }
    }

    private Enrollment End(Enrollment enrollment, Outcome outcome, string? because)
    {
        var now = time.GetUtcNow();
        diary.Write(enrollment.Id, now, because is null
            ? outcome.ToString().ToLowerInvariant() : $"{outcome.ToString().ToLowerInvariant()}: {because}");
        return enrollment with { Outcome = outcome, Because = because, EndedAt = now, Until = null };
    }

    private async Task<SendOutcome> Send(Enrollment enrollment, ETag etag, Journey journey, StepText text,
        Situation situation, CancellationToken cancellation) =>
            await sending.Send(new SendRequest
            {
                Channel = text.Channel,
                Mail = text.Name,
                Purpose = text.Purpose,
                For = text.For,
                CountedAs = text.CountedAs,
                Situation = await situations.For(text.Channel, text.Name, situation),
                Refusal = await merged.HadAlready(text.Same, enrollment, journey, situation.Customer, cancellation)
                    ? MergedWalks.Had
                    : null,
                Timeline = enrollment.Id.Customer,
                HeldSince = enrollment.Walk.HeldSince,
                Alongside = new(
                    RowActionKind.UpdateReplace, (enrollment with { Turn = enrollment.Turn - 1 }).Entity(), etag),
            }, cancellation);

    /// <summary>The first mail of an order's journey is its thank-you.</summary>
    private static void Count(Send send, Enrollment enrollment)
    {
        SendMeters.Settled(send);
        if (send.State == SendState.Accepted && enrollment is { Turn: 1, Trigger.Type: EventTypes.OrderPlaced })
            Meters.Thanked(enrollment.Id.Journey, send.At - enrollment.Trigger.At);
    }

    private async Task Do(Step step, Enrollment enrollment, Situation situation, CancellationToken cancellation)
    {
        switch (step)
        {
            case Step.Update update:
                await customers.Change(situation.Customer.Id, customer => Updates.Apply(update, customer));
                diary.Write(enrollment.Id, situation.Now, Updates.InWords(update));
                break;
            case Step.Call call:
                diary.Write(enrollment.Id, situation.Now, await calls.Make(call, enrollment, situation, cancellation));
                break;
            case Step.Start { Journey: var other }:
                var trigger = enrollment.Trigger with { Id = enrollment.Reason, At = situation.Now };
                var started = journeys.Latest(other) is { } journey
                    && journey.Journey.IsActive(situation.Now, journeys.Zone(null))
                    ? await enroller.Start(journey, trigger, situation.Customer, situation.Order, enrollment.Id)
                    : null;
                diary.Write(
                    enrollment.Id, situation.Now, started?.Id is null ? $"did not start {other}" : $"started {other}");
                break;
            default:
                throw new InvalidOperationException($"A {step.GetType().Name} is not something to do.");
        }
    }

    /// <summary>Where the enrollment stands, with the marks of its sends, in one transaction; false where somebody
    /// wrote to it meanwhile.</summary>
    private async Task<bool> Write(Stored<Enrollment> stored, Enrollment walked, List<RowAction> marks)
    {
        var row = new RowAction(RowActionKind.UpdateReplace, (walked with { Order = null }).Entity(), stored.ETag);
        var answer = await tables.Timeline.Submit([row, .. marks]);
        if (answer.Done) return true;
        if (answer.Status is not (404 or 412))
            throw new IOException($"Enrollment {walked.Id} could not be written: {answer.Status}.");
        await Flush(walked, marks);
        return false;
    }

    /// <summary>Writes marks on their own, before the next effect or where the enrollment's row is not ours to
    /// write.</summary>
    private async Task Flush(Enrollment enrollment, List<RowAction> marks)
    {
        if (marks.Count == 0) return;
        var answer = await tables.Timeline.Submit(marks);
        if (!answer.Done && answer.Status is not (404 or 412))
            throw new IOException($"Sends of {enrollment.Id} could not be marked: {answer.Status}.");
        marks.Clear();
    }

    private async Task<Pause> Gone(EnrollmentId id, List<RowAction> marks)
    {
        if (marks.Count > 0) await tables.Timeline.Submit(marks);
        return new(null, $"{id} is gone");
    }
}
