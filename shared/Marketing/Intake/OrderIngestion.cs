using Automation.Marketing.Customers;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what webhooks tell: each source event goes to who keeps what it speaks of.</summary>
public sealed class OrderIngestion(
    ToldOrders orders, ToldPeople people, ToldWishes wishes, Checkouts checkouts, Misfits misfits, CurrentShop shop)
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
        SourceEvent.OrderUpserted { Order.Test: true } seen => orders.Rehearse(seen.Order, seen.Buyer),
        SourceEvent.OrderUpserted seen => orders.See(seen.Order, seen.Buyer),
        SourceEvent.RefundAdded seen => orders.See(
            OrderMerging.Fragment(source, seen.OrderId, seen.Refund.At) with { Refunds = [seen.Refund] }),
        SourceEvent.ShipmentAdded seen => orders.See(
            OrderMerging.Fragment(source, seen.OrderId, seen.Shipment.At) with
            {
                Shipments = [seen.Shipment],
                Deliveries = Arrived(seen.Shipment.Id, seen.DeliveredAt),
            }),
        SourceEvent.ShipmentDelivered seen => orders.See(
            OrderMerging.Fragment(source, seen.OrderId, seen.At) with
            {
                Deliveries = Arrived(seen.Shipment, seen.At),
            }),
        SourceEvent.OrderDeleted gone => orders.See(
            OrderMerging.Fragment(source, gone.OrderId, gone.At) with { DeletedAt = gone.At }),
        SourceEvent.CheckoutSeen seen => checkouts.See(seen.Checkout, seen.Buyer),
        SourceEvent.CheckoutDeleted gone => checkouts.Close(source, gone.Id),
        SourceEvent.CustomerUpserted seen => people.Meet(source, seen.Buyer),
        SourceEvent.ConsentChanged seen => people.Consent(source, seen),
        SourceEvent.CustomersMerged merged => people.Unite(source, merged),
        SourceEvent.Happened happened => people.Hear(source, happened),
        SourceEvent.CustomerRedact redact => wishes.Redact(source, redact),
        SourceEvent.DataRequest request => wishes.Note(source, request),
        SourceEvent.ShopRedact redact => wishes.Note(source, redact),
        // The account is gone, the person is not: their consent and orders stay until they ask to be forgotten
        // (customers/redact, erase).
        SourceEvent.CustomerDeleted or SourceEvent.Nothing => Task.CompletedTask,
        _ => throw new InvalidOperationException($"No rule for {notice.GetType().Name}."),
    };

    private static Dictionary<string, DateTimeOffset>? Arrived(string shipment, DateTimeOffset? at) =>
        at is { } moment ? new() { [shipment] = moment } : null;
}
