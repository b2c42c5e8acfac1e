using Automation.Console.Letters;
using Automation.Console.Newsletters;
using Automation.Functions.Console.Letters;
using Automation.Functions.Newsletters;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Newsletters;

/// <summary>Writing an issue or a fallback. Storage: one read of the issue's row; a save writes one file and
/// publishes.</summary>
public sealed class IssueEditPages(
    IssueService desk, PublishedNewsletters newsletters, CurrentShop shop, LetterPreviews letters, LetterFiles files)
{
    [Function("ConsoleWriteIssue")]
    public async Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/newsletters/{id}/{date}/edit")]
        HttpRequest request,
        string id, string date)
    {
        if (await desk.Locked(id, date, request.HttpContext.RequestAborted) is { } locked) return locked;
        var (draft, isNew) = await files.Open(
            ShopDraft.Issue(id, date), Letter.Beginning(request.HttpContext.Visit().Say));
        var opened = await letters.Open(
            request, Letter.Issue(id, date, draft.Text), draft, Purpose.Marketing);
        return Editor(request, id, date, opened, isNew);
    }

    /// <summary>Publishes what was typed, keeps it as a draft, or sends it to whoever typed it.</summary>
    [Function("ConsoleEditIssue")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/newsletters/{id}/{date}/edit")]
        HttpRequest request,
        string id, string date)
    {
        if (await desk.Locked(id, date, request.HttpContext.RequestAborted) is { } locked) return locked;
        var (draft, what) = (await LetterPreviews.Read(request), request.Form["do"].ToString());
        if (what == "test")
            return Editor(request, id, date,
                await letters.Test(request, Letter.Issue(id, date, draft.Text), draft, Purpose.Marketing));
        var text = IssueSource.Drafted(draft.Text, isDraft: what == "draft");
        var saved = await files.Save(ShopDraft.Issue(id, date), draft with { Text = text });
        return saved is null
            ? Elsewhere.To(
                IssueId.IsDate(date) ? IssueWords.Address(id, date) : $"/console/newsletters/{id}",
                what == "draft" ? "draft" : "saved")
            : Editor(request, id, date, saved);
    }

    private RazorComponentResult<IssueEditPage> Editor(
        HttpRequest request, string id, string date, LetterDraft draft, bool isNew = false)
    {
        var newsletter = newsletters.Find(id)!;
        var slot = IssueId.Parse($"{id}/{date}") is { } issue ? SlotRules.On(newsletter, shop.Settings, issue.Date)
            : null;
        return request.Refused<IssueEditPage>(
            new IssueEdit
            {
                Newsletter = newsletter,
                Name = date,
                Slot = slot is { Skipped: false } ? slot.At : null,
                IsNew = isNew,
                Draft = draft,
            },
            draft.IsRefused);
    }
}
