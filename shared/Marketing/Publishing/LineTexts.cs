using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
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
        return journeys.Count == 0
            ? Wrong(
                line, shop, Occasion.For(line.Placeholders, shop),
                line.Source.Written.Purpose ?? Purpose.Marketing)
            : journeys.SelectMany(journey => MailFiles
                .Occasions(contents, journey, CouponPaths.IsSure(journey, send => send.Line == line.Name))
                .SelectMany(occasion => Wrong(line, shop, occasion, journey.Purpose))).Distinct();
    }

    private static IReadOnlyList<Problem> Wrong(
        LineTemplate line, ShopSettings shop, Occasion occasion, Purpose purpose) =>
        LineCheck.Check(line, shop, Sample.All(shop, DateTimeOffset.UnixEpoch.AddYears(56), occasion), purpose);
}
