using System.Text;
using Automation.Marketing.Answers;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>Makes the shop folder the shop. What is right takes effect at once; what is broken keeps its last good
/// version, and every problem is said.</summary>
public sealed class ShopPublisher(
    PublishedJourneys journeys, PublishedMails mails, PublishedLines lines, PublishedPictures pictures,
    PublishedNewsletters newsletters, PublishedAnswers answers, Coupons coupons, TimeProvider time)
{
    /// <summary>Everything that is wrong with the folder; nothing is published.</summary>
    public static IReadOnlyList<Problem> Check(string folder, DateOnly? today = null)
    {
        var contents = ShopFolder.Read(folder, today);
        return [.. contents.Problems, .. CheckMails(contents, contents.Imagined).SelectMany(mail => mail.Problems),
            .. LineTexts.Check(contents, contents.Imagined).SelectMany(line => line.Problems),
            .. AnswerFiles.Check(contents.Answers).SelectMany(answer => answer.Problems),
            .. CheckIssues(contents, contents.Imagined).SelectMany(issue => issue.Problems)];
    }

    /// <summary>Was a shop published before?</summary>
    public async Task<bool> KnowsShop(CancellationToken cancellation = default) =>
        await journeys.LastSettings(cancellation) is not null;

    /// <summary>Publishes what is right; answers what is not. Throws <see cref="InvalidDataException"/> where there are
    /// no settings to go by, now or earlier.</summary>
    public async Task<IReadOnlyList<Problem>> Publish(string folder, CancellationToken cancellation = default)
    {
        var contents = ShopFolder.Read(folder, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var settings = contents.Shop is null ? await journeys.LastSettings(cancellation)
            : await File.ReadAllTextAsync(Path.Combine(folder, "shop.json"), cancellation);
        var shop = contents.Shop
            ?? (settings is null ? null : ShopReader.Read("shop.json", Encoding.UTF8.GetBytes(settings)).Shop)
                ?? throw new InvalidDataException(
                    $"There is no shop to open in {folder}:\n{string.Join('\n', contents.Problems)}");
        shop = ShopPictures.With(shop, await pictures.Publish(contents.Pictures, cancellation));
        var checkedMails = CheckMails(contents, shop);
        var templates = new List<MailTemplate>();
        foreach (var mail in checkedMails)
            if ((mail.Problems.Count == 0 ? mail.Template : await mails.Find(mail.Name)) is { } template
                && (template.Source.Language is not { } language || MailWords.Knows(shop, language)))
                templates.Add(template);
        await mails.Publish(templates, cancellation);
        await coupons.Publish(contents.Coupons, contents.Names.Coupons ?? [], cancellation);
        var checkedLines = LineTexts.Check(contents, shop);
        var spoken = new List<LineTemplate>();
        foreach (var line in checkedLines)
            if ((line.Problems.Count == 0 ? line.Template : await lines.Find(line.Name)) is { } template)
                spoken.Add(template);
        await lines.Publish(spoken, cancellation);

        var onShelf = templates.Select(template => template.Name).ToHashSet();
        var sayable = spoken.Select(template => template.Name).ToHashSet();
        var good = contents.Journeys.Values.Where(file => Steps.Mails(file.Journey).All(onShelf.Contains)
            && Steps.Lines(file.Journey).All(sayable.Contains)).ToList();
        await journeys.Publish(
            shop, settings!, good, [.. contents.Names.Journeys!.Except(good.Select(file => file.Id))], cancellation);

        var checkedAnswers = AnswerFiles.Check(contents.Answers);
        var known = new List<AnswerSource>();
        foreach (var answer in checkedAnswers)
            if ((answer.Problems.Count == 0 ? answer.Source : await answers.Find(answer.Name, cancellation)) is { } one)
                known.Add(one);
        await answers.Publish(known, cancellation);

        var issues = CheckIssues(contents, shop);
        await newsletters.Publish([.. contents.Newsletters.Values],
            [.. issues.Where(issue => issue.Problems.Count == 0).Select(issue => issue.Source!)],
            contents.Issues.Select(issue => $"{issue.Newsletter}/{issue.Name}").Concat(
                contents.Names.Newsletters!).ToHashSet(),
            shop,
            cancellation);
        return [.. contents.Problems, .. checkedMails.SelectMany(mail => mail.Problems),
            .. checkedLines.SelectMany(line => line.Problems),
            .. checkedAnswers.SelectMany(answer => answer.Problems),
            .. issues.SelectMany(issue => issue.Problems)];
    }

    private sealed record CheckedMail(string Name, MailTemplate? Template, IReadOnlyList<Problem> Problems);

    /// <summary>Every mail, rendered for the customers it may meet in each journey that sends it.</summary>
    private static List<CheckedMail> CheckMails(ShopContents contents, ShopSettings? shop)
    {
        var found = new List<CheckedMail>();
        foreach (var (name, file) in contents.Mails.OrderBy(mail => mail.Key, StringComparer.Ordinal))
        {
            var unread = new List<Problem>();
            if (ShopFolder.Text(file, unread) is not { } text) { found.Add(new(name, null, unread)); continue; }
            var (source, problems) = MailSource.Parse(name, text);
            var template = (MailTemplate?)null;
            if (source?.Text.Length > MailSource.Longest) problems = [source.Problem(MailSource.Longest,
                $"a mail has at most {MailSource.Longest} characters")];
            else if (source is not null) (template, problems) = MailTemplate.Compile(source);
            if (template is not null && shop is not null)
                problems = [.. Translated(template.Source, contents), .. Wrong(template, shop, contents)];
            found.Add(new(name, template, [.. problems.Select(problem => problem with { File = file })]));
        }
        return found;
    }

    /// <summary>A mail in another language stands beside one in the shop's own.</summary>
    private static IEnumerable<Problem> Translated(MailSource mail, ShopContents contents)
    {
        if (mail.Name == mail.Original) yield break;
        if (!contents.Mails.TryGetValue(mail.Original, out var file))
        {
            if (!SentBy(contents, mail.Name).Any())
                yield return mail.Problem(
                    0, $"there is no mail \"{mail.Original}\" that this could be in {mail.Language}",
                    Time.Nearest.To(mail.Original, contents.Mails.Keys));
        }
        else if (ShopFolder.Text(file, []) is { } text && MailSource.Parse(mail.Original, text).Source is { } original
            && original.Purpose != mail.Purpose)
            yield return mail.Problem(
                0, "its purpose is another than in the shop's own language: one mail has one",
                original.Purpose is { } purpose ? $"purpose: {purpose.ToString().ToLowerInvariant()}" : null);
    }

    /// <summary>What is wrong with a mail in the journeys that send it; where none does yet, in one that would have
    /// what the mail speaks of.</summary>
    private static IEnumerable<Problem> Wrong(MailTemplate mail, ShopSettings shop, ShopContents contents)
    {
        var journeys = SentBy(contents, mail.Source.Original).Union(SentBy(contents, mail.Name)).ToList();
        return journeys.Count == 0
            ? Wrong(mail, shop, Occasion.For(mail, shop), mail.Source.Purpose ?? Purpose.Marketing)
            : journeys.SelectMany(journey => Occasions(contents, journey, CouponPaths.IsSure(
                    journey, Steps.Mails(journey).Contains(mail.Name) ? mail.Name : mail.Source.Original))
                .SelectMany(occasion => Wrong(mail, shop, occasion, journey.Purpose))).Distinct();
    }

    private static IReadOnlyList<Problem> Wrong(
        MailTemplate mail, ShopSettings shop, Occasion occasion, Purpose purpose) =>
        MailCheck.Check(mail, shop, Sample.All(shop, DateTimeOffset.UnixEpoch.AddYears(56), occasion), purpose);

    /// <summary>What a mail finds in a journey, by whatever may have begun it: its own trigger, or those of the
    /// journeys that start it.</summary>
    /// <param name="coupon">A code was taken on every way to it.</param>
    internal static IEnumerable<Occasion> Occasions(ShopContents contents, Journey journey, bool coupon)
    {
        var all = contents.Journeys.Values.Select(file => file.Journey).ToList();
        var (found, open) = (new HashSet<string> { journey.Id }, new Queue<Journey>([journey]));
        var events = new HashSet<string>();
        while (open.TryDequeue(out var one))
        {
            events.UnionWith((one.Trigger as Trigger.On)?.Events.All ?? [one.Trigger.FirstEvent]);
            foreach (var starter in all.Where(other => Steps.All(other.Steps).OfType<Step.Start>()
                .Any(start => start.Journey == one.Id)))
                if (found.Add(starter.Id)) open.Enqueue(starter);
        }
        return events.Order(StringComparer.Ordinal).Select(type =>
            new Occasion(type.StartsWith("order.", StringComparison.Ordinal), type, coupon));
    }

    private static List<(IssueSource? Source, IReadOnlyList<Problem> Problems)> CheckIssues(
        ShopContents contents, ShopSettings? shop)
    {
        var found = new List<(IssueSource?, IReadOnlyList<Problem>)>();
        foreach (var file in contents.Issues)
        {
            var unread = new List<Problem>();
            if (ShopFolder.Text(file.Path, unread) is not { } text) { found.Add((null, unread)); continue; }
            var (source, problems) = IssueCheck.Check(file.Newsletter, file.Name, text, shop);
            found.Add((source, [.. problems.Select(problem => problem with { File = file.Path })]));
        }
        return found;
    }

    private static IEnumerable<Journey> SentBy(ShopContents contents, string mail) =>
        contents.Journeys.Values.Select(file => file.Journey).Where(journey => Steps.Mails(journey).Contains(mail));
}
