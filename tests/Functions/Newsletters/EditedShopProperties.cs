using System.Globalization;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Tests.Newsletters;

/// <summary>A series edited, moved, removed, brought back, with stops and restarts, at every state its issues can be
/// in: nobody gets an issue or a fallback twice or two issues in a week without somebody's word, and nothing waits in
/// silence.</summary>
public class EditedShopProperties
{
    private const int Weeks = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_a_series_is_edited_nobody_gets_too_much_and_nothing_is_stuck_in_silence(int seed)
    {
        var random = new Random(seed);
        using var shop = await NewsletterShop.Open("2026-11-30T09:00", readers: 6);
        shop.Issue("2026-12-09");
        shop.Issue("2026-12-16");
        await shop.Publish();
        var end = shop.Now.AddDays(7 * Weeks);
        while (shop.Now < end)
        {
            // As it often is: not long before a slot, or just after one has begun.
            var pause = random.Next(4) switch
            {
                0 => TimeSpan.FromMinutes(random.Next(1, 90)),
                1 => TimeSpan.FromHours(random.Next(1, 12)),
                _ => TimeSpan.FromHours(random.Next(12, 60))
            };
            for (var until = shop.Now + pause; shop.Now < until;)
            {
                shop.Set((shop.Now + TimeSpan.FromMinutes(30)).ToOffset(TimeSpan.FromHours(9)).ToString(
                    "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
                await shop.Tick();
                await shop.Work(random.Next(5) == 0 ? 1 : 3);
            }
            Edit(shop, random);
            if (random.Next(4) == 0) await shop.Start();
            else await shop.Publish();
        }
        Assert.NotEmpty(shop.Mails);
        shop.Write("weekly.json", NewsletterShop.Wednesdays);
        await shop.Publish();
        for (var n = 0; n < 3; n++) { await shop.Tick(); await shop.Work(); }

        foreach (var (reader, mails) in shop.Mails.GroupBy(mail => mail.To).ToDictionary(
            group => group.Key, group => group.ToList()))
        {
            Assert.Distinct(mails.Select(mail => mail.Issue));
            Assert.True(mails.Select(mail => mail.Subject).Distinct().Count() == mails.Count,
                $"{reader}: {string.Join(", ", mails)}");
            var weeks = mails
                .Select(mail => ISOWeek.GetWeekOfYear(IssueId.Parse(mail.Issue)!.Value.Date.ToDateTime(default)))
                .ToList();
            Assert.True(weeks.Distinct().Count() == weeks.Count, $"{reader}: {string.Join(", ", mails)}");
        }
        var said = await shop.Attention();
        await foreach (var issue in shop.Can.Get<IssueStore>().Of("weekly"))
        {
            Assert.NotEqual(IssueState.Sending, issue.State);
            if (issue.State == IssueState.Paused) Assert.Contains(
                said, reason => reason.StartsWith($"{issue.Id} is paused", StringComparison.Ordinal));
            else if (issue.State == IssueState.Sent) Assert.True(issue.Counts.Complete);
        }
    }

    private static void Edit(NewsletterShop shop, Random random)
    {
        string[] days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        var (day, other) = (days[random.Next(7)], days[random.Next(7)]);
        var at = $"{random.Next(24):D2}:{random.Next(4) * 15:D2}";
        switch (random.Next(8))
        {
            case 0: shop.Delete("weekly.json"); break;
            case 1: shop.Write("weekly.json", NewsletterShop.Wednesdays); break;
            case 2:
                shop.Write(
                "weekly.json", NewsletterShop.Wednesdays.Replace("10:00", at, StringComparison.Ordinal)); break;
            case 3:
                shop.Write("weekly.json", NewsletterShop.Wednesdays.Replace(
                "\"10:00\"", $"\"{at}\", \"timeZone\": \"America/New_York\"", StringComparison.Ordinal)); break;
            case 4 when day != other: break;
            case 5: shop.Write("weekly.json", "{ broken"); break;
            case 6:
                shop.Write("weekly.json", NewsletterShop.Wednesdays.Replace(
                "\"10:00\"", $"\"{at}\", \"audience\": {{ \"customer.tags\": {{ \"contains\": \"vip\" }} }}",
                StringComparison.Ordinal)); break;
            default:
                shop.Write(
                "weekly.json", NewsletterShop.Wednesdays.Replace("wednesday", day, StringComparison.Ordinal)); break;
        }
    }
}
