using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Journeys;

/// <summary>Lets customers begin journeys, by the rules that hold for everybody. The enrollment's row is claimed by the
/// id of what began it: the same again changes nothing and only sets the alarm clock once more.</summary>
public sealed class Enroller(
    NextWalks next, EnrollmentStore enrollments, MergedWalks merged, Precedence precedence,
    IJourneyOrchestrations alarms, Diary diary)
{
    /// <summary>Lets a customer begin a journey if its reentry rule and its group allow; answers the enrollment this
    /// event began, or why there is none.</summary>
    /// <param name="from">The walk whose step says so: where it is of the same journey, it is over as far as reentry is
    /// concerned. Null: an event, or somebody's hand.</param>
    /// <param name="begins">When its first step is looked at; null: at once. It is said of nobody that they were
    /// enrolled, or why not, before that.</param>
    public async Task<Enrolled> Start(
        PublishedJourney journey, ShopEvent trigger, Customer customer, Order? order, EnrollmentId? from = null,
        DateTimeOffset? begins = null)
    {
        while (true)
        {
            var (id, not) = await next.Of(journey, trigger, customer, from);
            if (not is not null) return Refused(id, trigger, not);
            if (begins is not null && await enrollments.Find(id) is { Value: var known }
                && known.Trigger.Id == trigger.Id)
            {
                if (known is { IsLive: true, Turn: 0 }) await alarms.Start(id, 0);
                return new(id);
            }
            if (customer.MergedFrom.Count > 0 && await enrollments.Find(id) is null
                && await merged.Before(journey.Journey, id.Key, trigger, customer) is var (walk, reason))
            {
                if (walk.Trigger.Id != trigger.Id) return Refused(walk.Id, trigger, reason);
                if (walk.IsLive) await alarms.Start(walk.Id, walk.Turn);
                return new(walk.Id);
            }
            if (await precedence.Of(customer, journey.Id) is { Rule: GroupRule.Refuse } ahead
                && await enrollments.Find(id) is null)
                return Refused(id, trigger, $"{ahead.Journey} has precedence");
            var begun = enrollments.Adds(next.Begin(id, journey, trigger, order, begins));
            if (await alarms.Begin(id, begun, () =>
                {
                    if (begins is null) diary.Write(id, $"enrolled in {journey.Id}");
                })) return new(id);
            if (await enrollments.Find(id) is not { } there) continue;
            if (there.Value.Trigger.Id != trigger.Id)
            {
                if (NextWalks.IsOnlyOne(journey.Journey)) return Refused(id, trigger, "reentry never");
                continue;
            }
            if (there.Value.IsLive) await alarms.Start(id, 0);
            return new(id);
        }
    }

    private Enrolled Refused(EnrollmentId id, ShopEvent trigger, string reason)
    {
        // A date is found again on several nights.
        if (trigger.Type != EventTypes.DateReached)
            diary.Write(id, $"not enrolled in {id.Journey}: {reason}");
        return new(null, reason);
    }
}

/// <summary>What came of letting a customer begin a journey.</summary>
/// <param name="Id">The enrollment; null: there is none.</param>
/// <param name="Because">Why there is none.</param>
public sealed record Enrolled(EnrollmentId? Id, string? Because = null);
