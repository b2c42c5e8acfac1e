using Automation.Marketing.Sending;

namespace Automation.Marketing.Journeys;

/// <summary>A round's steps, one after the other, until one waits or the walk is over.</summary>
public sealed class RoundSteps(
    Situations situations, RoundSends sends, RoundDeeds deeds, TimeProvider time, Diary diary)
{
    /// <summary>The walk where it stands then, not written yet; null where its row was changed meanwhile and must be
    /// read again.</summary>
    public async Task<Enrollment?> Walk(
        Enrollment walk, Surroundings around, TimelineBatch timeline, CancellationToken cancellation)
    {
        var journey = around.Journey;
        while (true)
        {
            around = around with { Situation = around.Situation with { Now = time.GetUtcNow() } };
            var move = Planner.Next(journey, walk.Walk, around.Situation, walk.Happened);
            foreach (var decision in move.Decisions) diary.Write(walk.Id, decision);
            walk = walk with { Walk = move.At };
            switch (move)
            {
                case Move.Pause pause:
                    return walk with { Until = pause.Until, Walk = walk.Walk with { HeldUntil = null } };
                case Move.Finish(_, var outcome, var because, _):
                    return diary.Ended(walk.Ended(outcome, because, time.GetUtcNow()));
                case Move.Act { Step: Step.Send send }:
                    if (await sends.Send(send, walk, around, timeline, cancellation) is not { } sent) return null;
                    walk = sent;
                    break;
                case Move.Act { Step: var step }:
                    walk = await deeds.Do(step, walk, around.Situation, cancellation);
                    around = await After(step, walk, around);
                    break;
            }
            if (walk.Until is not null) return walk;
            walk = walk with { Walk = Planner.After(journey, walk.Walk, time.GetUtcNow()) };
        }
    }

    /// <summary>What the next step looks at.</summary>
    private async ValueTask<Surroundings> After(Step step, Enrollment walk, Surroundings around) => step switch
    {
        Step.Update when await situations.Of(walk) is { } updated => around with { Situation = updated },
        Step.TakeCoupon => around with { Situation = around.Situation with { Coupon = walk.Coupon } },
        _ => around,
    };
}
