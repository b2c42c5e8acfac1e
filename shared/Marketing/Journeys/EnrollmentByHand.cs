using System.Globalization;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>Somebody of the shop lets a customer begin a journey: by the rules that hold for everybody (reentry,
/// groups, one walk per order), save what its trigger asks for.</summary>
public sealed class EnrollmentByHand(
    Enroller enroller, PublishedJourneys journeys, OrderStore orders, MessageNeeds needs, TimeProvider time)
{
    /// <summary>Why not. Without its event a walk has nothing to be per, and no word for what its mails say of
    /// it.</summary>
    public const string Paused = "the journey is paused", NoOrder = "there is no order to begin with",
        NoEvent = "only an event can start it";

    /// <summary>Null: there is no such journey.</summary>
    public async Task<Enrolled?> Begin(Customer customer, string journey)
    {
        if (journeys.Latest(journey) is not { } published) return null;
        if (journeys.IsPaused(journey)) return new(null, Paused);
        if (published.Journey.Per is Per.EachValue
            || await needs.AreTold(published.Journey, published.Journey.Trigger.FirstEvent, journeys))
            return new(null, NoEvent);
        var isOfOrder = published.Journey.Per == Per.Order || published.Journey.Trigger.IsOfOrder;
        var order = isOfOrder && Facts.Last(customer.Orders) is { } last ? (await orders.Find(last.Key))?.Value : null;
        if (isOfOrder && order is null) return new(null, NoOrder);
        var now = time.GetUtcNow();
        var trigger = new ShopEvent
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"hand:{customer.Id}:{journey}:{now.UtcTicks:x}"),
            Type = published.Journey.Trigger.FirstEvent,
            At = now,
            Customer = customer.Id,
            Order = order?.Key,
        };
        return await enroller.Start(published, trigger, customer, order);
    }
}
