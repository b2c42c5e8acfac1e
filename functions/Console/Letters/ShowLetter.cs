using Automation.Console.Letters;
using Automation.Functions.Console.Newsletters;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Letters;

/// <summary>Previews, for frames: of what is saved (GET) and of what is typed (POST, which changes nothing and leaves
/// no row in the audit). Storage: one read for a customer, one for suggestions; nothing for made-up
/// customers.</summary>
public sealed class ShowLetter(
    LetterPreviews desk, PublishedMails mails, PublishedNewsletters newsletters, IssueLineTexts lines,
    Previews previews)
{
    [Function("ConsolePreviewMail")]
    public async Task<IResult> Mail(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview/mail/{*name}")] HttpRequest request,
        string name) =>
        await mails.Find(name) is { } mail ? await Saved(request, Letter.Mail(name, mail.Source.Text), null)
            : Nothing(request);

    /// <summary>As typed.</summary>
    [Function("ConsolePreviewTypedMail"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<IResult> TypedMail(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/preview/mail/{*name}")] HttpRequest request,
        string name) =>
        await Typed(request, text => Letter.Mail(name, text), null);

    [Function("ConsolePreviewIssue")]
    public async Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview/issue/{newsletter}/{name}")]
        HttpRequest request,
        string newsletter, string name)
    {
        // What an issue went out with; before that its file.
        var source = IssueId.Parse($"{newsletter}/{name}") is { } id
            ? await newsletters.Pinned(id, request.HttpContext.RequestAborted) : null;
        source ??= newsletters.File(newsletter, name);
        return source is null
            ? Nothing(request)
            : await Saved(request, Letter.Issue(newsletter, name, source.Text), Purpose.Marketing);
    }

    /// <summary>The LINE text it goes or went out with.</summary>
    [Function("ConsolePreviewIssueLine")]
    public Task<PreviewAnswer> IssueLine(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview/issue-line/{newsletter}/{name}")]
        HttpRequest request,
        string newsletter, string name) =>
        lines.Saved(
            newsletter, name, request.Query("who"), request.HttpContext.Visit().Say,
            request.HttpContext.RequestAborted);

    /// <summary>As typed, or the LINE text that what is typed names.</summary>
    [Function("ConsolePreviewTypedIssue"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<IResult> TypedIssue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/preview/issue/{newsletter}/{name}")]
        HttpRequest request,
        string newsletter, string name) =>
        (await request.ReadFormAsync(request.HttpContext.RequestAborted))["look"] == Looks.Line
            ? await lines.Typed(
                newsletter, name, await LetterPreviews.Read(request), request.HttpContext.Visit().Say)
            : await Typed(request, text => Letter.Issue(newsletter, name, text), Purpose.Marketing);

    /// <summary>Finds whom a preview is to be shown for, and goes back to its page with their id.</summary>
    [Function("ConsolePreviewFor"), Needs(Role.Viewer)]
    public async Task<Elsewhere> For(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/preview-for")] HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var (page, who) = (form["page"].ToString(), form["who"].ToString().Trim());
        if (who.Length == 0) return Elsewhere.Back(page);
        return Elsewhere.Back(
            await previews.Find(who) is { } found ? $"{page}?who={found.Id.Value}" : $"{page}?done=nobody");
    }

    private static PreviewAnswer Nothing(HttpRequest request) =>
        new(PreviewDocument.NotYet(request.HttpContext.Visit().Say));

    private Task<PreviewAnswer> Saved(HttpRequest request, Letter letter, Purpose? purpose) =>
        desk.Show(request, letter, request.Query("who"), request.Query("look"), purpose);

    private async Task<PreviewAnswer> Typed(HttpRequest request, Func<string, Letter> read, Purpose? purpose)
    {
        var draft = await LetterPreviews.Read(request);
        return await desk.Show(request, read(draft.Text), draft.Who, request.Form["look"], purpose);
    }
}
