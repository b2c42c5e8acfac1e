using Automation.Console.Letters;
using Automation.Console.Mails;
using Automation.Functions.Console.Letters;
using Automation.Functions.Console.Lines;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Functions.Publishing;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Mails;

/// <summary>Mails: the list, one of them, the editor. Storage: mails are in memory; figures are read once and again
/// only when they changed; a save writes one file and publishes.</summary>
public sealed class MailPages(
    PublishedMails mails, PublishedLines lines, PublishedJourneys journeys, Previews previews, Reader reader,
    LetterPreviews desk, LetterFiles files)
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
        var page = request.Page<MailsPage>(new MailList(
            [.. mails.All.OrderBy(mail => mail.Name, StringComparer.Ordinal).Select(mail => Line(mail, book))],
                countedAt, wrong)
        {
            Lines = [.. lines.All.OrderBy(line => line.Name, StringComparer.Ordinal)
                    .Select(line => LinePages.Text(line, journeys, previews))],
        });
        if (wrong is not null) page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    [Function("ConsoleMail")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/mails/{*name}")] HttpRequest request,
        string name)
    {
        if (request.Query("edit") is not null) return await Edit(request, name);
        if (await mails.Find(name) is not { } mail) return Refusal.NotFound("There is no such mail.");
        var (letter, who) = (Letter.Mail(name, mail.Source.Text), request.Query("who"));
        var (hints, size) = desk.Hints(letter, await desk.Render(letter, who));
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        return request.Page<MailPage>(new MailView
        {
            Mail = Line(mail, book),
            CountedAt = countedAt,
            Hints = hints,
            Size = size,
            Look = Looks.Of(request.Query("look")),
            Who = who,
        });
    }

    /// <summary>Saves what was typed, or sends it to whoever typed it.</summary>
    [Function("ConsoleEditMail")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/mails/{*name}")] HttpRequest request,
        string name)
    {
        if (!Letter.IsMail(name)) return Refusal.NotFound("There is no such mail.");
        var draft = await LetterPreviews.Read(request);
        var letter = Letter.Mail(name, draft.Text);
        if (request.Form["do"] == "test") return Editor(
            request, name, letter, await desk.Test(request, letter, draft, null));
        var saved = await files.Save(Letter.MailFile(name), draft);
        return saved is null ? Elsewhere.To($"/console/mails/{name}", "saved") : Editor(request, name, letter, saved);
    }

    private async Task<IResult> Edit(HttpRequest request, string name)
    {
        if (!Letter.IsMail(name)) return Refusal.NotFound("There is no such mail.");
        var written = await files.Written(Letter.MailFile(name));
        var text = written ?? Letter.Beginning(request.HttpContext.Visit().Say);
        var letter = Letter.Mail(name, text);
        return Editor(
            request, name, letter,
            await desk.Open(request, letter, text, ShopFilePublisher.Version(written), null),
            isNew: written is null);
    }

    private RazorComponentResult<MailEditPage> Editor(
        HttpRequest request, string name, Letter letter, LetterDraft draft, bool isNew = false)
    {
        var purpose = letter.Variants is [var source, ..] ? previews.PurposeOf(source) : Marketing.Purpose.Marketing;
        var page = request.Page<MailEditPage>(new MailEdit(name, isNew, purpose, draft));
        if (draft.Problems.Count > 0 || draft.IsOutdated || draft.Test is not (TestEnd.None or TestEnd.Sent))
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private MailLine Line(MailTemplate mail, Book book) => new()
    {
        Name = mail.Name,
        Subject = mail.Source.Subject.Text,
        Purpose = previews.PurposeOf(mail.Source),
        Journeys = [.. journeys.All
            .Where(one => Steps.Mails(one.Journey).Contains(mail.Source.Original)).Select(one => one.Id)
            .Order(StringComparer.Ordinal)],
        Figures = new MailFigures(mail.Name, book),
    };
}
