using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Mails;

/// <summary>
/// A mail as a customer would get it (<c>?customer=</c>), or a made-up one: subject, HTML, text, with the purpose it
/// goes with from the journey that sends it (<c>?journey=</c>, else whichever does). Its links lead to nobody's page.
/// </summary>
public sealed class PreviewMail(
    PublishedMails mails, CustomerStore customers, PublishedJourneys journeys, Situations situations, OrderStore orders,
    Settings settings, TimeProvider time)
{
    /// <param name="name">Null: <c>/api/mails</c>.</param>
    [Function(nameof(PreviewMail)), Asks("customer", "journey")]
    public async Task<Results<Ok<MailPreview>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/mails/{*name}")] HttpRequest request,
        string? name)
    {
        if (name?.EndsWith("/preview", StringComparison.Ordinal) != true
            || await mails.Find(name[..^"/preview".Length]) is not { } mail)
            return Refusal.NotFound("There is no such mail.");
        var journey = request.Query("journey");
        if (journey is not null && journeys.Latest(journey) is null) return Missing.Journey;
        if (await Who(request.Query("customer"), mail) is not { } situation) return Missing.Customer;
        var purpose = PurposeOf(mail, journey);
        try
        {
            var rendered = mail.Render(
                await situations.For(mail.Name, situation) with { ConfirmUrl = $"{settings.PublicUrl}/c/preview" },
                purpose,
                $"{settings.PublicUrl}/u/preview");
            return TypedResults.Ok(new MailPreview(purpose, rendered.Subject, rendered.Html, rendered.Text));
        }
        catch (MissingValueException missing)
        {
            return Refusal.Mistaken(missing.Message);
        }
    }

    /// <summary>
    /// As the walk decides it; where several journeys send it with different purposes the fuller mail is shown.
    /// </summary>
    private Purpose PurposeOf(MailTemplate mail, string? journey)
    {
        var sending = journeys.All
            .Where(one => journey is null ? Steps.Mails(one.Journey).Contains(mail.Name) : one.Id == journey)
            .Select(one => mail.Source.PurposeIn(one.Journey.Purpose))
            .ToList();
        return sending.Count == 0 ? mail.Source.Purpose ?? Purpose.Marketing
            : sending.Contains(Purpose.Marketing) ? Purpose.Marketing
            : Purpose.Transactional;
    }

    private async Task<Situation?> Who(string? id, MailTemplate mail)
    {
        if (id is null)
            return Sample.All(journeys.Shop, time.GetUtcNow(), order: true, mail.Placeholders)[0].Situation;
        if (!CustomerId.IsWellFormed(id) || await customers.Find(new CustomerId(id)) is not { } stored) return null;
        var situation = journeys.Situation(stored.Value, time.GetUtcNow());
        return mail.Placeholders.Any(blank => blank.Name.StartsWith("order", StringComparison.Ordinal))
            && stored.Value.Orders.Latest.MaxBy(order => order.At) is { } latest
            ? situation with { Order = (await orders.Find(latest.Key))?.Value }
            : situation;
    }
}

/// <summary>A mail as it would arrive.</summary>
public sealed record MailPreview(Purpose Purpose, string Subject, string Html, string Text);
