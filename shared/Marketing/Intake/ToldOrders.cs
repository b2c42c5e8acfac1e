using System.Text.Json;
using Automation.Marketing.Consent;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Intake;

/// <summary>Takes in orders, whole or in part. The order of writes is the point: identities, customer, events, consent
/// log, and the order's row last. Killed anywhere before, the next delivery finds the old row and says the same events
/// with the same ids again.</summary>
public sealed class ToldOrders(
    OrderStore orders, OrderOwners owners, ConsentService consents, Products products, IShopEvents events,
    TimeProvider time)
{
    /// <summary>What a source tells of an order now.</summary>
    /// <param name="buyer">Who bought; null: this telling does not say.</param>
    public Task See(Order told, Buyer? buyer = null) => See(told, buyer, events);

    /// <summary>A rehearsal: the platform's own sample is years old, and what is tried out should go like an order of
    /// today.</summary>
    public Task Rehearse(Order told, Buyer? buyer) => See(told with { PlacedAt = time.GetUtcNow() }, buyer);

    /// <summary>An order from a file of the past, or that is to be forgotten: facts and profile, no events, no
    /// journeys.</summary>
    public Task Import(Order order, Buyer? buyer) => See(order, buyer, NoEvents.Instance);

    private async Task See(Order told, Buyer? buyer, IShopEvents events)
    {
        told = OrderMerging.Worded(told);
        while (true)
        {
            var stored = await orders.Find(told.Source, told.Id);
            if (told.Unplaced && stored is null or { Value.Fragment: true })
            {
                // Called off before it was an order: should an older telling come behind, it must not be taken for one.
                if (!told.IsVoid) return;
                told = OrderMerging.Fragment(told.Source, told.Id, told.UpdatedAt) with { DeletedAt = told.UpdatedAt };
            }
            var merged = OrderMerging.Merge(stored?.Value, told);
            var unchanged = stored is { } row
                && Text(merged with { Contact = null }) == Text(row.Value with { Contact = null });
            // The row is written last: where it says all of this already, everything that follows from it has been
            // done.
            if (unchanged && (merged.Customer is not null || merged.Fragment || merged.Erased
                || buyer is not { IsReachable: true })) return;

            var who = await owners.Of(stored?.Value, merged, buyer);
            merged = who.Order;
            IReadOnlyList<TableWrite> said = [];
            if (who.Customer is { Customer: var customer, Before: var before })
            {
                await Say(stored?.Value, merged, customer, before is null, events);
                if (buyer is not null && stored?.Value.Customer is null)
                    said = await consents.Entries(customer, Untold(buyer, before, merged), events, before is null);
            }
            if (!merged.Fragment) await products.Learn(merged);
            if (await orders.Save(merged, stored?.ETag, said)) return;
        }
    }

    /// <summary>What may not be in the log of consents yet. What the customer had said before an order that is seen for
    /// the first time is: whoever told it wrote it there before its own row, or comes again.</summary>
    private static IReadOnlyDictionary<string, ConsentRecord> Untold(Buyer buyer, Customer? before, Order order) =>
        before is null || before.Orders.Latest.Any(known => known.Key == order.Key)
            ? buyer.Consent
            : buyer.Consent.Where(said => before.Consent.GetValueOrDefault(said.Key) != said.Value).ToDictionary();

    /// <summary>New customers have nobody listening for the very first event; from the second on there may
    /// be.</summary>
    private static async Task Say(Order? before, Order now, Customer customer, bool isNew, IShopEvents events)
    {
        foreach (var happened in OrderChanges.Between(before, now))
        {
            await events.Handle(happened, customer, now, isNew);
            isNew = false;
            if (happened.Type == EventTypes.OrderPlaced && events != NoEvents.Instance) Meters.Order(now.Source);
            if (happened.Type == EventTypes.OrderPlaced && customer.CreatedBy == now.Key)
                await events.Handle(ToldPeople.Created(customer, happened.At), customer, now, false);
        }
    }

    private static string Text(Order order) => JsonSerializer.Serialize(order, CustomerJson.Order);
}
