using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Gathers what an enrollment's conditions and mails look at: the customer as they are now, the order it began
/// with.</summary>
public sealed class Situations(
    CustomerStore customers, OrderStore orders, UsualIntervals intervals, PublishedJourneys journeys, TimeProvider time)
{
    /// <summary>Null: the customer was erased.</summary>
    public async ValueTask<Situation?> Of(Enrollment enrollment)
    {
        if (await customers.Find(enrollment.Id.Customer) is not { Value.ErasedAt: null } customer) return null;
        return journeys.Situation(customer.Value, time.GetUtcNow()).With(await intervals.Now()) with
        {
            Event = enrollment.Trigger,
            Coupon = enrollment.Coupon,
            Order = enrollment.Order
                ?? (enrollment.Trigger.Order is { } key && await orders.Find(key) is { } order ? order.Value : null),
        };
    }
}
