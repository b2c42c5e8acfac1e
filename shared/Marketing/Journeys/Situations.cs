using Automation.Marketing.Customers;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Gathers what an enrollment's conditions and mails look at: the customer as they are now, the order it began
/// with.</summary>
public sealed class Situations(
    CustomerStore customers, OrderStore orders, Products products, Suggestions suggestions, PublishedMails mails,
    PublishedJourneys journeys, TimeProvider time)
{
    /// <summary>The shop's median is made anew once a day; it is not asked for at every step.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private sealed record Median(double? Days, DateTimeOffset ReadAt);

    private volatile Median? median;

    /// <summary>Null: the customer was erased.</summary>
    public async ValueTask<Situation?> Of(Enrollment enrollment)
    {
        if (await customers.Find(enrollment.Id.Customer) is not { Value.ErasedAt: null } customer) return null;
        return journeys.Situation(customer.Value, time.GetUtcNow()) with
        {
            Event = enrollment.Trigger,
            Coupon = enrollment.Coupon,
            Order = enrollment.Order
                ?? (enrollment.Trigger.Order is { } key && await orders.Find(key) is { } order ? order.Value : null),
            ShopInterval = await ShopInterval(),
        };
    }

    /// <summary>With suggestions, where the mail has a blank for them.</summary>
    public async ValueTask<Situation> For(string mail, Situation situation) =>
        await mails.Find(mail) is { } template ? await For(template, situation) : situation;

    /// <inheritdoc cref="For(string, Situation)"/>
    public async ValueTask<Situation> For(MailTemplate mail, Situation situation) =>
        mail.Placeholders.Any(blank => blank.Name.StartsWith("suggestion", StringComparison.Ordinal))
            ? situation with { Suggestions = await suggestions.For(situation.Customer, situation.Shop) }
            : situation;

    /// <inheritdoc cref="MailSource.PurposeIn"/>
    public async ValueTask<Purpose> PurposeOf(string mail, Purpose journey) =>
        (await mails.Find(mail))?.Source.PurposeIn(journey) ?? journey;

    private async ValueTask<double?> ShopInterval()
    {
        var now = time.GetUtcNow();
        if (median is not { } known || now - known.ReadAt > Fresh)
            median = known = new(await products.ShopInterval(), now);
        return known.Days;
    }
}
