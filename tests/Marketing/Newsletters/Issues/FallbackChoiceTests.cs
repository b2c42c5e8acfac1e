using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters.Issues;

public class FallbackChoiceTests
{
    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    [Theory]
    [InlineData("2026-12-09T10:00+09:00", "90 days", null)]
    [InlineData("2027-03-01T23:59+09:00", "90 days", null)]
    [InlineData("2027-03-02T00:00+09:00", "90 days", "a")]
    [InlineData("2026-12-09T10:00+09:00", "1 week", "a")]      // by days: half an hour too early is not too early
    [InlineData("2026-12-08T23:00+09:00", "1 week", null)]
    public void A_fallback_rests_from_the_day_on_which_its_last_reader_got_it(string slot, string period, string? file)
    {
        var choice = Fallbacks.Choose(
            ["a"],
            Period.Parse(period),
            [("a", At("2026-12-02T10:30+09:00")), ("a", At("2026-09-02T10:30+09:00"))],
            At(slot),
            Tokyo);
        Assert.Equal(file, choice.File);
        if (file is null)
            Assert.Equal(("a", new DateOnly(2026, 12, 2)), (choice.Spent[0].File, choice.Spent[0].WentOn));
    }

    [Fact]
    public void The_first_listed_that_did_not_go_out_lately_is_next()
    {
        var went = new List<(string, DateTimeOffset)>();
        var order = new List<string?>();
        for (var week = 0; week < 15; week++)
        {
            var slot = At("2026-12-02T10:00+09:00").AddDays(7 * week);
            order.Add(Fallbacks.Choose(["a", "b"], new(90, PeriodUnit.Day), went, slot, Tokyo).File);
            if (order[^1] is { } file) went.Add((file, slot));
        }
        Assert.Equal(["a", "b", null, null, null, null, null, null, null, null, null, null, null, "a", "b"], order);
    }

    [Theory]
    [InlineData(IssueState.Sent, true, "2026-12-02")]
    [InlineData(IssueState.Cancelled, true, "2026-12-02")]      // whoever had it by then, had it
    [InlineData(IssueState.Sending, true, "2026-12-05")]        // somebody may get it today
    [InlineData(IssueState.Paused, true, "2026-12-05")]
    [InlineData(IssueState.Sending, false, "2026-12-05")]
    [InlineData(IssueState.Paused, false, null)]                // asked again when it may go
    [InlineData(IssueState.Cancelled, false, null)]
    public void It_went_out_where_somebody_may_have_got_it(IssueState state, bool begun, string? on)
    {
        var (slot, now) = (At("2026-12-02T10:00+09:00"), At("2026-12-05T10:00+09:00"));
        var issue = new Issue
        {
            Id = new("weekly", new(2026, 12, 2)),
            State = state,
            Slot = slot,
            File = "a",
            StartedAt = begun ? slot : null,
            EndedAt = state is IssueState.Sent or IssueState.Cancelled ? slot : null
        };
        Assert.Equal(on, Fallbacks.Went([issue], now).Select(one =>
            one.At.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd", null)).SingleOrDefault());
    }
}
