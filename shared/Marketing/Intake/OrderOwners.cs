using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Recognises whose an order is, and counts it among theirs.</summary>
public sealed class OrderOwners(CustomerStore customers, CurrentShop shop)
{
    /// <summary>The order with its customer, and how they were recognised; null: nobody can be.</summary>
    /// <param name="before">The order as it was known; null: it was not.</param>
    public async Task<(Order Order, Recognised? Customer)> Of(Order? before, Order order, Buyer? buyer)
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
}
