using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;


namespace Automation.Functions.Tests.Newsletters;

/// <summary>Nobody gets one text twice because nobody wrote another.</summary>
public class FallbackTests
{
    private static string Weekly(string fallback) =>
        NewsletterShop.Wednesdays.Replace("\"fallback\": \"fallback\"", fallback, StringComparison.Ordinal);

    private static async Task Wednesdays(NewsletterShop shop, int weeks)
    {
        for (var week = 0; week < weeks; week++)
        {
            var day = new DateOnly(2026, 12, 2).AddDays(7 * week);
            await shop.RunAt($"{day:yyyy-MM-dd}T10:00");
            await shop.RunAt($"{day:yyyy-MM-dd}T16:01");
        }
    }

    private static string[] Went(NewsletterShop shop) => [.. shop.Mails.GroupBy(mail =>
        (mail.Issue, mail.Subject)).Select(issue => $"{issue.Key.Issue} {issue.Key.Subject} {issue.Count()}")];

    [Fact]
    public async Task The_same_fallback_goes_to_nobody_twice_within_ninety_days_and_slots_between_are_warned_of()
    {
        using var shop = await NewsletterShop.Open();
        await Wednesdays(shop, 15);
        Assert.Equal(["weekly/2026-12-02 fallback 12", "weekly/2027-03-03 fallback 12"], Went(shop));
        Assert.Equal(
            "empty: nothing was written for it, and fallback went out on 2026-12-02 and goes again from 2027-03-02",
            (await shop.Row("2026-12-09"))!.Because);
        Assert.Contains(
            shop.Warned, warning => warning.Contains("（fallback は12月2日に届いたばかりで、次は3月2日からです）", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_fallbacks_the_next_one_that_did_not_go_out_lately_is_taken()
    {
        using var shop = await NewsletterShop.Open(
            series: Weekly("\"fallback\": [\"fallback\", \"spare\"], \"fallbackAgainAfter\": \"4 weeks\""));
        shop.Issue("spare");
        await shop.Publish();
        await Wednesdays(shop, 6);
        Assert.Equal(
            ["weekly/2026-12-02 fallback 12", "weekly/2026-12-09 spare 12", "weekly/2026-12-30 fallback 12",
                "weekly/2027-01-06 spare 12"],
            Went(shop));
    }

    [Fact]
    public async Task The_calendar_knows_which_slot_takes_which_fallback_and_which_gets_none()
    {
        using var shop = await NewsletterShop.Open(series: Weekly("\"fallback\": [\"spare\", \"fallback\"]"));
        shop.Issue("spare");
        shop.Issue("2026-12-09");
        await shop.Publish();
        Assert.Equal(["Empty spare", "Ready 2026-12-09", "Empty fallback",
            "Empty -: spare went out on 2026-12-02 and goes again from 2027-03-02, fallback went out on 2026-12-16 "
            + "and goes again from 2027-03-16"],
            [await shop.Line("2026-12-02"), await shop.Line(
                "2026-12-09"), await shop.Line("2026-12-16"), await shop.Line("2026-12-23")]);
    }

    [Fact]
    public async Task By_hand_a_fallback_that_went_out_lately_cannot_be_sent_either()
    {
        using var shop = await NewsletterShop.Open();
        await shop.RunAt("2026-12-02T10:00");
        Assert.Contains(
            "no fallback that did not go out lately",
            (await shop.Confirm("2026-12-03"))!.Refusal,
            StringComparison.Ordinal);
        await shop.Work();
        Assert.Equal(12, shop.Mails.Count);
    }

    [Fact]
    public async Task Confirmed_after_its_fallback_went_out_in_another_slot_an_issue_does_not_begin()
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save(
            "2026-12-02T09:40", NewsletterShop.Wednesdays.Replace("10:00", "10:30", StringComparison.Ordinal));
        await shop.RunAt("2026-12-02T10:30");
        await shop.RunAt("2026-12-09T10:30");
        Assert.Equal(12, shop.Mails.Count);
        await shop.Confirm("2026-12-02");
        await shop.RunAt("2026-12-09T11:00");
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal(
            "fallback went out on 2026-12-09 and goes again from 2027-03-09", (await shop.Row("2026-12-02"))!.Because);
    }

    [Fact]
    public async Task An_issue_that_came_too_late_stands_in_the_calendar_once()
    {
        using var shop = await NewsletterShop.Open(series: NewsletterShop.Wednesdays.Replace(
            "\"6 hours\"", "\"6 hours\", \"otherwise\": \"nextSlot\"", StringComparison.Ordinal));
        shop.Issue("2026-12-02");
        await shop.Publish();
        await shop.RunAt("2026-12-04T10:00");
        Assert.Equal(
            ["Ready 2026-12-02", "Empty fallback"], [await shop.Line("2026-12-09"), await shop.Line("2026-12-16")]);
    }

    [Fact]
    public async Task A_slot_that_was_cancelled_is_not_the_next_one_and_can_be_taken_back_before_its_time()
    {
        using var shop = await NewsletterShop.Open();
        var (id, weekly) =
            (IssueId.Parse("weekly/2026-12-02")!.Value, shop.Can.Get<PublishedNewsletters>().Find("weekly")!);
        await shop.Steering.Skip(id, CancellationToken.None);
        Assert.Equal("2026-12-09", (await shop.Calendar.Next(weekly))!.Slot.Id.RowKey);
        Assert.Equal(
            (IssueState.Empty, "fallback"),
            await shop.Steering.Restore(id, CancellationToken.None) is { } issue
                ? (issue.State, issue.File) : default);
        Assert.Equal("2026-12-02", (await shop.Calendar.Next(weekly))!.Slot.Id.RowKey);
        await shop.RunAt("2026-12-02T10:00");
        Assert.Equal(12, shop.Mails.Count);
        Assert.Null(await shop.Steering.Restore(id, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_was_ahead_for_a_minute_keeps_no_newsletter_waiting_and_it_is_said(bool restarted)
    {
        using var shop = await NewsletterShop.Open();
        await shop.RunAt("2027-06-01T00:00");
        Assert.Equal("Cancelled", await shop.State("2026-12-02"));
        shop.Set("2026-11-30T09:05");
        if (restarted) await shop.Start();
        await shop.Tick();
        Assert.Contains(await shop.Attention(), said => said.StartsWith(
            "the latest slot of weekly was remembered at 2027-05-26", StringComparison.Ordinal));
        Assert.Equal("Empty fallback", await shop.Line("2026-12-02"));
        await shop.RunAt("2026-12-02T10:00");
        Assert.Equal(12, shop.Mails.Count(mail => mail.Issue == "weekly/2026-12-02"));
    }

    [Fact]
    public async Task A_clock_that_was_back_for_a_minute_changes_nothing_and_owes_nothing()
    {
        using var shop = await NewsletterShop.Open();
        await shop.RunAt("2026-12-02T10:00");
        await shop.RunAt("2026-12-09T17:00");
        await shop.RunAt("1970-01-02T10:00");
        await shop.Start();
        await shop.RunAt("1970-01-02T10:05");
        await shop.RunAt("2026-12-10T10:00");
        Assert.Equal(
            ["2026-12-02", "2026-12-09"],
            await shop.Can.Get<IssueStore>().Of("weekly").Select(issue => issue.Id.RowKey).ToListAsync());
        await shop.RunAt("2026-12-16T17:00");
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("Cancelled", await shop.State("2026-12-16"));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_by_days_lets_the_next_slot_go_all_the_same()
    {
        using var shop = await NewsletterShop.Open();
        shop.Issue("2026-12-02");
        await shop.Publish();
        await shop.RunAt("2026-12-05T10:00");
        await shop.RunAt("2026-11-30T09:05");
        await shop.RunAt("2026-12-02T10:00");
        Assert.Equal(12, shop.Mails.Count);
        await shop.RunAt("2026-12-06T10:00");
        Assert.Equal("Sent", await shop.State("2026-12-02"));
    }

    [Fact]
    public async Task Slots_that_came_between_the_wrong_clock_and_its_repair_are_acted_on_as_late()
    {
        using var shop = await NewsletterShop.Open();
        shop.Issue("2026-12-02");
        await shop.Publish();
        await shop.RunAt("2027-06-01T00:00");
        await shop.RunAt("2026-12-02T13:00");
        Assert.Equal("late by 3 hours", (await shop.Row("2026-12-02"))!.Because);
        Assert.Equal(12, shop.Mails.Count(mail => mail.Issue == "weekly/2026-12-02"));
    }

    [Fact]
    public async Task A_series_saved_while_the_clock_was_ahead_counts_from_when_the_clock_is_right()
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save(
            "2027-06-01T00:00", NewsletterShop.Wednesdays.Replace("10:00", "11:00", StringComparison.Ordinal));
        await shop.RunAt("2026-11-30T09:05");
        Assert.Contains(await shop.Attention(), said => said.StartsWith(
            "the publishing of newsletter weekly was remembered at 2027-05-31", StringComparison.Ordinal));
        await shop.RunAt("2026-12-02T11:00");
        Assert.Equal(12, shop.Mails.Count(mail => mail.Issue == "weekly/2026-12-02"));
    }
}
