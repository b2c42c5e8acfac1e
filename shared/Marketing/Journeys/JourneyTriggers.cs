using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>What an event means for journeys: the walks it concerns hear it, the journeys it triggers start. Every
/// write is claimed by the event's id, so the same event again changes nothing and only sets the alarm clock once
/// more.</summary>
public sealed class JourneyTriggers(
    PublishedJourneys journeys, Listeners listeners, EventStarts starts, TimeProvider time) : IShopEvents
{
    /// <inheritdoc/>
    public async Task Handle(ShopEvent happened, Customer customer, Order? order, bool isNew)
    {
        var situation = journeys.Situation(customer, time.GetUtcNow()) with { Order = order, Event = happened };
        if (!isNew) await listeners.Tell(happened, situation);
        await starts.After(happened, situation);
    }
}
