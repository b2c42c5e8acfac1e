using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Functions.Mails;

/// <summary>Mails as a customer would get them, or a made-up one. Their links lead to nobody's page: whoever tries one
/// out stops nobody's mail and confirms nobody's consent.</summary>
public sealed class Previews(
    CustomerStore customers, PublishedJourneys journeys, MessageNeeds needs, OrderStore orders, Settings settings,
    TimeProvider time)
{
    /// <summary>The made-up customer of whom nothing but the address is known.</summary>
    public const string Bare = "bare";

    /// <summary>As the walk decides it; where several journeys send it with different purposes the fuller mail is
    /// shown.</summary>
    /// <param name="journey">Null: whichever sends it.</param>
    public Purpose PurposeOf(MailSource mail, string? journey = null) => PurposeOf(mail, journeys.All.Where(one =>
        journey is null ? Steps.Mails(one.Journey).Contains(mail.Original) : one.Id == journey));

    /// <summary>Whom it is shown for; null: there is no such customer.</summary>
    /// <param name="who">A customer's id or e-mail address; <see cref="Bare"/>; null: made up, with everything
    /// known.</param>
    public Task<Situation?> Whom(string? who, MailTemplate mail) => Whom(who, mail.Placeholders);

    /// <inheritdoc cref="Whom(string?, MailTemplate)"/>
    public async Task<Situation?> Whom(string? who, IReadOnlyList<PlaceholderUse> blanks)
    {
        if (who is null or Bare)
        {
            var made = Sample.All(
                journeys.Shop, time.GetUtcNow(), Occasion.For(blanks, journeys.Shop) with { Order = true });
            return made[who is null ? 0 : 3].Situation;
        }
        if (await Find(who) is not { } customer) return null;
        var situation = journeys.Situation(customer, time.GetUtcNow());
        return blanks.Any(blank => blank.Name.StartsWith("order", StringComparison.Ordinal))
            && customer.Orders.Latest.MaxBy(order => order.At) is { } latest
            ? situation with { Order = (await orders.Find(latest.Key))?.Value }
            : situation;
    }

    /// <exception cref="MissingValueException">A blank has no value for this customer.</exception>
    public async Task<RenderedMail> Render(MailTemplate mail, Situation situation, Purpose purpose)
    {
        var whole = await needs.For(mail, situation);
        return mail.Render(
            whole with { ConfirmUrl = $"{settings.PublicUrl}/c/preview" }, purpose, $"{settings.PublicUrl}/u/preview");
    }

    /// <exception cref="MissingValueException">A blank has no value for this customer.</exception>
    /// <exception cref="LineShapeException">LINE would not take what came out.</exception>
    public async Task<RenderedLine> Render(LineTemplate line, Situation situation, Purpose purpose) => line.Render(
        await needs.For(Identity.Line, line.Name, situation)
            with
        { LinkUrl = $"{settings.PublicUrl}/line/link/preview" },
        purpose, $"{settings.PublicUrl}/u/preview");

    /// <inheritdoc cref="PurposeOf(MailSource, string?)"/>
    public Purpose PurposeOf(LineTemplate line) => PurposeOf(
        line.Source.Written, journeys.All.Where(one => Steps.Lines(one.Journey).Contains(line.Name)));

    private static Purpose PurposeOf(MailSource text, IEnumerable<PublishedJourney> journeys)
    {
        var sending = journeys.Select(one => text.PurposeIn(one.Journey.Purpose)).ToList();
        return sending.Count == 0 ? text.Purpose ?? Purpose.Marketing
            : sending.Contains(Purpose.Marketing) ? Purpose.Marketing
            : Purpose.Transactional;
    }

    /// <summary>The customer of an id or an e-mail address; null: there is none.</summary>
    public async Task<Customer?> Find(string who)
    {
        if (CustomerId.IsWellFormed(who)) return (await customers.Find(new CustomerId(who)))?.Value;
        return EmailAddress.Normalize(who) is { } email
            ? (await customers.FindByIdentity(new Identity(Identity.Email, email)))?.Value
            : null;
    }
}
