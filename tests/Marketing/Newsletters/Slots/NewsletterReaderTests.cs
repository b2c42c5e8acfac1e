using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Newsletters.Slots;

public class NewsletterReaderTests
{
    private const string Weekly = """
        {
          "name": "お便り",
          "on": ["wednesday", "saturday"],
          "at": "10:00",
          "timeZone": "Asia/Tokyo",
          "audience": { "customer.orders.count": { "gte": 1 } },
          "late": { "sendWithin": "6 hours", "otherwise": "nextSlot" },
          "holidays": "dayBefore",
          "fallback": "fallback",
          "warnDays": [1, 7, 3]
        }
        """;

    private static (Newsletter? Newsletter, IReadOnlyList<Problem> Problems) Read(string json) =>
        NewsletterReader.Read("weekly.json", Encoding.UTF8.GetBytes(json), Names.Unchecked, ["fallback", "2026-12-02"]);

    [Fact]
    public void A_newsletter_is_read_as_written()
    {
        var newsletter = Read(Weekly).Newsletter!;
        Assert.Equal("weekly", newsletter.Id);
        Assert.Equal("お便り", newsletter.Name);
        Assert.Equal(new TimeOnly(10, 0), newsletter.At);
        Assert.Equal("Asia/Tokyo", newsletter.TimeZone);
        Assert.Equal([DayOfWeek.Wednesday, DayOfWeek.Saturday], newsletter.On);
        Assert.NotNull(newsletter.Audience);
        Assert.Equal(new LatePolicy(new Period(6, PeriodUnit.Hour), LateOtherwise.NextSlot), newsletter.Late);
        Assert.Equal(HolidayRule.DayBefore, newsletter.Holidays);
        Assert.Equal(["fallback"], newsletter.Fallbacks);
        Assert.Equal(new Period(90, PeriodUnit.Day), newsletter.FallbackAgainAfter);
        Assert.Equal([7, 3, 1], newsletter.WarnDays);
    }

    [Fact]
    public void What_is_left_out_is_skipped_when_late_sent_on_holidays_and_warned_of_three_times()
    {
        var newsletter = Read("""{ "name": "a", "on": ["monday"], "at": "00:00" }""").Newsletter!;
        Assert.Equal(new LatePolicy(null, LateOtherwise.Skip), newsletter.Late);
        Assert.Equal(HolidayRule.Send, newsletter.Holidays);
        Assert.Empty(newsletter.Fallbacks);
        Assert.Equal([7, 3, 1], newsletter.WarnDays);
    }

    [Theory]
    [InlineData("\"saturday\"", "\"saturdya\"", "3:23: unknown day \"saturdya\" (did you mean saturday?)")]
    [InlineData("\"saturday\"", "\"wednesday\"", "3:23: wednesday is here twice")]
    [InlineData("\"10:00\"", "\"24:00\"",
        "4:9: \"24:00\" is not a time of day; times read \"09:00\", \"21:30\" (did you mean 00:00?)")]
    [InlineData("Asia/Tokyo", "Asia/Tokio",
        "5:15: \"Asia/Tokio\" is not an IANA time zone; zones read \"Asia/Tokyo\" (did you mean Asia/Tokyo?)")]
    [InlineData("customer.orders.count", "customer.order.count",
        "6:17: unknown field \"customer.order.count\" (did you mean customer.orders.count?)")]
    [InlineData("customer.orders.count", "order.total", "6:17: there is no order here, so no \"order.total\"")]
    [InlineData("{ \"customer.orders.count\": { \"gte\": 1 } }", "{ \"event.type\": \"order.placed\" }",
        "6:17: nothing happened here, so there is no \"event.type\"")]
    [InlineData(
        "6 hours", "6 huors", "7:27: \"6 huors\" is not a period: unknown unit \"huors\" (did you mean 6 hours?)")]
    [InlineData("nextSlot", "nextslot", "7:51: unknown otherwise \"nextslot\" (did you mean nextSlot?)")]
    [InlineData("dayBefore", "daybefore", "8:15: unknown holidays \"daybefore\" (did you mean dayBefore?)")]
    [InlineData("\"fallback\": \"fallback\"", "\"fallback\": \"falback\"",
        "9:15: unknown issue \"falback\" (did you mean fallback?)")]
    [InlineData("\"fallback\": \"fallback\"", "\"fallback\": \"2026-12-02\"",
        "9:15: \"2026-12-02\" is the issue of a day, not one for any day (did you mean fallback?)")]
    [InlineData("\"fallback\": \"fallback\"", "\"fallback\": [\"fallback\", \"falback\"]",
        "9:28: unknown issue \"falback\" (did you mean fallback?)")]
    [InlineData(
        "\"fallback\": \"fallback\"", "\"fallback\": [\"fallback\", \"fallback\"]", "9:28: fallback is here twice")]
    [InlineData("\"fallback\": \"fallback\"", "\"fallback\": []",
        "9:15: \"fallback\" is empty: leave it out, or put something in")]
    [InlineData("\"fallback\": \"fallback\"", "\"fallbackAgainAfter\": \"30 days\"",
        "9:25: \"fallbackAgainAfter\" needs \"fallback\": which issue goes out in an empty slot (did you mean "
        + "\"fallback\": \"fallback\"?)")]
    [InlineData("[1, 7, 3]", "[1, 29]", "10:19: \"warnDays\" are whole numbers from 1 to 28")]
    [InlineData("[1, 7, 3]", "[1, 1]", "10:19: 1 is here twice")]
    [InlineData("\"warnDays\"", "\"warndays\"", "10:3: a newsletter has no \"warndays\" (did you mean warnDays?)")]
    public void Mistakes_are_refused_with_their_place_and_what_was_meant(string right, string wrong, string problem)
    {
        var (newsletter, problems) = Read(Weekly.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(newsletter);
        Assert.Equal([$"weekly.json:{problem}"], problems.Select(each => each.ToString()));
    }

    private static (IssueSource? Source, IReadOnlyList<Problem> Problems) Issue(string front, string body = "本文") =>
        IssueSource.Parse("weekly", "2026-12-02", $"---\n{front}\n---\n{body}\n");

    [Fact]
    public void An_issue_is_a_mail_with_subjects_to_choose_from()
    {
        var issue = Issue(
            "subject: あ\nsubjectB: い\nsubjectC: う\ntestShare: 30\ndecideAfter: 2 hours\ndraft: true\npreheader: "
            + "え\nfrom: 店主").Source!;
        Assert.Equal("weekly/2026-12-02", issue.Name);
        Assert.Equal(30, issue.TestShare);
        Assert.Equal(new Period(2, PeriodUnit.Hour), issue.DecideAfter);
        Assert.True(issue.Draft);
        Assert.Equal("店主", issue.Mail.From);
        Assert.Equal(["あ", "い", "う"], issue.Variants.Select(mail => mail.Subject.Text));
    }

    [Theory]
    [InlineData("subjcet: a",
        "2:1: unknown \"subjcet\"; an issue has subject, subjectB, subjectC, testShare, decideAfter, draft, "
        + "preheader, from, language, line, by (did you mean subject?)")]
    [InlineData("draft: true", "1:1: an issue needs a subject (did you mean subject: …?)")]
    [InlineData("subject: a\nsubjectC: b",
        "3:11: \"subjectC\" needs \"subjectB\": a subject to compare with (did you mean subjectB: …?)")]
    [InlineData("subject: a\nsubjectB: b\ntestShare: 0",
        "4:12: \"0\" is not a share; shares are per cent of the audience, from 1 to 100 (did you mean 20?)")]
    [InlineData("subject: a\nsubjectB: b\ndecideAfter: 4hours",
        "4:14: \"4hours\" is not a period; periods read \"3 days\", \"2 weeks\", \"12 hours\" (did you mean 4 hours?)")]
    [InlineData("subject: a\ndraft: ture", "3:8: draft is true or false, not \"ture\" (did you mean true?)")]
    public void Slips_in_the_front_matter_of_an_issue_are_refused(string front, string problem) =>
        Assert.Equal(
            [$"newsletters/weekly/2026-12-02.md:{problem}"], Issue(front).Problems.Select(each => each.ToString()));
}
