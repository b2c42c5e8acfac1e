using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Journeys;

/// <summary>A round as it starts.</summary>
/// <param name="Walk">Where it stands: ended or waiting where it does not go on.</param>
/// <param name="Goes">What its steps look at; null: it takes none in this round.</param>
public sealed record Round(Enrollment Walk, Surroundings? Goes = null);

/// <summary>What a walk's steps look at.</summary>
public sealed record Surroundings(Journey Journey, Situation Situation);

/// <summary>What comes before a round's first step: is the walk's hour come, what has it heard, does something stand in
/// its way (the customer walks the journey under another id, the journey is paused, another journey goes
/// first)?</summary>
public sealed class RoundStart(
    PublishedJourneys journeys, Situations situations, MergedWalks merged, Precedence precedence, TimeProvider time,
    Diary diary)
{
    /// <param name="before">As its row says.</param>
    /// <param name="turn">The round's number.</param>
    public async Task<Round> Of(Enrollment before, int turn)
    {
        var now = time.GetUtcNow();
        var walk = before with { Turn = turn + 1, Heard = [], Until = null, Walk = before.Walk.CutTo(now) };
        if (await journeys.Find(walk.Id.Journey, walk.Version) is not { } published)
            return Over(walk, Outcome.Failed, $"version {walk.Version} of the journey is not to be found");
        var journey = published.Journey;
        if (await situations.Of(walk) is not { } situation) return Over(walk, Outcome.Left, EventTypes.CustomerErased);
        if (walk.BeginsAt is { } begins)
        {
            if (begins > situation.Now) return new(walk with { Until = begins });
            if (!Occurrences.IsStillDue(walk, journey, situation, journeys.Zone(situation.Customer)))
                return Over(walk, Outcome.Left, Occurrences.Moved);
            walk = walk.Begun(situation.Now);
            diary.Write(walk.Id, $"enrolled in {walk.Id.Journey}");
        }

        foreach (var happened in before.Heard)
        {
            walk = Hear(walk, journey, situation with { Event = happened, Now = time.GetUtcNow() });
            if (!walk.IsLive) return new(walk);
            if (OwnOrder.Concerns(journey, walk.Trigger, happened))
                walk = walk with { Happened = OwnOrder.With(walk.Happened, happened) };
        }
        if (await merged.Ends(walk, journey, situation.Customer))
            return Over(walk, Outcome.Left, MergedWalks.Because);
        if (journeys.IsPaused(walk.Id.Journey)) return new(walk with { Until = time.GetUtcNow().AddDays(1) });
        if (await precedence.Of(situation.Customer, walk.Id.Journey) is { } ahead) return new(Behind(walk, ahead));
        return new(
            walk with { Walk = walk.Walk.GoingOn(time.GetUtcNow()) }, new Surroundings(journey, situation));
    }

    private Round Over(Enrollment walk, Outcome outcome, string because) =>
        new(diary.Ended(walk.Ended(outcome, because, time.GetUtcNow())));

    private Enrollment Hear(Enrollment walk, Journey journey, Situation situation)
    {
        var hearing = Planner.Hear(journey, walk.Walk, situation, walk.StartedAt);
        if (hearing.ReachedGoal && walk.GoalAt is null) walk = walk with { GoalAt = situation.Event!.At };
        switch (hearing)
        {
            case Hearing.Leaves leaves:
                return diary.Ended(walk.Ended(Outcome.Left, leaves.Because, situation.Now));
            case Hearing.Proceeds proceeds:
                diary.Write(walk.Id, proceeds.Decision);
                return walk with { Walk = proceeds.Into };
            default:
                return walk;
        }
    }

    /// <summary>It stands still, or is over, because another journey of its group goes first.</summary>
    private Enrollment Behind(Enrollment walk, Ahead ahead)
    {
        var (now, because) = (time.GetUtcNow(), $"{ahead.Journey} has precedence");
        if (ahead.Rule == GroupRule.Refuse) return diary.Ended(walk.Ended(Outcome.Left, because, now));
        if (walk.Walk.BehindSince is null) diary.Write(walk.Id, $"waiting: {because}");
        return walk with
        {
            Until = now.AddDays(1),
            Walk = walk.Walk with { BehindSince = walk.Walk.BehindSince ?? now },
        };
    }
}
