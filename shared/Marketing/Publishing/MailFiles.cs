using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>A mail of the shop's folder, and what is wrong with it.</summary>
/// <param name="Template">Null: it cannot be read.</param>
public sealed record CheckedMail(string Name, MailTemplate? Template, IReadOnlyList<Problem> Problems);

/// <summary>The mails of a shop's folder.</summary>
public static class MailFiles
{
    /// <summary>Every mail, rendered for the customers it may meet in each journey that sends it.</summary>
    public static IReadOnlyList<CheckedMail> Check(ShopContents contents, ShopSettings? shop)
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

    private static IEnumerable<Journey> SentBy(ShopContents contents, string mail) =>
        contents.Journeys.Values.Select(file => file.Journey).Where(journey => Steps.Mails(journey).Contains(mail));
}
