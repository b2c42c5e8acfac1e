using Automation.Marketing.Mails;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What is found before an issue is published: it is rendered, with each of its subjects, for every kind of
/// customer.</summary>
public static class IssueCheck
{
    /// <summary>The issue as read (null: its front matter is wrong) and everything that is wrong;
    /// <paramref name="shop"/> null: shop.json is broken just now.</summary>
    public static (IssueSource? Source, IReadOnlyList<Problem> Problems) Check(
        string newsletter, string file, string text, ShopSettings? shop)
    {
        var (source, problems) = IssueSource.Parse(newsletter, file, text);
        if (source is null || shop is null) return (source, problems);
        return (source, [.. source.Variants.SelectMany(mail => MailCheck.Check(
            mail, shop, Sample.All(shop, DateTimeOffset.UnixEpoch.AddYears(56), Occasion.None), Purpose.Marketing))
            .Distinct()]);
    }
}
