using Automation.Console.Letters;
using Automation.Console.Mails;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Mails;

/// <summary>One mail, and its editor. Storage: mails are in memory; figures are read once and again only when they
/// changed; a save writes one file and publishes.</summary>
public sealed class OneMail(
    PublishedMails mails, PublishedJourneys journeys, Previews previews, Reader reader, LetterPreviews desk,
    LetterFiles files)
{
    [Function("ConsoleMail")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/mails/{*name}")] HttpRequest request,
        string name)
    {
        if (request.Query("edit") is not null) return await Edit(request, name);
        if (await mails.Find(name) is not { } mail) return Refusal.NotFound("There is no such mail.");
        var (letter, who) = (Letter.Mail(name, mail.Source.Text), request.Query("who"));
        var (hints, size) = desk.Hints(letter, await desk.Render(letter, who));
        var (book, _) = await reader.Read(request.HttpContext.RequestAborted);
        return request.Page<MailPage>(new MailView
        {
            Mail = MailPages.Line(mail, book, journeys, previews),
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
        var (draft, isNew) = await files.Open(
            Letter.MailFile(name), Letter.Beginning(request.HttpContext.Visit().Say));
        var letter = Letter.Mail(name, draft.Text);
        return Editor(request, name, letter, await desk.Open(request, letter, draft, null), isNew);
    }

    private RazorComponentResult<MailEditPage> Editor(
        HttpRequest request, string name, Letter letter, LetterDraft draft, bool isNew = false)
    {
        var purpose = letter.Variants is [var source, ..] ? previews.PurposeOf(source) : Marketing.Purpose.Marketing;
        return request.Refused<MailEditPage>(new MailEdit(name, isNew, purpose, draft), draft.IsRefused);
    }
}
