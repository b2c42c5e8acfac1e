using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Mails;

/// <summary>A mail as a customer would get it (<c>?customer=</c>), or a made-up one: subject, HTML, text, with the
/// purpose it goes with from the journey that sends it (<c>?journey=</c>, else whichever does). Its links lead to
/// nobody's page.</summary>
public sealed class PreviewMail(PublishedMails mails, PublishedJourneys journeys, Previews previews)
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
        var (journey, customer) = (request.Query("journey"), request.Query("customer"));
        if (journey is not null && journeys.Latest(journey) is null) return Missing.Journey;
        if (customer is not null && !CustomerId.IsWellFormed(customer)) return Missing.Customer;
        if (await previews.Whom(customer, mail) is not { } situation) return Missing.Customer;
        if (customer is not null)
            mail = await mails.Find(mail.Source.Name, situation.Customer.Language) ?? mail;
        var purpose = previews.PurposeOf(mail.Source, journey);
        try
        {
            var rendered = await previews.Render(mail, situation, purpose);
            return TypedResults.Ok(new MailPreview(purpose, rendered.Subject, rendered.Html, rendered.Text));
        }
        catch (MissingValueException missing)
        {
            return Refusal.Mistaken(missing.Message);
        }
    }
}

/// <summary>A mail as it would arrive.</summary>
public sealed record MailPreview(Purpose Purpose, string Subject, string Html, string Text);
