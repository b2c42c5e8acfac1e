using System.Text.Json;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters.Slots;

/// <summary>A slot exists from when it was published.</summary>
public class TimetableTests
{
    private static readonly DateTimeOffset First = At("2026-11-30T09:00+09:00");
    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    private static Timetables Published(params (string Since, Newsletter Newsletter)[] versions) =>
        versions.Aggregate(
            Timetables.Unknown,
            (all, next) => all.With(Timetable.Of(next.Newsletter, SlotTests.Shop, At(next.Since)), ""));

    private static Slot On(Newsletter newsletter, Timetables published, string date, ShopSettings? shop = null) =>
        SlotRules.On(newsletter with { Published = published }, shop ?? SlotTests.Shop, DateOnly.Parse(date, null))!;

    [Theory]
    [InlineData("13:00", "2026-12-03T12:59+09:00", false)]
    [InlineData("13:00", "2026-12-03T13:00+09:00", false)]
    [InlineData("13:00", "2026-12-03T13:01+09:00", true)]
    [InlineData("14:09", "2026-12-03T14:10+09:00", true)]
    public void What_is_moved_into_the_past_has_passed_by_a_minute_or_by_hours(string at, string saved, bool passed)
    {
        var moved = SlotTests.Weekly(at, null, DayOfWeek.Thursday);
        var slot = On(moved, Published(("2026-11-30T09:00+09:00", SlotTests.Weekly()), (saved, moved)), "2026-12-03");
        Assert.Equal(passed, slot.Skipped);
        Assert.Equal(passed ? At(saved) : (DateTimeOffset?)null, slot.Passed);
    }

    [Fact]
    public void A_slot_that_stays_as_it_was_exists_on_whatever_else_is_edited()
    {
        var more = SlotTests.Weekly("10:00", null, DayOfWeek.Wednesday, DayOfWeek.Friday);
        Assert.Null(On(
            more,
            Published(("2026-11-30T09:00+09:00", SlotTests.Weekly()), ("2026-12-02T11:00+09:00", more)),
            "2026-12-02").Passed);
    }

    [Fact]
    public void A_holiday_or_a_zone_of_the_shop_moves_slots_like_the_series_itself()
    {
        var weekly = SlotTests.Weekly() with { Holidays = HolidayRule.DayBefore };
        var closed =
            SlotTests.Shop with { Holidays = new() { Closed = [new("棚卸し", new(2026, 12, 2), new(2026, 12, 2))] } };
        var published = Timetables.Unknown
            .With(Timetable.Of(weekly, SlotTests.Shop, First), "")
            .With(Timetable.Of(weekly, closed, At("2026-12-01T12:00+09:00")), "");
        Assert.Equal(At("2026-12-01T12:00+09:00"), On(weekly, published, "2026-12-02", closed).Passed);
        Assert.Null(On(weekly, published, "2026-12-09", closed).Passed);
    }

    [Fact]
    public void Where_nothing_is_known_every_slot_exists() =>
        Assert.Null(On(SlotTests.Weekly(), Timetables.Unknown, "2026-12-02").Passed);

    [Theory]
    [InlineData("2026-12-02T10:59+09:00", true)]
    [InlineData("2026-12-02T11:00+09:00", false)]
    public void For_an_hour_after_it_was_made_a_slot_is_asked_about(string now, bool asks)
    {
        var moved = SlotTests.Weekly("10:30");
        var published = Published(("2026-11-30T09:00+09:00", SlotTests.Weekly()), ("2026-12-02T10:00+09:00", moved));
        Assert.Equal(asks, published.Asks(On(moved, published, "2026-12-02"), [], At(now), Tokyo) is not null);
    }

    [Theory]
    [InlineData("2026-12-02", "2026-12-03", true)]      // the day after, in the same week
    [InlineData("2026-12-02", "2026-12-05", true)]
    [InlineData("2026-12-04", "2026-12-07", true)]      // Friday and Monday
    [InlineData("2026-12-02", "2026-12-08", false)]     // six days later, in the next
    public void One_more_so_soon_after_an_issue_is_asked_about(string went, string date, bool asks)
    {
        var (before, after) = (DateOnly.Parse(went, null), DateOnly.Parse(date, null));
        var (old, moved) = (SlotTests.Weekly("10:00", null, before.DayOfWeek), SlotTests.Weekly(
            "10:00", null, after.DayOfWeek));
        var published = Published(("2026-11-30T09:00+09:00", old), ($"{went}T12:00+09:00", moved));
        var slot = On(moved, published, date);
        Assert.Equal(asks,
            published.Asks(slot, [new(new("weekly", before), At($"{went}T10:00+09:00"))], slot.At, Tokyo) is not null);
        Assert.Null(published.Asks(slot, [], slot.At, Tokyo));
    }

    [Fact]
    public void What_a_wrong_clock_kept_counts_from_now()
    {
        var published = Published(
            ("2026-11-30T09:00+09:00", SlotTests.Weekly()), ("2027-06-01T00:00+09:00", SlotTests.Weekly("11:00")));
        var now = At("2026-12-01T09:00+09:00");
        Assert.True(published.IsAhead(now));
        Assert.Null(On(SlotTests.Weekly("11:00"), published.CutTo(now), "2026-12-02").Passed);
    }

    [Fact]
    public void Kept_and_read_they_are_the_same_to_the_letter()
    {
        var weekly = SlotTests.Weekly() with { Holidays = HolidayRule.DayBefore };
        var published = Timetables.Unknown
            .With(Timetable.Of(weekly, SlotTests.Shop, Timetable.Ever), "a")
            .With(Timetable.Of(SlotTests.Weekly("11:00"), SlotTests.Shop, First.AddTicks(7)), "b");
        var kept = JsonSerializer.Serialize(published, TimetableJson.Timetables);
        var read = JsonSerializer.Deserialize(kept, TimetableJson.Timetables)!;
        Assert.Equal(kept, JsonSerializer.Serialize(read, TimetableJson.Timetables));
        Assert.Same(read, read.With(Timetable.Of(SlotTests.Weekly("11:00"), SlotTests.Shop, First.AddDays(1)), "b"));
    }

    [Fact]
    public void Timetables_are_not_kept_for_ever()
    {
        var published = Timetables.Unknown;
        for (var n = 0; n < 500; n++) published = published.With(
            Timetable.Of(SlotTests.Weekly($"{n % 24:D2}:00"), SlotTests.Shop, First.AddMinutes(n)), "");
        Assert.InRange(published.All.Count, 1, 41);
        var later = published
            .With(Timetable.Of(SlotTests.Weekly("23:30"), SlotTests.Shop, First.AddYears(1)), "")
            .With(Timetable.Of(SlotTests.Weekly("23:40"), SlotTests.Shop, First.AddYears(2)), "");
        Assert.Equal(2, later.All.Count);
    }
}
