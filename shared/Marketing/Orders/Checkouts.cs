using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Orders;

/// <summary>Checkouts that were begun: <c>checkout.started</c> once for each, <c>checkout.abandoned</c> once for each
/// that has been quiet for as long as shop.json says and became no order. An event is said before the row that makes
/// it unrepeatable: killed in between, it is said again under the same id.</summary>
public sealed class Checkouts(
    Tables tables, CustomerStore customers, CurrentShop shop, IShopEvents events, TimeProvider time)
{
    /// <summary>What a source tells of a checkout. Without an address there is nobody to write to: it is told again
    /// once there is one.</summary>
    public async Task See(Checkout told, Buyer buyer)
    {
        var key = CheckoutRows.Key(told.Source, told.Id);
        while (true)
        {
            var stored = await Find(key);
            if (stored is { Value.End: not null } || stored?.Value.Checkout.UpdatedAt > told.UpdatedAt) return;
            if (told.CompletedAt is not null)
            {
                // Also where it was never heard of: an older telling may come behind.
                var over = new OpenCheckout
                {
                    Checkout = told with { Lines = [], Url = null },
                    Customer = stored?.Value.Customer,
                    End = CheckoutEnd.Ordered,
                };
                if (await Save(key, over, stored)) return;
                continue;
            }
            var createdBy = $"{told.Source}:checkout:{told.Id}";
            if (!buyer.IsReachable || await customers.Recognise(buyer, createdBy, one => one) is not { } who) return;
            var open = new OpenCheckout { Checkout = told, Customer = who.Customer.Id };
            if (HasOrdered(who.Customer, told)) open = open with { End = CheckoutEnd.Ordered };
            else
            {
                open = open with { DueAt = Due() };
                if (stored is null) await Begun(told, who, isFirst: who.Customer.CreatedBy == createdBy);
            }
            if (await Save(key, open, stored)) return;
        }
    }

    /// <param name="isFirst">It made the customer known.</param>
    private async Task Begun(Checkout checkout, Recognised who, bool isFirst)
    {
        var customer = who.Customer;
        await Say(EventTypes.CheckoutStarted, "started", checkout, checkout.StartedAt, customer, who.IsNew);
        if (!isFirst) return;
        var created = new ShopEvent
        {
            Id = $"{customer.Id}:created",
            Type = EventTypes.CustomerCreated,
            At = checkout.StartedAt,
            Customer = customer.Id,
        };
        await events.Handle(created, customer, null, false);
    }

    /// <summary>The source cleared it away: nothing is said of it any more.</summary>
    public async Task Close(string source, string id)
    {
        var key = CheckoutRows.Key(source, id);
        while (await Find(key) is { Value.End: null } stored)
            if (await Save(key, stored.Value with { End = CheckoutEnd.Deleted, DueAt = null }, stored)) return;
    }

    /// <summary>Says of each that has been quiet for long enough that it was abandoned; answers of how many.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var abandoned = 0;
        var now = time.GetUtcNow();
        var due = new TableQuery
        {
            PartitionKey = CheckoutRows.Partition,
            RowKeyFrom = CheckoutRows.Due,
            RowKeyBelow = string.Create(CultureInfo.InvariantCulture, $"{CheckoutRows.Due}{now.UtcTicks:D19}~"),
        };
        await foreach (var row in tables.Events.Query(due, cancellation))
        {
            if (await Look(row.RowKey)) abandoned++;
            await tables.Events.Delete(row.PartitionKey, row.RowKey, cancellation: cancellation);
        }
        return abandoned;
    }

    /// <summary>Forgets what is kept of a customer's checkouts.</summary>
    public async Task Forget(CustomerId customer)
    {
        await foreach (var row in tables.Events.Query(
            TableQuery.Prefix(CheckoutRows.Partition, CheckoutRows.Kept)))
            if (CheckoutRows.Read(row).Value.Customer == customer)
                await tables.Events.Delete(row.PartitionKey, row.RowKey);
    }

    /// <summary>Forgets all checkouts of a source.</summary>
    public async Task Forget(string source)
    {
        await foreach (var row in tables.Events.Query(
            TableQuery.Prefix(CheckoutRows.Partition, $"{CheckoutRows.Kept}{Keys.Safe(source)}|")))
            await tables.Events.Delete(row.PartitionKey, row.RowKey);
    }

    /// <summary>What is kept of a customer's checkouts.</summary>
    public async Task<IReadOnlyList<OpenCheckout>> Of(IReadOnlyCollection<CustomerId> ids)
    {
        var found = new List<OpenCheckout>();
        await foreach (var row in tables.Events.Query(
            TableQuery.Prefix(CheckoutRows.Partition, CheckoutRows.Kept)))
            if (CheckoutRows.Read(row).Value is { Customer: { } customer } open && ids.Contains(customer))
                found.Add(open);
        return found;
    }

    /// <summary>One that may be due: one that was told again since has another moment.</summary>
    private async Task<bool> Look(string dueKey)
    {
        var key = dueKey.Split('|', 3)[2];
        while (await Find(key) is { Value: { End: null, DueAt: { } due, Customer: { } id } open } stored)
        {
            if (CheckoutRows.DueKey(key, due) != dueKey) return false;
            var customer = await customers.Find(id) is { Value: { ErasedAt: null } known } ? known : null;
            var ordered = customer is null || HasOrdered(customer, open.Checkout);
            if (!ordered)
                await Say(EventTypes.CheckoutAbandoned, "abandoned", open.Checkout, due, customer!, isNew: false);
            var end = ordered ? CheckoutEnd.Ordered : CheckoutEnd.Abandoned;
            if (await Save(key, open with { End = end, DueAt = null }, stored)) return !ordered;
        }
        return false;
    }

    /// <summary>Any order since, at the till too: whoever has just bought is not asked to come back.</summary>
    private static bool HasOrdered(Customer customer, Checkout checkout) =>
        customer.Orders.Latest.Any(order => order.At >= checkout.StartedAt);

    private DateTimeOffset Due() =>
        shop.Settings.AbandonedAfter.After(time.GetUtcNow(), Zones.Of(null, shop.Settings.TimeZone));

    private Task Say(
        string type, string what, Checkout checkout, DateTimeOffset at, Customer customer, bool isNew) =>
        events.Handle(
            new ShopEvent
            {
                Id = $"{checkout.Source}:checkout:{checkout.Id}:{what}",
                Type = type,
                At = at,
                Customer = customer.Id,
                Data = Data(checkout),
            },
            customer, null, isNew);

    /// <summary>What conditions and mails may ask for.</summary>
    private static Dictionary<string, JsonElement> Data(Checkout checkout)
    {
        var data = new Dictionary<string, JsonElement>
        {
            ["products"] = Written(checkout.Lines.Select(line => line.ProductId).OfType<string>().Distinct()
                .Select(id => $"{checkout.Source}:{id}").ToArray()),
            ["titles"] = Written(checkout.Lines.Select(line => Wording.Title(line.Title)).OfType<string>().Distinct()
                .ToArray()),
            ["quantity"] = Written(checkout.Lines.Sum(line => line.Quantity)),
        };
        if (Wording.Web(checkout.Url) is { } url) data["url"] = Written(url);
        if (checkout.Total is { } total) data["total"] = Written(total);
        if (checkout.Currency is { } currency) data["currency"] = Written(currency);
        return data;
    }

    private static JsonElement Written<T>(T value) => JsonSerializer.SerializeToElement(value, RowJson.Options.Of<T>());

    private async Task<Stored<OpenCheckout>?> Find(string key) =>
        await tables.Events.Find(CheckoutRows.Partition, CheckoutRows.Kept + key) is { } row
            ? CheckoutRows.Read(row)
            : null;

    /// <summary>With the row that says when to look, in one transaction; false where somebody else wrote in
    /// between.</summary>
    private async Task<bool> Save(string key, OpenCheckout checkout, Stored<OpenCheckout>? over)
    {
        var row = CheckoutRows.Of(key, checkout, time.GetUtcNow());
        List<RowAction> actions = [over is { ETag: var etag }
            ? new(RowActionKind.UpdateReplace, row, etag)
            : new(RowActionKind.Add, row)];
        if (checkout.DueAt is { } due)
            actions.Add(new(RowActionKind.UpsertReplace,
                new(CheckoutRows.Partition, CheckoutRows.DueKey(key, due)) { { "At", due } }));
        return (await tables.Events.Submit(actions)).Done;
    }
}
