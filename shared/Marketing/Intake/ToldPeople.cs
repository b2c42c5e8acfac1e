using System.Text.Json;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what sources tell of people: profiles, consents, that two are one, and events of the shop's
/// own.</summary>
public sealed class ToldPeople(
    CustomerStore customers, OrderStore orders, ConsentService consents, IShopEvents events, TimeProvider time)
{
    /// <summary>What a source tells of a customer.</summary>
    public async Task Meet(string source, Buyer buyer)
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

    /// <summary>What somebody agreed to, or took back.</summary>
    public async Task Consent(string source, SourceEvent.ConsentChanged seen)
    {
        if (!seen.Buyer.IsReachable && await Known(seen.Buyer) is null) return;
        var consent = new Dictionary<string, ConsentRecord> { [seen.Channel] = seen.Consent };
        if (await customers.Recognise(
            seen.Buyer with { Consent = consent }, $"{source}:consent", customer => customer) is { } who)
            await consents.Log(who.Customer, consent, events);
    }

    /// <summary>Both ids are the same person from now on, also where only one of them was known.</summary>
    public async Task Unite(string source, SourceEvent.CustomersMerged merged)
    {
        Identity[] both = [merged.Kept, merged.Gone];
        if (await Known(new Buyer { Identities = both }) is { } known)
            await customers.Recognise(new Buyer { Identities = both, SeenAt = DateTimeOffset.MinValue },
                $"{source}:merge", customer => customer, known.Id);
    }

    /// <summary>An event of the shop's own.</summary>
    public async Task Hear(string source, SourceEvent.Happened happened)
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

    /// <summary>The customer somebody is recognised as; null: nobody.</summary>
    public async Task<Customer?> Known(Buyer buyer)
    {
        foreach (var identity in buyer.Identities)
            if (await customers.FindByIdentity(identity) is { } stored
                && !IsSomebodyElse(stored.Value, buyer.Identities))
                return stored.Value;
        return null;
    }

    /// <summary>An address leads to somebody whom the source knows under another id.</summary>
    internal static bool IsSomebodyElse(Customer customer, IReadOnlyList<Identity> told) =>
        Recognition.AreTwo(told.Select(identity => identity.ToString()), customer.Identities, told);

    /// <summary>That there is a new customer.</summary>
    internal static ShopEvent Created(Customer customer, DateTimeOffset at) =>
        new() { Id = $"{customer.Id}:created", Type = EventTypes.CustomerCreated, At = at, Customer = customer.Id };
}
