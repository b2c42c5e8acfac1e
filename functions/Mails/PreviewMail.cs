using Automation.Functions.Customers;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.Segments;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Mails;

/// <summary>
/// A mail as a customer would get it (<c>?customer=</c>), or a made-up one: subject, HTML, text, with the purpose it
/// goes with from the journey that sends it (<c>?journey=</c>, else whichever does). Its links lead to nobody's page.
/// </summary>
public sealed class PreviewMail(
    MailShelf mails, CustomerStore customers, PublishedJourneys journeys, Situations situations, OrderStore orders,
    Settings settings, TimeProvider time)
{
    [Function(nameof(PreviewMail))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/mails/{*name}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var name = (string?)http.Request.RouteValues["name"] ?? "";   // none: /api/mails
        if (!name.EndsWith("/preview", StringComparison.Ordinal) || await mails.Find(name[..^"/preview".Length]) is not { } mail) { await http.Refuse(StatusCodes.Status404NotFound, "There is no such mail."); return; }
        if (http.Query("journey") is { } id && journeys.Latest(id) is null) { await http.NoSuchJourney(); return; }
        if (await Who(http, mail) is not { } situation) { await http.NoSuchCustomer(); return; }
        var purpose = PurposeOf(mail, http.Query("journey"));
        try
        {
            var rendered = mail.Render(
                await situations.For(mail.Name, situation) with { ConfirmUrl = $"{settings.PublicUrl}/c/preview" },
                purpose,
                $"{settings.PublicUrl}/u/preview");
            await http.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("purpose", purpose.ToString().ToLowerInvariant());
                json.WriteString("subject", rendered.Subject);
                json.WriteString("html", rendered.Html);
                json.WriteString("text", rendered.Text);
                json.WriteEndObject();
            });
        }
        catch (MissingValueException missing)
        {
            await http.Refuse(StatusCodes.Status422UnprocessableEntity, missing.Message);
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

    private async Task<Situation?> Who(HttpContext http, MailTemplate mail)
    {
        if (http.Query("customer") is not { } id)
            return Sample.All(journeys.Shop, time.GetUtcNow(), order: true, mail.Blanks)[0].Situation;
        if (!CustomerId.IsWellFormed(id) || await customers.Find(new CustomerId(id)) is not { } stored) return null;
        var situation = journeys.Situation(stored.Value, time.GetUtcNow());
        return mail.Blanks.Any(blank => blank.Name.StartsWith("order", StringComparison.Ordinal))
            && stored.Value.Orders.Latest.MaxBy(order => order.At) is { } latest
            ? situation with { Order = (await orders.Find(latest.Key))?.Value }
            : situation;
    }
}
