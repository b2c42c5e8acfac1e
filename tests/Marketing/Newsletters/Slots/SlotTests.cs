using System.Globalization;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters.Slots;

public class SlotTests
{
    internal static readonly ShopSettings Shop =
        new() { Name = "月凪", PostalAddress = "静岡県", Contact = new("tegami@shop.example"), TimeZone = "Asia/Tokyo" };

    internal static Newsletter Weekly(string at = "10:00", string? zone = null, params DayOfWeek[] on) =>
        new()
        {
            Id = "weekly",
            Name = "お便り",
            On = on.Length > 0 ? on : [DayOfWeek.Wednesday],
            At = TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture),
            TimeZone = zone
        };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Due(Newsletter newsletter, string after, string upTo, ShopSettings? shop = null) =>
        [.. SlotRules.Between(newsletter, shop ?? Shop, At(after), At(upTo)).Select(slot => slot.Skipped
            ? $"{slot.Id.RowKey} skipped"
            : string.Create(CultureInfo.InvariantCulture, $"{slot.Id.RowKey} at {slot.At:yyyy-MM-ddTHH:mmzzz}"))];

    [Theory]
    [InlineData("2026-12-02T23:30Z")]           // Thursday 08:30 in Tokyo, Wednesday evening in UTC: the slot is behind
    [InlineData("2026-12-03T08:00+09:00")]
    [InlineData("2026-12-03T08:01+09:00")]
    public void A_thursday_is_the_shop_s_thursday_and_its_slot_comes_once(string seen)
    {
        var thursdays = Weekly("08:00", null, DayOfWeek.Thursday);
        Assert.Equal(["2026-12-03 at 2026-12-03T08:00+09:00"], Due(thursdays, "2026-12-02T22:59Z", seen));
        Assert.Empty(Due(thursdays, seen, "2026-12-10T07:59+09:00"));
    }

    [Fact]
    public void A_minute_before_its_time_a_slot_is_not_due() =>
        Assert.Empty(Due(Weekly("08:00", null, DayOfWeek.Thursday), "2026-12-01T00:00Z", "2026-12-03T07:59+09:00"));

    [Theory]
    [InlineData("00:00", "Asia/Tokyo", "2026-12-02 at 2026-12-02T00:00+09:00")]
    [InlineData("23:59", "Asia/Tokyo", "2026-12-02 at 2026-12-02T23:59+09:00")]
    [InlineData("10:00", "Pacific/Kiritimati", "2026-12-02 at 2026-12-02T10:00+14:00")]
    [InlineData("10:00", "Pacific/Niue", "2026-12-02 at 2026-12-02T10:00-11:00")]
    [InlineData("10:00", "Nowhere/Else", "2026-12-02 at 2026-12-02T10:00+09:00")]
    public void Its_own_zone_decides_what_wednesday_is(string at, string zone, string slot) =>
        Assert.Equal([slot], Due(Weekly(at, zone), "2026-11-28T00:00Z", "2026-12-05T00:00Z"));

    [Theory]
    [InlineData("02:30", "2026-03-29 at 2026-03-29T03:30+02:00")]   // the clocks skip 02:30
    [InlineData("02:00", "2026-03-29 at 2026-03-29T03:00+02:00")]
    [InlineData("03:00", "2026-03-29 at 2026-03-29T03:00+02:00")]
    [InlineData("02:30", "2026-10-25 at 2026-10-25T02:30+02:00")]   // 02:30 comes twice: the first
    public void Clock_changes_move_a_slot_but_never_double_or_drop_it(string at, string slot)
    {
        var day = Day(slot[..10]);
        var sundays = Weekly(at, "Europe/Berlin", DayOfWeek.Sunday);
        Assert.Equal(
            [slot], Due(sundays, $"{day.AddDays(-1):yyyy-MM-dd}T00:00Z", $"{day.AddDays(2):yyyy-MM-dd}T00:00Z"));
    }

    [Fact]
    public void A_day_that_a_zone_left_out_has_no_slot() =>
        Assert.Equal(["2011-12-31 at 2011-12-31T10:00+14:00"], Due(Weekly(
            "10:00", "Pacific/Apia", DayOfWeek.Friday, DayOfWeek.Saturday), "2011-12-30T00:00Z", "2012-01-02T00:00Z"));

    [Fact]
    public void Month_ends_and_leap_days_are_days_like_any_other() =>
        Assert.Equal(
            ["2028-02-29 at 2028-02-29T10:00+09:00", "2028-03-07 at 2028-03-07T10:00+09:00"],
            Due(Weekly("10:00", null, DayOfWeek.Tuesday), "2028-02-28T00:00Z", "2028-03-08T00:00Z"));

    [Theory]
    [InlineData(HolidayRule.Send, "2026-09-23 at 2026-09-23T10:00+09:00")]
    // 21, 22 and 23 September are holidays
    [InlineData(HolidayRule.DayBefore, "2026-09-23 at 2026-09-20T10:00+09:00")]
    [InlineData(HolidayRule.DayAfter, "2026-09-23 at 2026-09-24T10:00+09:00")]
    [InlineData(HolidayRule.Skip, "2026-09-23 skipped")]
    public void A_holiday_s_slot_goes_where_the_newsletter_says(HolidayRule rule, string slot) =>
        Assert.Equal([slot], Due(Weekly() with { Holidays = rule }, "2026-09-18T00:00Z", "2026-09-26T00:00Z"));

    [Fact]
    public void The_shop_s_own_holidays_count_like_public_ones_also_over_new_year()
    {
        var shop = Shop with { Holidays = new() { Closed = [new("年末年始", new(null, 12, 29), new(null, 1, 3))] } };
        Assert.Equal(["2026-12-30 at 2027-01-04T10:00+09:00"],
            Due(Weekly() with { Holidays = HolidayRule.DayAfter }, "2026-12-28T00:00Z", "2027-01-05T00:00Z", shop));
        Assert.Equal("年末年始", shop.Holidays.Name(new(2027, 1, 1)));
        Assert.Null((shop with { Holidays = new() { Japan = false } }).Holidays.Name(new(2027, 1, 1)));
    }

    [Fact]
    // Monday and Tuesday are holidays: Monday's slot goes to Sunday, Tuesday's would have to pass it
    public void A_shifted_slot_never_meets_another_one() =>
        Assert.Equal(
            ["2026-09-21 at 2026-09-20T10:00+09:00", "2026-09-22 skipped"],
            Due(Weekly("10:00", null, DayOfWeek.Monday, DayOfWeek.Tuesday) with { Holidays = HolidayRule.DayBefore },
                "2026-09-18T00:00Z", "2026-09-23T00:00Z"));

    [Theory]
    [InlineData("2026-12-03", "2026-12-02")]
    [InlineData("2026-12-05", "2026-12-02")]
    [InlineData("2026-12-06", "2026-12-09")]
    [InlineData("2026-12-02", "2026-12-02")]
    public void A_wrong_weekday_has_a_slot_nearest_to_it(string date, string nearest) =>
        Assert.Equal(nearest, SlotRules.Nearest(Weekly(), Shop, Day(date))!.Id.RowKey);

    [Fact]
    public void A_reader_s_slots_are_those_of_newsletters_they_are_for_and_have_not_left()
    {
        var newsletters = (Newsletter[])[Weekly(), Weekly("18:00", null, DayOfWeek.Friday) with { Id = "shop" },
            Weekly("12:00", null, DayOfWeek.Monday) with
            {
                Id = "vip",
                Audience = new Condition.Test(
                    "customer.tags", Operator.Contains, System.Text.Json.JsonElement.Parse("\"vip\""))
            }];
        var now = At("2026-12-02T09:00+09:00");
        var book = newsletters.SelectMany(newsletter => PlannedMailing.Of(
            newsletter, Shop, [], now, At("2026-12-12T00:00+09:00"))).ToList();
        string[] Of(Preferences? chosen) => [.. ReaderMailings.Roughly(
            book, new()
            {
                Customer = new() { Id = new("0123456789abcdef01234567"), CreatedAt = default, Preferences = chosen },
                Shop = Shop,
                Now = now
            })
            .Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Day:MM-dd}"))];
        Assert.Equal(["12-02", "12-04", "12-09", "12-11"], Of(null));
        Assert.Equal(["12-02", "12-09"], Of(new() { Without = ["shop"] }));
        Assert.Equal(["12-02", "12-04"], Of(new() { Monthly = true }));
        Assert.Equal(["12-09", "12-11"], Of(new() { PausedUntil = At("2026-12-05T00:00+09:00") }));
    }

    [Fact]
    public void What_was_cancelled_is_no_appointment_and_what_went_by_hand_is_one()
    {
        Issue Row(string day, IssueState state, string slot, string? started = null, string? ended = null) => new()
        {
            Id = new("weekly", Day(day)),
            State = state,
            Slot = At(slot),
            StartedAt = started is null ? null : At(started),
            EndedAt = ended is null ? null : At(ended),
        };
        string[] At9(params Issue[] rows) =>
            [.. PlannedMailing.Of(Weekly(), Shop, rows, At("2026-12-10T09:00+09:00"), At("2026-12-17T00:00+09:00"))
                .Select(one => string.Create(CultureInfo.InvariantCulture,
                    $"{one.Id.RowKey} {one.Place.Day:MM-dd}{(one.IsFirstOfMonth ? " first" : "")}"))];
        // An empty slot that nobody can act on any more is none.
        Assert.Equal(["2026-12-16 12-16 first"], At9());
        Assert.Equal(["2026-12-09 12-09 first", "2026-12-16 12-16"],
            At9(Row("2026-12-02", IssueState.Cancelled, "2026-12-02T10:00+09:00"), Row("2026-12-09", IssueState.Sent,
                "2026-12-09T10:00+09:00", "2026-12-09T10:00+09:00", "2026-12-09T10:20+09:00")));
        // Stopped half way it went to some; sent by hand before its day it counts when it went.
        Assert.Equal(["2026-12-02 12-02 first", "2026-12-09 12-09", "2026-12-16 12-08"],
            At9(Row("2026-12-02", IssueState.Cancelled, "2026-12-02T10:00+09:00", "2026-12-02T10:00+09:00",
                "2026-12-02T11:00+09:00"),
                Row("2026-12-09", IssueState.Sending, "2026-12-09T10:00+09:00", "2026-12-09T10:00+09:00"),
                Row("2026-12-16", IssueState.Sent, "2026-12-08T12:00+09:00", "2026-12-08T12:00+09:00",
                    "2026-12-08T12:30+09:00")));
    }

    [Fact]
    public void An_issue_counts_on_its_date_and_keeps_the_day_on_which_it_goes()
    {
        var shop = Shop with { Holidays = new() { Closed = [new("休業", new(null, 12, 23), new(null, 12, 23))] } };
        string Place(string day, string slot, string? started = null)
        {
            var issue = new Issue
            {
                Id = new("weekly", Day(day)),
                State = IssueState.Sending,
                Slot = At(slot),
                StartedAt = started is null ? null : At(started)
            };
            var place = PlannedMailing.Of(Weekly() with { Holidays = HolidayRule.DayBefore }, shop, issue, false).Place;
            return string.Create(CultureInfo.InvariantCulture, $"{place.Day:MM-dd}, goes {place.At:MM-dd HH:mm}");
        }
        Assert.Equal(
            "12-09, goes 12-09 10:00", Place("2026-12-09", "2026-12-09T10:00+09:00", "2026-12-09T10:00:05+09:00"));
        Assert.Equal(
            "12-09, goes 12-10 01:00", Place("2026-12-09", "2026-12-09T10:00+09:00", "2026-12-10T01:00+09:00"));
        Assert.Equal("12-23, goes 12-22 10:00", Place("2026-12-23", "2026-12-22T10:00+09:00"));
        Assert.Equal("12-24, goes 12-24 15:00", Place("2026-12-24", "2026-12-24T15:00+09:00"));
        Assert.Equal("12-14, goes 12-14 15:00", Place("2026-12-16", "2026-12-14T15:00+09:00"));
        Assert.Equal("12-16, goes 12-16 09:00", Place("2026-12-16", "2026-12-16T09:00+09:00"));
    }

    public static TheoryData<string, string, string?, LateOtherwise, Ready, string> Decisions => new()
    {
        // now, send within, otherwise, what there is → what is done
        { "2026-12-02T09:59:59+09:00", "before its time", null, LateOtherwise.Skip, Ready.Issue, "wait" },
        { "2026-12-02T10:00+09:00", "at its time", null, LateOtherwise.Skip, Ready.Issue, "send" },
        { "2026-12-02T10:00+09:00", "the fallback", null, LateOtherwise.Skip, Ready.Fallback, "send" },
        { "2026-12-02T10:14:59+09:00", "a restart is not lateness", null, LateOtherwise.Skip, Ready.Issue, "send" },
        { "2026-12-02T10:15+09:00", "never late", null, LateOtherwise.Skip, Ready
            .Issue, "skip: too late by 15 minutes" },
        { "2026-12-02T10:15+09:00", "never late, to the next slot", null, LateOtherwise.NextSlot, Ready
            .Issue, "move to 2026-12-09" },
        { "2026-12-02T10:15+09:00", "a fallback is not carried on", null, LateOtherwise.NextSlot, Ready
            .Fallback, "skip: too late by 15 minutes" },
        { "2026-12-02T15:59+09:00", "within six hours", "6 hours", LateOtherwise.Skip, Ready
            .Issue, "send: late by 5 hours" },
        { "2026-12-02T16:00+09:00", "six hours are over", "6 hours", LateOtherwise.Skip, Ready
            .Issue, "skip: too late by 6 hours" },
        { "2026-12-05T10:00+09:00", "six hours are over", "6 hours", LateOtherwise.NextSlot, Ready
            .Issue, "move to 2026-12-09" },
        { "2026-12-08T10:00+09:00", "within two weeks", "2 weeks", LateOtherwise.NextSlot, Ready
            .Issue, "send: late by 6 days" },
        { "2026-12-09T10:00+09:00", "the next slot is due: never two", "2 weeks", LateOtherwise.Skip, Ready
            .Issue, "skip: too late by 7 days" },
        { "2026-12-02T10:00+09:00", "empty: there is still time", "6 hours", LateOtherwise.Skip, Ready
            .Nothing, "wait" },
        { "2026-12-02T15:00+09:00", "empty: there is still time", "6 hours", LateOtherwise.Skip, Ready
            .Nothing, "wait" },
        { "2026-12-02T16:00+09:00", "empty", "6 hours", LateOtherwise.NextSlot, Ready
            .Nothing, "skip: empty: nothing was written for it" },
    };

    [Theory, MemberData(nameof(Decisions))]
    public void A_slot_is_sent_waits_is_moved_or_skipped(
        string now, string why, string? within, LateOtherwise otherwise, Ready ready, string decided)
    {
        var newsletter = Weekly() with { Late = new(within is null ? null : Period.Parse(within), otherwise) };
        var slot = SlotRules.On(newsletter, Shop, new(2026, 12, 2))!;
        var decision = SlotRules.Decide(slot, SlotRules.Next(newsletter, Shop, slot.Id.Date), newsletter.Late, ready,
            At(now), SlotRules.Zone(newsletter, Shop));
        Assert.True(decided == InWords(decision), $"{why}: {InWords(decision)}");
    }

    [Fact]
    public void A_skipped_holiday_is_said_so_at_its_time()
    {
        var slot = SlotRules.On(Weekly() with { Holidays = HolidayRule.Skip }, Shop, new(2026, 9, 23))!;
        Assert.Equal("wait", InWords(SlotRules.Decide(
            slot, null, new(null, LateOtherwise.Skip), Ready.Issue, slot.At.AddTicks(-1), TimeZoneInfo.Utc)));
        Assert.Equal("skip: holiday: 秋分の日", InWords(SlotRules.Decide(
            slot, null, new(null, LateOtherwise.Skip), Ready.Issue, slot.At, TimeZoneInfo.Utc)));
    }

    private static string InWords(SlotDecision decision) => decision switch
    {
        SlotDecision.Send { Because: { } because } => $"send: {because}",
        SlotDecision.Send => "send",
        SlotDecision.MoveTo move => $"move to {move.Next:yyyy-MM-dd}",
        SlotDecision.Skip skip => $"skip: {skip.Because}",
        _ => "wait",
    };
}
