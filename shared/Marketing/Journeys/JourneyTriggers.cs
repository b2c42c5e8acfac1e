using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>
/// What an event means for journeys: those it concerns hear it, those it triggers start. Every write is claimed by the event's id,
/// so the same event again changes nothing and only sets the alarm clock once more.
/// </summary>
public sealed class JourneyTriggers(PublishedJourneys journeys, EnrollmentStore enrollments, IAlarmClock alarms, TimeProvider time, Diary diary)
{
    /// <summary>Heard by every live enrollment, whatever its journey says: what it may still do depends on them.</summary>
    private static readonly string[] HeardByAll = [EventTypes.ConsentWithdrawn, EventTypes.CustomerErased];

    /// <inheritdoc cref="EventHandling"/>
    public async Task Handle(ShopEvent happened, Customer customer, Order? order, bool isNew)
    {
        if (!isNew) await Tell(happened, customer);
        var situation = journeys.Situation(customer, time.GetUtcNow()) with { Order = order, Event = happened };
        foreach (var journey in journeys.TriggeredBy(happened.Type))
        {
            if (journey.Journey.Trigger.Where is { } where && !Conditions.Holds(where, situation)) continue;
            await Start(journey, happened, customer);
        }
    }

    /// <summary>Lets a customer begin a journey if its reentry rule allows; answers the enrollment this event began, or null.</summary>
    public async Task<EnrollmentId?> Start(PublishedJourney journey, ShopEvent trigger, Customer customer)
    {
        while (true)
        {
            if (await Key(journey, trigger, customer.Id) is not { } key) return null;
            var id = new EnrollmentId(customer.Id, journey.Id, key);
            if (await enrollments.Add(Enrollment.Begin(id, journey.Version, trigger, time.GetUtcNow())))
                diary.Write(id, time.GetUtcNow(), $"enrolled in {journey.Id}");
            else if (await enrollments.Find(id) is not { } there) continue;
            else if (there.Value.Trigger.Id != trigger.Id) { if (OnlyOnce(journey.Journey)) return null; continue; }
            else if (!there.Value.IsLive) return id;
            await alarms.Start(id, 0);
            return id;
        }
    }

    private static bool OnlyOnce(Journey journey) => journey.Per == Per.Order || journey.Reentry is Reentry.NeverAgain;

    /// <summary>The row key the next walk would have; null where the reentry rule says no.</summary>
    private async Task<string?> Key(PublishedJourney journey, ShopEvent trigger, CustomerId customer)
    {
        if (journey.Journey.Per == Per.Order) return $"order~{Keys.Safe(trigger.Order ?? trigger.Id)}";
        if (journey.Journey.Reentry is Reentry.NeverAgain) return "0001";
        var walks = await enrollments.Of(customer, journey.Id);
        if (walks.Find(w => w.Value.Trigger.Id == trigger.Id) is { } same) return same.Value.Id.Key;
        if (walks is [.., var last] && !Reentries.Allows(journey.Journey.Reentry, last.Value, trigger.At, journeys.Zone(null))) return null;
        return $"{walks.Count + 1:D4}";
    }

    /// <summary>Writes the event to every live enrollment it concerns, then wakes it: the row knows before anything can be sent.</summary>
    private async Task Tell(ShopEvent happened, Customer customer)
    {
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            foreach (var stored in await enrollments.Of(id))
            {
                if (!stored.Value.IsLive || stored.Value.Trigger.Id == happened.Id || !await Concerns(happened, stored.Value)) continue;
                await enrollments.Change(stored.Value.Id, e => e.Heard.Any(h => h.Id == happened.Id) ? e : e with { Heard = [.. e.Heard, happened] });
                await alarms.Wake(stored.Value.Id);
            }
        }
    }

    private async ValueTask<bool> Concerns(ShopEvent happened, Enrollment enrollment) =>
        HeardByAll.Contains(happened.Type)
        || (await journeys.Find(enrollment.Id.Journey, enrollment.Version) is { } journey && Planner.Listens(journey.Journey, enrollment.Walk, happened.Type));
}
