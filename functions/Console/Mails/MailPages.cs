using Automation.Console.Mails;
using Automation.Functions.Console.Letters;
using Automation.Functions.Console.Lines;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Mails;

/// <summary>All mails and LINE texts. Storage: they are in memory; figures are read once and again only when they
/// changed.</summary>
public sealed class MailPages(
    PublishedMails mails, PublishedLines lines, PublishedJourneys journeys, Previews previews, Reader reader)
{
    [Function("ConsoleMails")]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/mails")] HttpRequest request)
    {
        var wrong = (string?)null;
        if (request.Query("new") is { } name)
        {
            if (request.Query("on") == "line" && LinePages.IsLine(name))
                return Elsewhere.To($"{Automation.Console.Lines.LinePage.Address(name)}?edit=1");
            if (Letter.IsMail(name)) return Elsewhere.To($"/console/mails/{name}?edit=1");
            wrong = name;
        }
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        return request.Refused<MailsPage>(
            new MailList(
                [.. mails.All.OrderBy(mail => mail.Name, StringComparer.Ordinal)
                    .Select(mail => Line(mail, book, journeys, previews))],
                countedAt, wrong)
            {
                Lines = [.. lines.All.OrderBy(line => line.Name, StringComparer.Ordinal)
                    .Select(line => LinePages.Text(line, journeys, previews))],
            },
            wrong is not null);
    }

    internal static MailLine Line(
        MailTemplate mail, Book book, PublishedJourneys journeys, Previews previews) => new(
            mail.Source,
            previews.PurposeOf(mail.Source),
            [.. journeys.All.Where(one => Steps.Mails(one.Journey).Contains(mail.Source.Original))
                .Select(one => one.Id).Order(StringComparer.Ordinal)],
            new MailFigures(mail.Name, book));
}
