using Automation.Console.Letters;
using Automation.Functions.Mails;
using Automation.Marketing;
using Automation.Marketing.Mails;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Functions.Console.Letters;

/// <summary>A letter rendered for somebody; or why it cannot be.</summary>
/// <param name="Template">Of its first subject.</param>
/// <param name="Mails">One for each subject.</param>
public sealed record RenderedLetter(
    MailTemplate? Template, IReadOnlyList<RenderedMail> Mails, IReadOnlyList<Problem> Problems)
{
    /// <summary>What it lacks for this customer, in words.</summary>
    public string? Lacks { get; init; }
    public bool IsNobody { get; init; }
    public Purpose Purpose { get; init; }
}

/// <summary>What the editors of mails and issues have in common: showing, testing, hinting.</summary>
public sealed class LetterPreviews(
    Previews previews, TestMails tests, TestLimit limit, Senders writers, CurrentShop shop)
{
    /// <summary>Remembers where somebody's tests go.</summary>
    private const string TestCookie = "test-to";

    /// <summary>The letter for a customer, or a made-up one.</summary>
    /// <param name="purpose">Null: as the journeys that send it.</param>
    public async Task<RenderedLetter> Render(Letter letter, string? who, Purpose? purpose = null)
    {
        if (letter.Variants.Count == 0) return new(null, [], letter.Problems);
        List<MailTemplate> templates = [];
        foreach (var source in letter.Variants)
        {
            var (template, problems) = MailTemplate.Compile(source);
            if (template is null) return new(null, [], problems);
            templates.Add(template);
        }
        var way = purpose ?? previews.PurposeOf(letter.Variants[0]);
        if (await previews.Whom(who, templates[0]) is not { } situation)
            return new(templates[0], [], []) { IsNobody = true, Purpose = way };
        try
        {
            List<RenderedMail> mails = [];
            foreach (var template in templates) mails.Add(await previews.Render(template, situation, way));
            return new(templates[0], mails, []) { Purpose = way };
        }
        catch (MissingValueException missing)
        {
            return new(templates[0], [], []) { Lacks = missing.Message, Purpose = way };
        }
    }

    /// <summary>The document of a preview's frame.</summary>
    public async Task<PreviewAnswer> Show(
        HttpRequest request, Letter letter, string? who, string? look, Purpose? purpose)
    {
        var (say, rendered) = (request.HttpContext.Visit().Say, await Render(letter, who, purpose));
        if (rendered.Problems.Count > 0) return new(PreviewDocument.Of(say, rendered.Problems));
        if (rendered.IsNobody) return new(PreviewDocument.Nobody(say));
        if (rendered.Lacks is { } lacks) return new(PreviewDocument.NotFor(say, lacks));
        var (source, first) = (rendered.Template!.Source, rendered.Mails[0]);
        var from = writers.For(rendered.Purpose, shop.Settings, source.From);
        var inbox = new InboxLine(
            $"{from.Name} <{from.Address}>", [.. rendered.Mails.Select(one => one.Subject)], source.Preheader?.Text);
        return new(PreviewDocument.Of(Looks.Of(look), inbox, first));
    }

    /// <summary>What is to be said about it before it goes; nothing where it cannot be read.</summary>
    public (IReadOnlyList<MailHint> Hints, int? Size) Hints(Letter letter, RenderedLetter rendered)
    {
        if (letter.Variants.Count == 0) return ([], null);
        var html = rendered.Mails is [{ Html: var known }, ..] ? known : null;
        return (
            [
                .. MailLint.Of(letter.Variants[0], html ?? "", shop.Settings.Accent, shop.Settings.Brand.Card),
                .. letter.Variants.Skip(1).SelectMany(other => MailLint.Subject(other, other.Subject)),
            ],
            html is null ? null : MailLint.Size(html));
    }

    /// <summary>A file as it is opened in the editor, with what there is to say about it.</summary>
    public async Task<LetterDraft> Open(HttpRequest request, Letter letter, LetterDraft draft, Purpose? purpose)
    {
        var (hints, _) = Hints(letter, await Render(letter, null, purpose));
        return draft with { Hints = hints, TestTo = request.Cookies[TestCookie] };
    }

    /// <summary>What was posted from the editor.</summary>
    public static async Task<LetterDraft> Read(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return new()
        {
            Text = form["text"].ToString().ReplaceLineEndings("\n"),
            Version = form["version"].ToString(),
            Who = Given(form["who"]),
            TestTo = Given(form["testTo"]),
        };
    }

    /// <summary>Sends what is typed to whoever types it; the draft says what became of that.</summary>
    public async Task<LetterDraft> Test(HttpRequest request, Letter letter, LetterDraft draft, Purpose? purpose)
    {
        var (say, cancellation) = (request.HttpContext.Visit().Say, request.HttpContext.RequestAborted);
        if (TestMails.Addresses(draft.TestTo) is not { } to) return draft with { Test = TestEnd.NoAddress };
        var rendered = await Render(letter, draft.Who, purpose);
        if (rendered.Problems.Count > 0) return draft with { Test = TestEnd.Mistaken, Problems = rendered.Problems };
        if (rendered.Mails is not [var mail, ..])
            return draft with
            {
                Test = TestEnd.NotTaken,
                Because = rendered.Lacks ?? say["該当するお客様が見つかりません", "there is no such customer"],
            };
        if (!limit.Allows(to.Count)) return draft with { Test = TestEnd.TooOften };
        var result = await tests.Send(
            rendered.Template!, mail, rendered.Purpose, to, say["[テスト]", "[Test]"], cancellation);
        request.HttpContext.Response.Cookies.Append(TestCookie, string.Join(", ", to), new CookieOptions
        {
            Path = "/console",
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            MaxAge = TimeSpan.FromDays(365),
        });
        return result is DeliveryResult.Accepted
            ? draft with { Test = TestEnd.Sent, TestTo = string.Join(", ", to) }
            : draft with { Test = TestEnd.NotTaken, Because = Reason(result) };
    }

    private static string Reason(DeliveryResult result) => result switch
    {
        DeliveryResult.Refused refused => refused.Reason,
        DeliveryResult.Busy busy => busy.Reason,
        DeliveryResult.Unclear unclear => unclear.Reason,
        _ => "",
    };

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
