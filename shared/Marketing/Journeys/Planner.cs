using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Where does the walk go next? Pure: the same journey, walk and situation give the same answer. Every
/// decision moves the cursor forward, so an answer comes after at most as many decisions as the journey has
/// steps.</summary>
public static class Planner
{
    internal const string NeverOpen = "its window and the shop's quiet hours are never open together";

    /// <summary>Walks everything that needs no effect until an effect, a pause or the end.</summary>
    /// <param name="happened">What the enrollment's own order went through so far: a waitFor for it is over as soon as
    /// it is reached.</param>
    public static Move Next(Journey journey, Walk walk, Situation situation, IReadOnlyList<ShopEvent>? happened = null)
    {
        var decisions = new List<string>();
        var zone = Zone(situation);
        if (Ends(journey, situation) is { } because) return new Move.Finish(walk, Outcome.Left, because, decisions);
        while (true)
        {
            if (!Cursors.Resolves(journey, walk.Cursor))
                return new Move.Finish(
                    walk, Outcome.Failed, $"there is no step {walk.Cursor} in this version", decisions);
            switch (Cursors.Find(journey, walk.Cursor))
            {
                case null:
                    return new Move.Finish(walk, Outcome.Completed, null, decisions);

                case Step.Wait wait:
                    var until = Waits.Until(wait, walk.Since, situation, zone);
                    if (until > situation.Now) return new Move.Pause(walk, until.Value, decisions);
                    if (until is null && Waits.LeavesWithout(wait))
                        return new Move.Finish(walk, Outcome.Left, Waits.Unknown(Waits.FieldOf(wait)!), decisions);
                    walk = After(journey, walk, situation.Now);
                    break;

                case Step.WaitFor waitFor:
                    var limit = waitFor.UpTo.After(walk.Since, zone);
                    if (happened?.FirstOrDefault(one =>
                        one.At <= limit && Fulfils(waitFor, situation with { Event = one })) is { } came)
                    {
                        decisions.Add(Came(waitFor, came));
                        walk = Behind(journey, walk, "then", waitFor.Then, situation.Now);
                        break;
                    }
                    if (limit > situation.Now) return new Move.Pause(walk, limit, decisions);
                    decisions.Add($"waited {waitFor.UpTo} for {waitFor.Events}: no");
                    walk = Behind(journey, walk, "else", waitFor.Else, situation.Now);
                    break;

                case Step.Branch branch:
                    var holds = Conditions.Holds(branch.If, situation);
                    decisions.Add($"branch {Conditions.InWords(branch.If)}: {(holds ? "yes" : "no")}");
                    walk = Behind(
                        journey, walk, holds ? "then" : "else", holds ? branch.Then : branch.Else, situation.Now);
                    break;

                case Step.Split split:
                    var arm = SplitAssignment.Arm(split, journey.Id, situation.Customer.Id);
                    decisions.Add($"split: {arm.Name}");
                    if (arm.Holdout) return new Move.Finish(walk, Outcome.Holdout, arm.Name, decisions);
                    walk = Behind(journey, walk, $"arms/{arm.Name}", arm.Steps, situation.Now);
                    break;

                case Step.Leave leave:
                    return new Move.Finish(walk, Outcome.Left, leave.Because, decisions);

                case Step.Send send:
                    return Opening(journey, situation) switch
                    {
                        null => new Move.Finish(walk, Outcome.Failed, NeverOpen, decisions),
                        { } opens when opens > situation.Now => new Move.Pause(walk, opens, decisions),
                        _ => new Move.Act(walk, send, decisions),
                    };

                case var effect:
                    return new Move.Act(walk, effect, decisions);
            }
        }
    }

    /// <summary>Why the journey is over for the customer as they are now, whatever stands next; null: it is
    /// not.</summary>
    public static string? Ends(Journey journey, Situation situation) =>
        journey.LeaveWhen is { } when && Conditions.Holds(when, situation) ? Conditions.InWords(when) : null;

    /// <summary>Where the walk stands after the effect at <paramref name="at"/> was carried out.</summary>
    public static Walk After(Journey journey, Walk at, DateTimeOffset now) =>
        new(Cursors.After(journey, at.Cursor) ?? at.Cursor, now);

    /// <summary>Has the journey of somebody who began then reached its goal with the event
    /// (<see cref="Situation.Event"/>)? Not before the start, and only within the goal's period behind it.</summary>
    public static bool Reaches(Journey journey, DateTimeOffset began, Situation situation) =>
        journey.Goal is { } goal && situation.Event is { } happened && happened.At >= began
        && happened.At <= goal.Within.After(began, Zone(situation)) && Matches(goal.Event, goal.Where, situation);

    /// <summary>Judges an event heard (<see cref="Situation.Event"/>) in a walk that began then.</summary>
    public static Hearing Hear(Journey journey, Walk walk, Situation situation, DateTimeOffset began)
    {
        if (situation.Event is not { } heard) return new Hearing.Ignores(false);
        var goal = Reaches(journey, began, situation);
        foreach (var leave in journey.LeaveOn)
            if (Matches(leave.Event, leave.Where, situation)) return new Hearing.Leaves(heard.Type, goal);
        return Cursors.Find(journey, walk.Cursor) is Step.WaitFor waitFor
            && heard.At <= waitFor.UpTo.After(walk.Since, Zone(situation))
            && Fulfils(waitFor, situation)
            ? new Hearing.Proceeds(
                Behind(journey, walk, "then", waitFor.Then, situation.Now), Came(waitFor, heard), goal)
            : new Hearing.Ignores(goal);
    }

    /// <summary>May an event of the type matter to an enrollment that stands there?</summary>
    public static bool Listens(Journey journey, Walk walk, string eventType)
    {
        if (journey.Goal?.Event == eventType) return true;
        foreach (var leave in journey.LeaveOn)
            if (leave.Event == eventType) return true;
        return Cursors.Find(journey, walk.Cursor) is Step.WaitFor waitFor && waitFor.Events.Contains(eventType);
    }

    /// <summary>Does the journey wait for events of the type, or end with them, at any place?</summary>
    public static bool AsksFor(Journey journey, string eventType) =>
        journey.LeaveOn.Any(leave => leave.Event == eventType)
        || Steps.All(journey.Steps).Any(step => step is Step.WaitFor waitFor && waitFor.Events.Contains(eventType));

    /// <summary>Event types that may matter to somebody in the journey, wherever they stand.</summary>
    public static IEnumerable<string> ListensFor(Journey journey) =>
        [.. journey.LeaveOn.Select(leave => leave.Event), .. Steps.All(journey.Steps).OfType<Step.WaitFor>()
            .SelectMany(waitFor => waitFor.Events.All),
            .. journey.Goal is { } goal ? [goal.Event] : Array.Empty<string>()];

    private static TimeZoneInfo Zone(Situation situation) =>
        Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone);

    private static bool Fulfils(Step.WaitFor waitFor, Situation situation) =>
        situation.Event is { } happened && waitFor.Events.Contains(happened.Type)
        && Conditions.Holds(waitFor.Where, situation);

    /// <summary>Of several, the one that came is named.</summary>
    private static string Came(Step.WaitFor waitFor, ShopEvent came) =>
        $"waited for {waitFor.Events}: {(waitFor.Events.All.Count == 1 ? "yes" : came.Type)}";

    private static bool Matches(string name, Condition? where, Situation situation) =>
        situation.Event?.Type == name && Conditions.Holds(where, situation);

    private static Walk Behind(
        Journey journey, Walk walk, string door, IReadOnlyList<Step>? steps, DateTimeOffset now) =>
            steps is { Count: > 0 } ? new(Cursors.Into(walk.Cursor, door), now) : After(journey, walk, now);

    /// <summary>When the journey's mails may go out next: in its window, marketing also outside the shop's quiet hours.
    /// Null: never.</summary>
    internal static DateTimeOffset? Opening(Journey journey, Situation situation)
    {
        var zone = Zone(situation);
        var quiet = journey.Purpose == Purpose.Marketing ? situation.Shop.QuietHours : null;
        return (journey.Window, quiet) switch
        {
            (null, null) => situation.Now,
            ({ } window, null) => Openings.Next([window], situation.Now, zone),
            (null, { } hours) => Openings.Next([hours.Outside], situation.Now, zone),
            ({ } window, { } hours) => Openings.Next([window, hours.Outside], situation.Now, zone),
        };
    }
}
