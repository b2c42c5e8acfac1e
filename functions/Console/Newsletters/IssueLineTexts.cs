using Automation.Console;
using Automation.Console.Letters;
using Automation.Console.Newsletters;
using Automation.Functions.Console.Letters;
using Automation.Marketing;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Console.Newsletters;

/// <summary>The LINE text beside an issue's mail: what there is to say about it, and its picture. Storage: one read for
/// what an issue went out with, one more for a customer.</summary>
public sealed class IssueLineTexts(
    PublishedNewsletters newsletters, IssueLines pinned, PublishedLines lines, LinePreviews pictures,
    CurrentShop shop, TimeProvider time)
{
    /// <summary>The picture of the text an issue goes or went out with.</summary>
    public async Task<PreviewAnswer> Saved(
        string newsletter, string name, string? who, Language say, CancellationToken cancellation)
    {
        var id = IssueId.Parse($"{newsletter}/{name}");
        var source = id is { } issue ? await newsletters.Pinned(issue, cancellation) : null;
        source ??= newsletters.File(newsletter, name);
        if (source?.Line is not { } line) return new(PreviewDocument.Of(None(say)));
        return await pinned.Shown(id, line.Text, cancellation) is { } template
            ? await pictures.Show(template, who, say, Purpose.Marketing)
            : new(PreviewDocument.Of(say, [Missing(source, line)]));
    }

    /// <summary>The picture of the text that a typed issue names.</summary>
    public async Task<PreviewAnswer> Typed(string newsletter, string name, LetterDraft draft, Language say)
    {
        var (source, problems) = IssueSource.Parse(newsletter, name, draft.Text);
        if (source is null) return new(PreviewDocument.Of(say, problems));
        if (source.Line is not { } line) return new(PreviewDocument.Of(None(say)));
        return await lines.Find(line.Text) is { } template
            ? await pictures.Show(template, draft.Who, say, Purpose.Marketing)
            : new(PreviewDocument.Of(say, [Missing(source, line)]));
    }

    /// <summary>What an issue's page shows of its LINE text; null: it names none.</summary>
    public async Task<IssueLineText?> Of(IssueId id, IssueSource? text, CancellationToken cancellation)
    {
        if (text?.Line?.Text is not { } name) return null;
        var template = await pinned.Shown(id, name, cancellation);
        return new(name, template?.Source.Written.Subject.Text, template is null ? [] : LineCheck.Check(
            template,
            shop.Settings,
            Sample.All(shop.Settings, time.GetUtcNow(), Occasion.None),
            Purpose.Marketing))
        {
            IsBeside = text.By == SendBy.Both,
        };
    }

    private static string None(Language say) => say[
        "この号はLINEのメッセージを送りません。先頭の --- と --- の間に line: と名前を書くと、お友だちの方にはLINEで届きます。",
        "This issue names no LINE text. With line: and its name between --- and ---, friends on LINE get that."];

    private Problem Missing(IssueSource source, Passage line) => source.Mail.Problem(
        line.Offset, $"there is no LINE text \"{line.Text}\" (lines/{line.Text}.md)",
        Nearest.To(line.Text, lines.All.Select(one => one.Name)));
}
