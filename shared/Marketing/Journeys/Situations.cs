using Automation.Marketing.Customers;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Gathers what an enrollment's conditions and mails look at: the customer as they are now, the order it began
/// with.</summary>
public sealed class Situations(
    CustomerStore customers, OrderStore orders, UsualIntervals intervals, Suggestions suggestions, PublishedMails mails,
    PublishedLines lines, PublishedJourneys journeys, TimeProvider time)
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

    /// <summary>With suggestions, where the mail has a blank for them.</summary>
    public async ValueTask<Situation> For(string channel, string name, Situation situation) =>
        channel == Identity.Line
            ? await lines.Find(name) is { } line ? await For(line.Placeholders, situation) : situation
            : await mails.Find(name, situation.Customer.Language) is { } mail ? await For(mail, situation) : situation;

    /// <inheritdoc cref="For(string, string, Situation)"/>
    public ValueTask<Situation> For(MailTemplate mail, Situation situation) => For(mail.Placeholders, situation);

    private async ValueTask<Situation> For(IReadOnlyList<PlaceholderUse> blanks, Situation situation) =>
        blanks.Any(blank => blank.Name.StartsWith("suggestion", StringComparison.Ordinal))
            ? situation with { Suggestions = await suggestions.For(situation.Customer, situation.Shop) }
            : situation;

    /// <inheritdoc cref="MailSource.PurposeIn"/>
    public async ValueTask<Purpose> PurposeOf(string channel, string name, Purpose journey) =>
        (channel == Identity.Line ? (await lines.Find(name))?.Source.Written : (await mails.Find(name))?.Source)
            ?.PurposeIn(journey) ?? journey;
}
