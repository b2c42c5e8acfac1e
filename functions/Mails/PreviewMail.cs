using Automation.Functions.Customers;
using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Segments;

namespace Automation.Functions.Mails;

/// <summary>A mail as a customer would get it (<c>?customer=</c>), or a made-up one: subject, HTML, text.</summary>
public sealed class PreviewMail(MailShelf mails, CustomerStore customers, PublishedJourneys journeys, Situations situations, Settings settings, TimeProvider time)
{
    public async Task Run(HttpContext http)
    {
        var name = (string?)http.Request.RouteValues["name"] ?? "";   // none: /api/mails
        if (!name.EndsWith("/preview", StringComparison.Ordinal) || await mails.Find(name[..^"/preview".Length]) is not { } mail) { await http.Refuse(StatusCodes.Status404NotFound, "There is no such mail."); return; }
        if (await Who(http, mail) is not { } situation) { await http.NoSuchCustomer(); return; }
        try
        {
            var rendered = mail.Render(await situations.For(mail.Name, situation) with { ConfirmUrl = $"{settings.PublicUrl}/c/preview" }, mail.Source.Purpose ?? Purpose.Marketing, $"{settings.PublicUrl}/u/preview");
            await http.Ok(json =>
            {
                json.WriteStartObject();
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

    private async Task<Situation?> Who(HttpContext http, MailTemplate mail)
    {
        if (http.Query("customer") is not { } id) return Sample.All(journeys.Shop, time.GetUtcNow(), order: true)[0].Situation;
        return CustomerId.IsWellFormed(id) && await customers.Find(new CustomerId(id)) is { } stored ? journeys.Situation(stored.Value, time.GetUtcNow()) : null;
    }
}
