using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Journeys;

/// <summary>How things stand with a walk's mail whose outcome is unknown: what was asked before its first attempt is
/// asked before each repetition, of the walk as it is now, whether it goes on or is over.</summary>
public sealed class Standings(
    EnrollmentStore enrollments, PublishedJourneys journeys, Situations situations, MessageNeeds needs,
    Precedence precedence, TimeProvider time) : IStandings
{
    /// <summary>What waits for somebody (a paused journey, another walk) is looked at again after this long.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    public async ValueTask<Standing> Of(Send send, CancellationToken cancellation)
    {
        if (EnrollmentId.Parse(send.For.Split('@')[0]) is not { } id
            || await enrollments.Find(id) is not { Value: var walk } stored)
            return No("its walk is gone");
        if (await journeys.Find(id.Journey, walk.Version) is not { } published)
            return No($"version {walk.Version} of the journey is not to be found");
        var journey = published.Journey;
        if (await situations.Of(walk) is not { } situation) return No(EventTypes.CustomerErased);
        if (Ended(walk, journey, situation) is { } because) return No(because);
        if (await needs.PurposeOf(send.Channel, send.Mail, journey.Purpose) != send.Purpose)
            return No("the mail is marketing by now");
        if (journeys.IsPaused(id.Journey)) return Later(Again, "the journey is paused");
        if (await precedence.Of(situation.Customer, id.Journey) is { } ahead)
            return ahead.Rule == GroupRule.Refuse
                ? No($"{ahead.Journey} has precedence")
                : Later(Again, $"{ahead.Journey} has precedence");
        if (Planner.Opening(journey, situation) is not { } opens) return No(Planner.NeverOpen);
        if (opens > situation.Now) return Later(opens - situation.Now, "its window is closed");
        var timeline = enrollments.Timeline(stored);
        timeline.Walk = walk.Entity();
        return new(Verdict.Yes, await needs.For(send.Channel, send.Mail, situation), timeline);
    }

    /// <summary>Why the walk has ended other than by walking on, or will as soon as it looks at what it heard; null: it
    /// has not. Pure. Whose walk was joined to another's gets the mail all the same: the other walk leaves it
    /// out.</summary>
    internal static string? Ended(Enrollment walk, Journey journey, Situation situation)
    {
        if (walk is { Outcome: Outcome.Left, Because: { } because and not MergedWalks.Because } && !IsOwnStep(because))
            return because;
        if (Planner.Ends(journey, situation) is { } over) return over;
        foreach (var happened in walk.Heard)
            if (Planner.Hear(journey, walk.Walk, situation with { Event = happened }, walk.StartedAt)
                is Hearing.Leaves leaves) return leaves.Because;
        return null;

        bool IsOwnStep(string reason) =>
            Steps.All(journey.Steps).Any(step => step switch
            {
                Step.Leave leave => leave.Because == reason,
                Step.Wait wait => Waits.Ends(wait, reason),
                _ => false,
            });
    }

    private static Standing No(string reason) => new(Verdict.No(reason));
    private Standing Later(TimeSpan wait, string reason) => new(Verdict.Later(time.GetUtcNow() + wait, reason));
}
