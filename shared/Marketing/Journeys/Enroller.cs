using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Journeys;

/// <summary>Lets customers begin journeys, by the rules that hold for everybody. The enrollment's row is claimed by the
/// id of what began it: the same again changes nothing and only sets the alarm clock once more.</summary>
public sealed class Enroller(
    PublishedJourneys journeys, EnrollmentStore enrollments, MergedWalks merged, Precedence precedence,
    IJourneyOrchestrations alarms, TimeProvider time, Diary diary)
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
            var (key, walked) = await Key(journey, trigger, customer, from);
            if (walked is not null) return walked;
            var id = new EnrollmentId(customer.Id, journey.Id, key);
            if (begins is not null && await enrollments.Find(id) is { Value: var known }
                && known.Trigger.Id == trigger.Id)
            {
                if (known is { IsLive: true, Turn: 0 }) await alarms.Start(id, 0);
                return new(id);
            }
            if (customer.MergedFrom.Count > 0 && await enrollments.Find(id) is null
                && await merged.Before(
                    journey.Journey, key, trigger, customer, journeys.Zone(null)) is var (walk, reason))
            {
                if (walk.Trigger.Id != trigger.Id) return Refused(walk.Id, trigger, reason);
                if (walk.IsLive) await alarms.Start(walk.Id, walk.Turn);
                return new(walk.Id);
            }
            if (await precedence.Of(customer, journey.Id) is { Rule: GroupRule.Refuse } ahead
                && await enrollments.Find(id) is null)
                return Refused(id, trigger, $"{ahead.Journey} has precedence");
            var begun = Enrollment.Begin(id, journey.Version, trigger, order, time.GetUtcNow()) with
            {
                Heard = OwnOrder.Already(journey.Journey, trigger, order),
                BeginsAt = begins,
            };
            if (await enrollments.Add(begun))
            {
                if (begins is null) diary.Write(id, time.GetUtcNow(), $"enrolled in {journey.Id}");
            }
            else if (await enrollments.Find(id) is not { } there) continue;
            else if (there.Value.Trigger.Id != trigger.Id)
            {
                if (OnlyOnce(journey.Journey)) return Refused(id, trigger, "reentry never");
                continue;
            }
            else if (!there.Value.IsLive) return new(id);
            await alarms.Start(id, 0);
            return new(id);
        }
    }

    private Enrolled Refused(EnrollmentId id, ShopEvent trigger, string reason)
    {
        // A date is found again on several nights.
        if (trigger.Type != EventTypes.DateReached)
            diary.Write(id, time.GetUtcNow(), $"not enrolled in {id.Journey}: {reason}");
        return new(null, reason);
    }

    private static bool OnlyOnce(Journey journey) => journey.Per == Per.Order || journey.Reentry is Reentry.NeverAgain;

    /// <summary>The row key the next walk would have; what it is refused with where the reentry rule says no.</summary>
    private async Task<(string Key, Enrolled? Refused)> Key(
        PublishedJourney journey, ShopEvent trigger, Customer customer, EnrollmentId? from)
    {
        var per = journey.Journey.Per;
        if (per == Per.Order) return ($"order~{Keys.Safe(trigger.Order ?? trigger.Id)}", null);
        if (per.StemOf(journeys.Situation(customer, time.GetUtcNow()) with { Event = trigger }) is not { } stem)
            return ("", Refused(
                new(customer.Id, journey.Id, "-"), trigger, $"{((Per.EachValue)per).Field} is not known"));
        if (journey.Journey.Reentry is Reentry.NeverAgain) return ($"{stem}0001", null);
        var walks = (await enrollments.Of(customer.Id, journey.Id))
            .Where(walk => walk.Value.Id.Key.StartsWith(stem, StringComparison.Ordinal))
            .ToList();
        if (walks.Find(w => w.Value.Trigger.Id == trigger.Id) is { } same) return (same.Value.Id.Key, null);
        if (walks is [.., { Value: var last }]
            && Reentries.Refuses(
                journey.Journey.Reentry, last.Id == from ? last with { Outcome = Outcome.Completed } : last,
                trigger.At, journeys.Zone(null)) is { } reason)
            return ("", Refused(last.Id, trigger, reason));
        var numbers = walks.Select(walk => int.TryParse(
            walk.Value.Id.Key.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0);
        return ($"{stem}{1 + numbers.DefaultIfEmpty().Max():D4}", null);
    }
}

/// <summary>What came of letting a customer begin a journey.</summary>
/// <param name="Id">The enrollment; null: there is none.</param>
/// <param name="Because">Why there is none.</param>
public sealed record Enrolled(EnrollmentId? Id, string? Because = null);
