using Automation.Marketing.Answers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>What was published of a shop's texts.</summary>
/// <param name="Mails">The mails that may be sent.</param>
/// <param name="Lines">The LINE texts that may be sent.</param>
/// <param name="Problems">What is wrong with the files; what they say keeps its last good version.</param>
public sealed record PublishedTexts(
    IReadOnlySet<string> Mails, IReadOnlySet<string> Lines, IReadOnlyList<Problem> Problems);

/// <summary>Publishes what the shop says: mails, LINE texts, answers, and the codes that are given away in
/// them.</summary>
public sealed class TextPublisher(
    PublishedMails mails, PublishedLines lines, PublishedAnswers answers, Coupons coupons)
{
    /// <summary>What is right takes effect; what is broken keeps its last good version.</summary>
    public async Task<PublishedTexts> Publish(
        ShopContents contents, ShopSettings shop, CancellationToken cancellation)
    {
        var checkedMails = MailFiles.Check(contents, shop);
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

        var checkedAnswers = AnswerFiles.Check(contents.Answers);
        var known = new List<AnswerSource>();
        foreach (var answer in checkedAnswers)
            if ((answer.Problems.Count == 0 ? answer.Source : await answers.Find(answer.Name, cancellation)) is { } one)
                known.Add(one);
        await answers.Publish(known, cancellation);

        return new(
            templates.Select(template => template.Name).ToHashSet(),
            spoken.Select(template => template.Name).ToHashSet(),
            [.. checkedMails.SelectMany(mail => mail.Problems), .. checkedLines.SelectMany(line => line.Problems),
                .. checkedAnswers.SelectMany(answer => answer.Problems)]);
    }
}
