using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Tests.Newsletters;

/// <summary>A series is edited, moved, removed: nobody gets anything because of that, and nothing gets stuck.</summary>
public class SeriesChangeTests
{
    private static string Weekly(string on, string at, string more = "") =>
        $$"""{ "name": "お便り", "on": [{{string.Join(", ", on.Split(' ').Select(day => $"\"{day}\""))}}], "at":"""
        + $$""" "{{at}}", "late": { "sendWithin": "6 hours" }, "fallback": "fallback"{{more}} }""";

    [Theory]
    [InlineData("thursday", "13:00", "", false)]
    [InlineData("thursday", "13:00", "", true)]
    [InlineData("thursday", "14:09", "", false)]
    [InlineData("thursday", "14:09", "", true)]
    [InlineData("wednesday thursday", "14:00", "", false)]
    [InlineData("thursday", "17:00", ", \"timeZone\": \"Pacific/Auckland\"", false)]   // 13:00 in Japan
    public async Task A_slot_that_an_edit_moves_into_the_past_has_passed_also_where_the_program_was_stopped_meanwhile(
        string on, string at, string more, bool stopped)
    {
        using var shop = await NewsletterShop.Open();
        await shop.RunAt("2026-12-02T10:00");
        Assert.Equal(12, shop.Mails.Count);
        shop.Set("2026-12-03T14:10");
        shop.Write("weekly.json", Weekly(on, at, more));
        await (stopped ? shop.Start() : shop.Publish());
        await shop.RunUntil("2026-12-03T23:50");
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("none", await shop.State("2026-12-03"));
        await shop.Start();
        await shop.RunUntil("2026-12-03T23:55");
        Assert.Equal(12, shop.Mails.Count);
    }

    [Fact]
    public async Task The_calendar_says_that_a_slot_was_made_too_late_and_moved_on_again_it_is_asked_about()
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save("2026-12-02T09:30", Weekly("wednesday", "09:00"));
        await shop.RunAt("2026-12-02T09:31");
        Assert.Equal(
            "Cancelled -: passed: its slot was made after its time, at 2026-12-02 00:30 UTC",
            await shop.Line("2026-12-02"));
        await shop.Save("2026-12-02T09:40", Weekly("wednesday", "10:30"));
        Assert.Equal("Empty fallback", await shop.Line("2026-12-02"));
        await shop.RunUntil("2026-12-02T11:00");
        Assert.Empty(shop.Mails);
        Assert.Equal("Paused", await shop.State("2026-12-02"));
    }

    [Theory]
    [InlineData("wednesday", "10:30", "", "its slot was made at 2026-12-02 09:40, less than an hour before it goes")]
    [InlineData("wednesday", "10:00", ", \"audience\": { \"customer.tags\": { \"contains\": \"vip\" } }",
        "its newsletter was changed at 2026-12-02 09:40, less than an hour before it goes")]
    public async Task What_would_go_within_the_hour_after_a_change_of_its_series_waits_for_a_confirmation(
        string on, string at, string more, string because)
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save("2026-12-02T09:40", Weekly(on, at, more));
        await shop.RunUntil("2026-12-02T12:00");
        Assert.Empty(shop.Mails);
        var issue = await shop.Row("2026-12-02");
        Assert.Equal(IssueState.Paused, issue!.State);
        Assert.StartsWith($"needs a confirmation: {because}", issue.Because, StringComparison.Ordinal);
        Assert.StartsWith(
            "weekly/2026-12-02 is paused: needs a confirmation",
            Assert.Single(await shop.Attention()),
            StringComparison.Ordinal);
        Assert.Null((await shop.Confirm("2026-12-02"))!.Refusal);
        await shop.Work();
        Assert.Equal(more == "" ? 12 : 1, shop.Mails.Count);
        Assert.Equal("Sent", await shop.State("2026-12-02"));
        Assert.Empty(await shop.Attention());
        await shop.RunUntil("2026-12-09T10:00", minutes: 60);
        Assert.Equal("Sending", (await shop.Row("2026-12-09"))?.State.ToString().Replace(
            "Sent", "Sending", StringComparison.Ordinal) ?? "Sending");
    }

    [Theory]
    [InlineData(
        """{ "name": "別の名前", "about": "メモ", "on": ["wednesday"], "at": "10:00", "late": { "sendWithin": "6 hours" """
        + """}, "fallback": "fallback", "warnDays": [1] }""")]
    [InlineData(NewsletterShop.Wednesdays)]
    public async Task A_change_that_alters_nothing_of_what_goes_to_whom_holds_nothing_up(string series)
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save("2026-12-02T09:59", series);
        await shop.RunAt("2026-12-02T10:00");
        Assert.Equal(12, shop.Mails.Count);
    }

    [Theory]
    [InlineData("thursday", "2026-12-03", "2026-12-10")]
    [InlineData("wednesday friday", "2026-12-04", "2026-12-11")]
    [InlineData("sunday", "2026-12-06", "2026-12-13")]
    public async Task Nobody_gets_one_more_that_week_because_of_an_edit_unless_somebody_says_so(
        string on, string extra, string next)
    {
        using var shop =
            await NewsletterShop.Open(series: Weekly("wednesday", "10:00", ", \"fallbackAgainAfter\": \"1 day\""));
        await shop.RunAt("2026-12-02T10:00");
        await shop.Save("2026-12-02T12:00", Weekly(on, "18:00", ", \"fallbackAgainAfter\": \"1 day\""));
        await shop.RunUntil($"{extra}T19:00", minutes: 30);
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("Paused", await shop.State(extra));
        Assert.Contains(
            "it would be one more that week", Assert.Single(await shop.Attention()), StringComparison.Ordinal);
        await shop.RunUntil($"{next}T18:30", minutes: 30);
        Assert.Equal("Sent", await shop.State(next));
    }

    [Fact]
    public async Task Another_hour_of_the_same_day_sends_nothing_twice()
    {
        using var shop = await NewsletterShop.Open();
        await shop.RunAt("2026-12-02T10:00");
        await shop.Save("2026-12-02T10:30", Weekly("wednesday", "15:00"));
        await shop.RunUntil("2026-12-02T23:00", minutes: 15);
        Assert.Equal(12, shop.Mails.Count);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_series_that_is_deleted_or_renamed_while_its_issue_goes_out_does_not_stop_it(
        bool renamed, bool restarted)
    {
        using var shop = await NewsletterShop.Open();
        shop.Set("2026-12-02T10:00");
        await shop.Tick();
        await shop.Work(shards: 1);
        Assert.Equal(4, shop.Mails.Count);
        shop.Delete("weekly.json");
        if (renamed)
        {
            shop.Write("news.json", NewsletterShop.Wednesdays);
            shop.Issue("fallback", "news");
        }
        await (restarted ? shop.Start() : shop.Publish());
        await shop.RunUntil("2026-12-02T16:00", minutes: 10);
        Assert.Equal(12, shop.Mails.Select(mail => mail.To).Distinct().Count());
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("Sent", await shop.State("2026-12-02"));
    }

    [Fact]
    public async Task Whom_an_issue_is_for_is_settled_when_it_begins()
    {
        using var shop = await NewsletterShop.Open();
        shop.Set("2026-12-02T10:00");
        await shop.Tick();
        await shop.Work(shards: 1);
        await shop.Save(
            "2026-12-02T10:01",
            Weekly("wednesday", "10:00", ", \"audience\": { \"customer.tags\": { \"contains\": \"vip\" } }"));
        await shop.RunAt("2026-12-02T10:02");
        Assert.Equal(12, shop.Mails.Count);
    }

    [Fact]
    public async Task A_burst_of_a_series_that_was_removed_can_still_be_confirmed_or_cancelled()
    {
        using var shop = await NewsletterShop.Open();
        await shop.Save("2026-12-02T09:40", Weekly("wednesday", "10:30"));
        await shop.RunAt("2026-12-02T10:30");
        shop.Delete("weekly.json");
        await shop.Publish();
        Assert.NotEmpty(await shop.Attention());
        Assert.Null((await shop.Confirm("2026-12-02"))!.Refusal);
        await shop.RunAt("2026-12-02T10:40");
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("Sent", await shop.State("2026-12-02"));
    }

    [Fact]
    public async Task An_issue_whose_mail_lacks_something_halfway_is_paused_and_said_and_goes_on_once_it_is_there()
    {
        using var shop = await NewsletterShop.Open();
        shop.Settings("\"timeZone\"", "\"url\": \"https://shop.example.jp\", \"timeZone\"");
        shop.Issue("2026-12-02", body: "{{shop.url}}");
        await shop.Publish();
        shop.Set("2026-12-02T10:00");
        await shop.Tick();
        await shop.Work(shards: 1);
        shop.Settings("\"url\": \"https://shop.example.jp\", ", "");
        await shop.Publish();
        await shop.RunUntil("2026-12-02T11:00");
        Assert.Equal(4, shop.Mails.Count);
        Assert.Equal("Paused", await shop.State("2026-12-02"));
        Assert.StartsWith(
            "weekly/2026-12-02 is paused", Assert.Single(await shop.Attention()), StringComparison.Ordinal);
        shop.Settings("\"timeZone\"", "\"url\": \"https://shop.example.jp\", \"timeZone\"");
        await shop.Publish();
        await shop.Can.Get<IssueControl>().Make(
            IssueMove.Resume, IssueId.Parse("weekly/2026-12-02")!.Value, CancellationToken.None);
        await shop.Work();
        Assert.Equal(12, shop.Mails.Count);
        Assert.Equal("Sent", await shop.State("2026-12-02"));
        Assert.Empty(await shop.Attention());
    }

    [Fact]
    public async Task A_series_that_was_away_and_comes_back_owes_nothing_for_the_slots_between()
    {
        using var shop = await NewsletterShop.Open();
        shop.Set("2026-12-02T09:00");
        shop.Delete("weekly.json");
        await shop.Publish();
        await shop.RunAt("2026-12-02T10:01");
        await shop.Save("2026-12-02T11:00", NewsletterShop.Wednesdays);
        await shop.RunUntil("2026-12-02T17:00");
        Assert.Empty(shop.Mails);
        await shop.RunUntil("2026-12-09T10:30", minutes: 30);
        Assert.Equal(12, shop.Mails.Count);
    }

    [Fact]
    public async Task A_new_newsletter_goes_out_in_its_first_slot_however_soon_that_is()
    {
        using var shop = await NewsletterShop.Open("2026-12-02T09:59:50");
        await shop.RunAt("2026-12-02T10:00:30");
        Assert.Equal(12, shop.Mails.Count);
    }
}
