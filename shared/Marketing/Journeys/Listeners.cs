using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>The walks that an event concerns: told in their row, then woken.</summary>
public sealed class Listeners(
    PublishedJourneys journeys, EnrollmentStore enrollments, IJourneyOrchestrations alarms, MarketingOptions options)
{
    /// <summary>Heard by every live enrollment, whatever its journey says: what it may still do depends on
    /// them.</summary>
    private static readonly string[] HeardByAll = [EventTypes.ConsentWithdrawn, EventTypes.CustomerErased];

    /// <summary>Writes the event to every live enrollment it concerns, then wakes it: the row knows before anything can
    /// be sent. One that is over learns that its goal was reached all the same.</summary>
    /// <param name="situation">The customer's, with the event and its order.</param>
    public async Task Tell(ShopEvent happened, Situation situation)
    {
        // Alone, this process knows all versions anybody can be in: what none of them listens for concerns nobody.
        if (options.IsSingleProcess && !HeardByAll.Contains(happened.Type) && !journeys.IsAwaited(happened.Type))
            return;
        var (now, customer) = (situation.Now, situation.Customer);
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            foreach (var stored in await Hearers(happened, id))
            {
                if (await ReachesGoalAfterwards(stored.Value, situation))
                    await enrollments.Change(
                        stored.Value.Id, e => e.GoalAt is null ? e with { GoalAt = happened.At } : e);
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

    private async ValueTask<bool> ReachesGoalAfterwards(Enrollment enrollment, Situation situation) =>
        enrollment is { IsLive: false, GoalAt: null }
        && situation.Event is { } happened && happened.Id != enrollment.Trigger.Id
        && await Concerns(happened, enrollment, situation)
        && await journeys.Find(enrollment.Id.Journey, enrollment.Version) is { Journey: var journey }
        && Planner.Reaches(journey, enrollment.StartedAt, situation);

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
