using System.Globalization;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Journeys that start when something becomes true of a customer. Looked at after each event of theirs and
/// once a night; the customer's row remembers how it stood. First the walk is begun, then it is remembered: killed in
/// between, it is begun again under the same id.</summary>
public sealed class Becoming(CustomerStore customers, PublishedJourneys journeys, Enroller enroller)
{
    /// <summary>By this a journey's condition is known to have been looked at for everybody.</summary>
    public static string Seal(Trigger.Becomes trigger) =>
        Keys.Hash(Conditions.InWords(trigger.If), 8);

    /// <summary>What came to hold of the customer starts, what does no longer is remembered. Costs nothing as long as
    /// all stands as it stood.</summary>
    /// <param name="unknown">Journeys of which it is not known yet how anybody stood: they are only
    /// remembered.</param>
    public async Task Look(Situation situation, IReadOnlySet<string>? unknown = null)
    {
        var customer = situation.Customer;
        if (customer.Test || customer.ErasedAt is not null) return;
        foreach (var (journey, trigger) in journeys.ByBecoming)
        {
            var isUnknown = !journeys.KnowsHowAllStood(journey.Id, Seal(trigger));
            if (isUnknown && unknown?.Contains(journey.Id) != true) continue;
            var stood = customer.Became.GetValueOrDefault(journey.Id) ?? new(false, 0);
            var holds = Conditions.Holds(trigger.If, situation with { Event = null, Order = null });
            if (holds == stood.Holds) continue;
            var starts = holds && !isUnknown && !journeys.IsPaused(journey.Id)
                && journey.Journey.IsActive(situation.Now, journeys.Zone(null));
            if (starts)
                await enroller.Start(journey, new ShopEvent
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"became:{journey.Id}:{stood.Times + 1}"),
                    Type = EventTypes.Became,
                    At = situation.Now,
                    Customer = customer.Id,
                }, customer, null);
            var stands = new Became(holds, stood.Times + (starts ? 1 : 0));
            await customers.Change(customer.Id, has =>
                (has.Became.GetValueOrDefault(journey.Id) ?? new(false, 0)) == stood
                    ? has with { Became = new Dictionary<string, Became>(has.Became) { [journey.Id] = stands } }
                    : has);
        }
    }
}
