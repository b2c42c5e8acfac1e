using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Journeys;

/// <summary>Starts the journeys an event triggers, and those whose condition it makes true.</summary>
/// <param name="wall">The time outside, by which an event is too old.</param>
public sealed class EventStarts(
    PublishedJourneys journeys, Enroller enroller, Becoming becoming, UsualIntervals intervals,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    /// <summary>What happened longer ago starts nothing: an old order that is touched after the shop was connected is
    /// not an occasion to thank for it. Platforms deliver up to a day late, and reconcile a day after that.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(3);

    /// <param name="situation">The customer's, with the event and its order.</param>
    public async Task After(ShopEvent happened, Situation situation)
    {
        if (wall.GetUtcNow() - happened.At > Fresh) return;
        var triggered = journeys.TriggeredBy(happened.Type).ToList();
        if (triggered.Count + journeys.ByBecoming.Count == 0) return;
        situation = situation.With(await intervals.Now());
        foreach (var journey in triggered)
        {
            if (!journey.Journey.IsActive(happened.At, journeys.Zone(null))
                || !Conditions.Holds(journey.Journey.Trigger.Where, situation)) continue;
            await enroller.Start(journey, happened, situation.Customer, situation.Order);
        }
        await becoming.Look(situation);
    }
}
