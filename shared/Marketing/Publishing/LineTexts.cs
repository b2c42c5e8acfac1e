using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>The LINE texts of a shop folder, rendered for the customers they may meet in each journey that sends
/// them.</summary>
internal static class LineTexts
{
    public sealed record Checked(string Name, LineTemplate? Template, IReadOnlyList<Problem> Problems);

    public static IReadOnlyList<Checked> Check(ShopContents contents, ShopSettings? shop) =>
        [.. contents.Lines.OrderBy(line => line.Key, StringComparer.Ordinal)
            .Select(line => Check(line.Key, line.Value, contents, shop))];

    private static Checked Check(string name, string file, ShopContents contents, ShopSettings? shop)
    {
        var unread = new List<Problem>();
        if (ShopFolder.Text(file, unread) is not { } text) return new(name, null, unread);
        var (source, problems) = LineSource.Parse(name, text);
        var template = (LineTemplate?)null;
        if (source?.Written.Text.Length > MailSource.Longest)
            problems = [source.Written.Problem(
                MailSource.Longest, $"a LINE text has at most {MailSource.Longest} characters")];
        else if (source is not null) (template, problems) = LineTemplate.Compile(source);
        if (template is not null && shop is not null) problems = [.. Wrong(template, shop, contents)];
        return new(name, template, [.. problems.Select(problem => problem with { File = file })]);
    }

    /// <summary>What is wrong with it in the journeys that send it; where none does yet, in one that would have what it
    /// speaks of.</summary>
    private static IEnumerable<Problem> Wrong(LineTemplate line, ShopSettings shop, ShopContents contents)
    {
        var journeys = contents.Journeys.Values.Select(file => file.Journey)
            .Where(journey => Steps.Lines(journey).Contains(line.Name)).ToList();
        var isOfIssue = IssuesWith(contents).Any(issue => issue.Line!.Text == line.Name);
        IEnumerable<Problem> wrong = isOfIssue ? Wrong(line, shop, Occasion.None, Purpose.Marketing) : [];
        return journeys.Count == 0
            ? isOfIssue ? wrong : Wrong(
                line, shop, Occasion.For(line.Placeholders, shop),
                line.Source.Written.Purpose ?? Purpose.Marketing)
            : journeys.SelectMany(journey => MailFiles
                .Occasions(contents, journey, CouponPaths.IsSure(journey, send => send.Line == line.Name))
                .SelectMany(occasion => Wrong(line, shop, occasion, journey.Purpose))).Concat(wrong).Distinct();
    }

    /// <summary>Issues that go by LINE, too.</summary>
    private static IEnumerable<IssueSource> IssuesWith(ShopContents contents) => contents.Issues
        .Select(file => ShopFolder.Text(file.Path, []) is { } text
            ? IssueSource.Parse(file.Newsletter, file.Name, text).Source : null)
        .OfType<IssueSource>().Where(issue => issue.Line is not null);

    /// <summary>What is wrong with the LINE text that an issue names; null: nothing, or it names none.</summary>
    public static Problem? Missing(IssueSource issue, ShopContents contents) =>
        issue.Line is not { } line || contents.Lines.ContainsKey(line.Text) ? null
            : issue.Mail.Problem(
                line.Offset, $"there is no LINE text \"{line.Text}\" (lines/{line.Text}.md)",
                Time.Nearest.To(line.Text, contents.Lines.Keys));

    private static IReadOnlyList<Problem> Wrong(
        LineTemplate line, ShopSettings shop, Occasion occasion, Purpose purpose) =>
        LineCheck.Check(line, shop, Sample.All(shop, DateTimeOffset.UnixEpoch.AddYears(56), occasion), purpose);
}
