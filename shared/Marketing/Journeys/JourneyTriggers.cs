using System.Globalization;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Journeys;

/// <summary>What an event means for journeys: those it concerns hear it, those it triggers start. Every write is
/// claimed by the event's id, so the same event again changes nothing and only sets the alarm clock once
/// more.</summary>
public sealed class JourneyTriggers(
    PublishedJourneys journeys, EnrollmentStore enrollments, MergedWalks merged, Precedence precedence,
    IJourneyOrchestrations alarms, TimeProvider time, [FromKeyedServices(Clocks.Wall)] TimeProvider wall, Diary diary,
    MarketingOptions options) : IShopEvents
{
    /// <summary>Heard by every live enrollment, whatever its journey says: what it may still do depends on
    /// them.</summary>
    private static readonly string[] HeardByAll = [EventTypes.ConsentWithdrawn, EventTypes.CustomerErased];

    /// <summary>What happened longer ago starts nothing: an old order that is touched after the shop was connected is
    /// not an occasion to thank for it. Platforms deliver up to a day late, and reconcile a day after that.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(3);

    /// <inheritdoc/>
    public async Task Handle(ShopEvent happened, Customer customer, Order? order, bool isNew)
    {
        // Alone, this process knows all versions anybody can be in: what none of them listens for concerns nobody.
        if (!isNew && (!options.IsSingleProcess || HeardByAll.Contains(happened.Type)
            || journeys.IsAwaited(happened.Type))) await Tell(happened, customer);
        if (wall.GetUtcNow() - happened.At > Fresh) return;
        var situation = journeys.Situation(customer, time.GetUtcNow()) with { Order = order, Event = happened };
        foreach (var journey in journeys.TriggeredBy(happened.Type))
        {
            if (journey.Journey.Trigger.Where is { } where && !Conditions.Holds(where, situation)) continue;
            await Start(journey, happened, customer, order);
        }
    }

    /// <summary>Lets a customer begin a journey if its reentry rule and its group allow; answers the enrollment this
    /// event began, or why there is none.</summary>
    /// <param name="from">The walk whose step says so: where it is of the same journey, it is over as far as reentry is
    /// concerned. Null: an event, or somebody's hand.</param>
    public async Task<Enrolled> Start(
        PublishedJourney journey, ShopEvent trigger, Customer customer, Order? order, EnrollmentId? from = null)
    {
        while (true)
        {
            var (key, walked) = await Key(journey, trigger, customer.Id, from);
            if (walked is not null) return walked;
            var id = new EnrollmentId(customer.Id, journey.Id, key);
            if (customer.MergedFrom.Count > 0 && await enrollments.Find(id) is null
                && await merged.Before(
                    journey.Journey, key, trigger, customer, journeys.Zone(null)) is var (walk, reason))
            {
                if (walk.Trigger.Id != trigger.Id) return Refused(walk.Id, reason);
                if (walk.IsLive) await alarms.Start(walk.Id, walk.Turn);
                return new(walk.Id);
            }
            if (await precedence.Of(customer, journey.Id) is { Rule: GroupRule.Refuse } ahead
                && await enrollments.Find(id) is null)
                return Refused(id, $"{ahead.Journey} has precedence");
            var begun = Enrollment.Begin(id, journey.Version, trigger, order, time.GetUtcNow()) with
            {
                Heard = OwnOrder.Already(journey.Journey, trigger, order)
            };
            if (await enrollments.Add(begun))
                diary.Write(id, time.GetUtcNow(), $"enrolled in {journey.Id}");
            else if (await enrollments.Find(id) is not { } there) continue;
            else if (there.Value.Trigger.Id != trigger.Id)
            {
                if (OnlyOnce(journey.Journey)) return Refused(id, "reentry never");
                continue;
            }
            else if (!there.Value.IsLive) return new(id);
            await alarms.Start(id, 0);
            return new(id);
        }
    }

    private Enrolled Refused(EnrollmentId id, string reason)
    {
        diary.Write(id, time.GetUtcNow(), $"not enrolled in {id.Journey}: {reason}");
        return new(null, reason);
    }

    private static bool OnlyOnce(Journey journey) => journey.Per == Per.Order || journey.Reentry is Reentry.NeverAgain;

    /// <summary>The row key the next walk would have; what it is refused with where the reentry rule says no.</summary>
    private async Task<(string Key, Enrolled? Refused)> Key(
        PublishedJourney journey, ShopEvent trigger, CustomerId customer, EnrollmentId? from)
    {
        if (journey.Journey.Per == Per.Order) return ($"order~{Keys.Safe(trigger.Order ?? trigger.Id)}", null);
        if (journey.Journey.Reentry is Reentry.NeverAgain) return ("0001", null);
        var walks = await enrollments.Of(customer, journey.Id);
        if (walks.Find(w => w.Value.Trigger.Id == trigger.Id) is { } same) return (same.Value.Id.Key, null);
        if (walks is [.., { Value: var last }]
            && Reentries.Refuses(
                journey.Journey.Reentry, last.Id == from ? last with { Outcome = Outcome.Completed } : last,
                trigger.At, journeys.Zone(null)) is { } reason)
            return ("", Refused(last.Id, reason));
        var numbers = walks.Select(walk =>
            int.TryParse(walk.Value.Id.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0);
        return ($"{1 + numbers.DefaultIfEmpty().Max():D4}", null);
    }

    /// <summary>Writes the event to every live enrollment it concerns, then wakes it: the row knows before anything can
    /// be sent.</summary>
    private async Task Tell(ShopEvent happened, Customer customer)
    {
        var now = time.GetUtcNow();
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            foreach (var stored in await Hearers(happened, id))
            {
                if (!stored.Value.Hears(now)
                    || stored.Value.Trigger.Id == happened.Id
                    || !await Concerns(happened, stored.Value))
                    continue;
                await enrollments.Change(
                    stored.Value.Id,
                    e => !e.Hears(now) || e.Knows(happened.Id) ? e : e with { Heard = [.. e.Heard, happened] });
                if (stored.Value.IsLive) await alarms.Wake(stored.Value.Id);
            }
        }
    }

    /// <summary>What became of a mail concerns the enrollment that sent it and no other.</summary>
    private async Task<List<Stored<Enrollment>>> Hearers(ShopEvent happened, CustomerId id)
    {
        if (happened.For is not { } reason) return await enrollments.Of(id);
        return EnrollmentId.Parse(reason.Split('@')[0]) is { } sender && sender.Customer == id
            && await enrollments.Find(sender) is { } stored ? [stored] : [];
    }

    /// <summary>Who began with an order hears what becomes of that order, wherever they stand, and of new ones where
    /// they listen for it; not of others.</summary>
    private async ValueTask<bool> Concerns(ShopEvent happened, Enrollment enrollment)
    {
        if (HeardByAll.Contains(happened.Type)) return true;
        var (trigger, isPlaced) = (enrollment.Trigger, happened.Type == EventTypes.OrderPlaced);
        var isOwn = OwnOrder.IsOfIt(trigger, happened);
        // Its own order is placed once; told again after a kill it is not another order.
        if (isOwn ? isPlaced : !isPlaced && trigger.Order is not null && happened.Order is not null) return false;
        if (await journeys.Find(enrollment.Id.Journey, enrollment.Version) is not { Journey: var journey })
            return false;
        return Planner.Listens(journey, enrollment.Walk, happened.Type)
            || OwnOrder.Concerns(journey, trigger, happened);
    }
}

/// <summary>What came of letting a customer begin a journey.</summary>
/// <param name="Id">The enrollment; null: there is none.</param>
/// <param name="Because">Why there is none.</param>
public sealed record Enrolled(EnrollmentId? Id, string? Because = null);
