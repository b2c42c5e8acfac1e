using System.Text.Json;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what webhooks tell. The order of writes is the point: identities, customer, events, consent log,
/// and the order's row last. Killed anywhere before, the next delivery finds the old row and says the same events with
/// the same ids again.</summary>
public sealed class OrderIngestion(
    OrderStore orders, CustomerStore customers, ConsentService consents, Erasure erasure, Requests requests,
    Products products, Checkouts checkouts, Misfits misfits, CurrentShop shop, IShopEvents events, TimeProvider time)
{
    /// <summary>A webhook. <see cref="UnreadableException"/>: park it. What else throws may be tried again.</summary>
    public async Task Handle(SourceSettings source, Envelope envelope)
    {
        foreach (var notice in Dialects.Read(source, envelope, shop.Settings))
            await Handle(
                source.Name, shop.Settings.DoubleOptIn ? DoubleOptIn.Ask(notice) : notice, source.TakeTests);
    }

    public async Task Handle(string source, SourceEvent notice, bool takeTests = false)
    {
        if (notice.By is { Misfits: { Count: > 0 } odd }) await misfits.Note(source, odd);
        await Take(source, notice, takeTests);
    }

    private Task Take(string source, SourceEvent notice, bool takeTests) => notice switch
    {
        SourceEvent.OrderUpserted { Order.Test: true } when !takeTests => Task.CompletedTask,
        // A rehearsal: the platform's own sample is years old, and what is tried out should go like an order of today.
        SourceEvent.OrderUpserted { Order.Test: true } seen => See(
            seen.Order with { PlacedAt = time.GetUtcNow() }, seen.Buyer),
        SourceEvent.OrderUpserted seen => See(seen.Order, seen.Buyer),
        SourceEvent.RefundAdded seen => See(
            OrderMerging.Fragment(source, seen.OrderId, seen.Refund.At) with { Refunds = [seen.Refund] }, null),
        SourceEvent.ShipmentAdded seen => See(
            OrderMerging.Fragment(source, seen.OrderId, seen.Shipment.At) with
            {
                Shipments = [seen.Shipment],
                Deliveries = Arrived(seen.Shipment.Id, seen.DeliveredAt),
            }, null),
        SourceEvent.ShipmentDelivered seen => See(
            OrderMerging.Fragment(source, seen.OrderId, seen.At) with
            {
                Deliveries = Arrived(seen.Shipment, seen.At),
            }, null),
        SourceEvent.CheckoutSeen seen => checkouts.See(seen.Checkout, seen.Buyer),
        SourceEvent.CheckoutDeleted gone => checkouts.Close(source, gone.Id),
        SourceEvent.OrderDeleted gone => See(
            OrderMerging.Fragment(source, gone.OrderId, gone.At) with { DeletedAt = gone.At }, null),
        SourceEvent.CustomerUpserted seen => Meet(source, seen.Buyer),
        SourceEvent.ConsentChanged seen => Consent(source, seen),
        SourceEvent.CustomersMerged merged => Unite(source, merged),
        SourceEvent.CustomerRedact redact => Redact(source, redact),
        SourceEvent.DataRequest request => Note(source, request),
        SourceEvent.ShopRedact redact => requests.Note(source, redact),
        SourceEvent.Happened happened => Hear(source, happened),
        // The account is gone, the person is not: their consent and orders stay until they ask to be forgotten
        // (customers/redact, erase).
        SourceEvent.CustomerDeleted or SourceEvent.Nothing => Task.CompletedTask,
        _ => throw new InvalidOperationException($"No rule for {notice.GetType().Name}."),
    };

    /// <summary>An order from a file of the past: facts and profile, no events, no journeys.</summary>
    public Task Import(Order order, Buyer buyer) => See(order, buyer, NoEvents.Instance);

    private static Dictionary<string, DateTimeOffset>? Arrived(string shipment, DateTimeOffset? at) =>
        at is { } moment ? new() { [shipment] = moment } : null;

    private Task See(Order told, Buyer? buyer) => See(told, buyer, events);

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

            var who = await Whose(stored?.Value, merged, buyer);
            merged = who.Order;
            if (who.Customer is { Customer: var customer, Before: var before })
            {
                await Say(stored?.Value, merged, customer, before is null, events);
                if (buyer is not null && stored?.Value.Customer is null)
                    await consents.Log(customer, Untold(buyer, before, merged), events, before is null);
            }
            if (!merged.Fragment) await products.Learn(merged);
            if (await orders.Save(merged, stored?.ETag)) return;
        }
    }

    private async Task<(Order Order, Recognised? Customer)> Whose(Order? before, Order order, Buyer? buyer)
    {
        if (order.Fragment || order.Erased || order.Customer is null && buyer is not { IsReachable: true })
            return (order, null);
        var (summary, counted) =
            (OrderMerging.Summary(order, shop.Settings.Currency), before is { Customer: not null, Fragment: false }
                ? OrderMerging.Summary(before, shop.Settings.Currency) : null);
        var person = buyer ?? new Buyer { SeenAt = DateTimeOffset.MinValue };
        var who = await customers.Recognise(person, order.Key, customer => customer with
        {
            Orders = Facts.Reckon(Facts.Apply(customer.Orders, summary, counted), summary, person.OrdersThere)
        }, order.Customer);
        if (who is null) return (order with { Erased = true, Customer = null, Contact = null }, null);
        return (order with
        {
            Customer = who.Customer.Id,
            Contact = order.Contact == who.Customer.Email ? null : order.Contact
        }, who);
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
                await events.Handle(Created(customer, happened.At), customer, now, false);
        }
    }

    private async Task Meet(string source, Buyer buyer)
    {
        if (!buyer.IsReachable && await Known(buyer) is null) return;
        // The first identity is the source's own id where it has one; an address would be personal data.
        var createdBy = buyer.Identities[0] is { } first && first.Kind == source ? $"{source}:customer:{first.Value}"
            : $"{source}:customer";
        if (await customers.Recognise(buyer, createdBy, customer => customer) is not { } who) return;
        var customer = who.Customer;
        // As long as this telling is the latest, killed or not, it is told again under the same id.
        if (customer.ProfileAt == buyer.SeenAt)
        {
            var isCreation = who.IsNew
                || customer.CreatedBy == createdBy && customer.CreatedAt >= time.GetUtcNow().AddMinutes(-10);
            if (isCreation) await events.Handle(Created(customer, customer.CreatedAt), customer, null, who.IsNew);
            else await events.Handle(new ShopEvent
            {
                Id = $"{customer.Id}:updated:{buyer.SeenAt.ToUnixTimeSeconds()}",
                Type = EventTypes.CustomerUpdated,
                At = buyer.SeenAt,
                Customer = customer.Id
            }, customer, null, false);
        }
        await consents.Log(customer, buyer.Consent, events);
    }

    private async Task Consent(string source, SourceEvent.ConsentChanged seen)
    {
        if (!seen.Buyer.IsReachable && await Known(seen.Buyer) is null) return;
        var consent = new Dictionary<string, ConsentRecord> { [seen.Channel] = seen.Consent };
        if (await customers.Recognise(
            seen.Buyer with { Consent = consent }, $"{source}:consent", customer => customer) is { } who)
            await consents.Log(who.Customer, consent, events);
    }

    /// <summary>Both ids are the same person from now on, also where only one of them was known.</summary>
    private async Task Unite(string source, SourceEvent.CustomersMerged merged)
    {
        Identity[] both = [merged.Kept, merged.Gone];
        if (await Known(new Buyer { Identities = both }) is { } known)
            await customers.Recognise(new Buyer { Identities = both, SeenAt = DateTimeOffset.MinValue },
                $"{source}:merge", customer => customer, known.Id);
    }

    private async Task Hear(string source, SourceEvent.Happened happened)
    {
        if (!happened.Buyer.IsReachable && await Known(happened.Buyer) is null) return;
        if (await customers.Recognise(happened.Buyer, $"{source}:{happened.Id}", customer => customer) is not { } who)
            return;
        var (key, order) = await OrderOf(source, happened, who.Customer);
        await events.Handle(new ShopEvent
        {
            Id = $"{source}:{happened.Id}",
            Type = happened.Type,
            At = happened.At,
            Customer = who.Customer.Id,
            Order = key,
            Data = happened.Data
        }, who.Customer, order, who.IsNew);
    }

    /// <summary>The order that an event of the shop's own names in <c>data.order</c>: <c>{source}:{order id}</c>, or
    /// the id alone where the order is of the same source. It may not be known yet; another customer's it is
    /// not.</summary>
    private async Task<(string? Key, Order? Order)> OrderOf(
        string source, SourceEvent.Happened happened, Customer customer)
    {
        if (happened.Data?.GetValueOrDefault(ShopEvent.OrderName) is not { ValueKind: JsonValueKind.String } named
            || named.GetString() is not { Length: > 0 } text) return default;
        var key = text.Contains(':', StringComparison.Ordinal) ? text : $"{source}:{text}";
        var order = (await orders.Find(key))?.Value;
        return order?.Customer is { } whose && whose != customer.Id && !customer.MergedFrom.Contains(whose)
            ? default
            : (key, order);
    }

    private async Task Redact(string source, SourceEvent.CustomerRedact redact)
    {
        await erasure.Finish();
        foreach (var identity in redact.Identities)
            if (await customers.FindByIdentity(identity) is { } stored
                && !IsSomebodyElse(stored.Value, redact.Identities))
                await erasure.Erase(stored.Value.Id);
        await erasure.ForgetParked(redact.Identities);
        foreach (var id in redact.OrderIds)
            await See(OrderMerging.Fragment(source, id, DateTimeOffset.MinValue) with { Erased = true }, null,
                NoEvents.Instance);
    }

    private async Task<Customer?> Known(Buyer buyer)
    {
        foreach (var identity in buyer.Identities)
            if (await customers.FindByIdentity(identity) is { } stored
                && !IsSomebodyElse(stored.Value, buyer.Identities))
                return stored.Value;
        return null;
    }

    /// <summary>An address leads to somebody whom the source knows under another id.</summary>
    private static bool IsSomebodyElse(Customer customer, IReadOnlyList<Identity> told) =>
        Recognition.AreTwo(told.Select(identity => identity.ToString()), customer.Identities, told);

    private async Task Note(string source, SourceEvent.DataRequest request)
    {
        var who = await Known(new Buyer { Identities = request.Identities });
        await requests.Note(source, request, who?.Id);
    }

    private static ShopEvent Created(Customer customer, DateTimeOffset at) =>
        new() { Id = $"{customer.Id}:created", Type = EventTypes.CustomerCreated, At = at, Customer = customer.Id };

    private static string Text(Order order) => JsonSerializer.Serialize(order, CustomerJson.Order);
}
