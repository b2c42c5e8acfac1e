using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Orders;

/// <summary>Tells journeys that somebody is late by their own rhythm, once for each order they are late
/// after.</summary>
public sealed class LateWord(CustomerStore customers, CurrentShop shop, IShopEvents events, TimeProvider time)
{
    /// <summary>True: they are, and it was said. It is said first and then remembered: killed in between, it is said
    /// again under the same id.</summary>
    /// <param name="customer">As they were read.</param>
    /// <param name="median">The shop's median interval in days, for whoever has no rhythm yet; null: none
    /// known.</param>
    public async Task<bool> Say(Customer customer, double? median)
    {
        var now = time.GetUtcNow();
        if (customer.Test || Facts.Last(customer.Orders) is not { } last || customer.LateSaidFor >= last.At)
            return false;
        if (Facts.Lateness(customer.Orders, median, now) is not { } lateness || lateness < shop.Settings.Late.Threshold)
            return false;
        await events.Handle(new ShopEvent
        {
            Id = $"late:{customer.Id}:{last.Key}",
            Type = EventTypes.CustomerLate,
            At = now,
            Customer = customer.Id
        }, customer, null, false);
        await customers.Change(customer.Id, has => has with { LateSaidFor = last.At });
        return true;
    }
}
