using Automation.Marketing.Inbox;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Journeys;

/// <summary>What an event means for journeys: those it concerns hear it, those it triggers start. Every write is
/// claimed by the event's id, so the same event again changes nothing and only sets the alarm clock once
/// more.</summary>
public sealed class JourneyTriggers(
    PublishedJourneys journeys, EnrollmentStore enrollments, Enroller enroller, Becoming becoming,
    UsualIntervals intervals, IJourneyOrchestrations alarms, TimeProvider time,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall, MarketingOptions options) : IShopEvents
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
        var situation = journeys.Situation(customer, time.GetUtcNow()) with { Order = order, Event = happened };
        // Alone, this process knows all versions anybody can be in: what none of them listens for concerns nobody.
        if (!isNew && (!options.IsSingleProcess || HeardByAll.Contains(happened.Type)
            || journeys.IsAwaited(happened.Type))) await Tell(happened, situation);
        if (wall.GetUtcNow() - happened.At > Fresh) return;
        var triggered = journeys.TriggeredBy(happened.Type).ToList();
        if (triggered.Count + journeys.ByBecoming.Count == 0) return;
        situation = situation.With(await intervals.Now());
        foreach (var journey in triggered)
        {
            if (!journey.Journey.IsActive(happened.At, journeys.Zone(null))
                || !Conditions.Holds(journey.Journey.Trigger.Where, situation)) continue;
            await enroller.Start(journey, happened, customer, order);
        }
        await becoming.Look(situation);
    }

    /// <summary>Writes the event to every live enrollment it concerns, then wakes it: the row knows before anything can
    /// be sent.</summary>
    private async Task Tell(ShopEvent happened, Situation situation)
    {
        var (now, customer) = (situation.Now, situation.Customer);
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            foreach (var stored in await Hearers(happened, id))
            {
                if (!stored.Value.Hears(now) || stored.Value.Trigger.Id == happened.Id
                    || stored.Value.BeginsAt is not null) continue;
                if (!await Concerns(happened, stored.Value, situation))
                {
                    if (stored.Value.IsLive && await IsToLeave(stored.Value, situation))
                        await alarms.Wake(stored.Value.Id);
                    continue;
                }
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
    private async ValueTask<bool> Concerns(ShopEvent happened, Enrollment enrollment, Situation situation)
    {
        if (HeardByAll.Contains(happened.Type)) return true;
        var (trigger, isPlaced) = (enrollment.Trigger, happened.Type == EventTypes.OrderPlaced);
        var isOwn = OwnOrder.IsOfIt(trigger, happened);
        // Its own order is placed once; told again after a kill it is not another order.
        if (isOwn ? isPlaced : !isPlaced && trigger.Order is not null && happened.Order is not null) return false;
        if (await journeys.Find(enrollment.Id.Journey, enrollment.Version) is not { Journey: var journey })
            return false;
        if (journey.Per.IsOfAnother(trigger, situation)) return false;
        return Planner.Listens(journey, enrollment.Walk, happened.Type)
            || OwnOrder.Concerns(journey, trigger, happened);
    }

    /// <summary>Does what the journey ends with hold now, as far as can be seen from here? Its round looks
    /// itself.</summary>
    private async ValueTask<bool> IsToLeave(Enrollment enrollment, Situation situation) =>
        await journeys.Find(enrollment.Id.Journey, enrollment.Version) is { Journey.LeaveWhen: { } when }
        && Conditions.Holds(when, situation with
        {
            Event = enrollment.Trigger,
            Order = enrollment.Trigger.Order is { } own && own == situation.Order?.Key ? situation.Order : null,
        });
}
