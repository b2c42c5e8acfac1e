using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters.Issues;

public class SlotDeskTests
{
    private static readonly Newsletter Weekly = SlotTests.Weekly();

    private static async Task<SlotMachine> Open(House house)
    {
        var machine = new SlotMachine(house);
        house.Clock.Now = At("2026-12-01T09:00+09:00");
        await machine.Write(Weekly, ("2026-12-02", "あ"));
        await machine.RunAt("2026-12-01T09:00+09:00");
        house.Storage.Reset();
        return machine;
    }

    [Fact]
    public async Task A_slot_somebody_cancelled_beforehand_passes_in_silence_and_is_warned_of_no_more()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(Weekly with { Fallbacks = ["fallback"] }, ("2026-12-02", "あ"), ("fallback", "代わり"));
        foreach (var date in (string[])["2026-12-02", "2026-12-09", "2026-12-10"])   // two Wednesdays and a Thursday
            await machine.Steering.Skip(IssueId.Parse($"weekly/{date}")!.Value, default);
        await machine.RunAt("2026-12-02T10:00+09:00");
        house.Clock.Now = At("2026-12-08T11:00+09:00");
        await machine.Warnings.Run(default);
        await machine.RunAt("2026-12-09T10:00+09:00");
        Assert.Empty(machine.Started);
        Assert.Empty(machine.Mails);
        Assert.Equal("Cancelled : by hand", await machine.Row("2026-12-02"));
        Assert.Equal("Cancelled : by hand", await machine.Row("2026-12-09"));
        Assert.Equal("none", await machine.Row("2026-12-10"));
        await machine.RunAt("2026-12-16T10:00+09:00");
        await machine.Steering.Skip(IssueId.Parse("weekly/2026-12-16")!.Value, default);   // too late: it goes out
        Assert.Equal("Sending fallback", await machine.Row("2026-12-16"));
    }

    [Fact]
    public async Task A_due_slot_pins_its_text_claims_and_starts_once()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.RunAt("2026-12-02T09:59+09:00");
        Assert.Empty(machine.Started);
        await machine.RunAt("2026-12-02T10:00+09:00");
        await machine.Write(Weekly, ("2026-12-02", "changed afterwards"));
        await machine.RunAt("2026-12-02T10:01+09:00");
        Assert.Equal("weekly/2026-12-02", Assert.Single(machine.Started).ToString());
        Assert.Equal("Sending 2026-12-02", await machine.Row("2026-12-02"));
        Assert.Equal("あ", (await new SlotMachine(house).Newsletters.Pinned(machine.Started[0]))!.Mail.Subject.Text);
    }

    [Fact]
    public async Task Killed_before_or_after_any_write_the_slot_goes_out_once_and_is_not_forgotten()
    {
        for (var write = 0; write < 3; write++)
            foreach (var after in (bool[])[false, true])
            {
                await using var house = await House.Open();
                var machine = await Open(house);
                (house.Storage.KillAtWrite, house.Storage.KillAfter) = (write, after);
                await Assert.ThrowsAsync<KilledException>(() => machine.RunAt("2026-12-02T10:00+09:00"));
                house.Storage.Reset();
                var again = new SlotMachine(house);
                await again.Write(Weekly, ("2026-12-02", "い"));
                house.Storage.Reset();
                await again.RunAt("2026-12-02T10:01+09:00");
                await again.RunAt("2026-12-02T10:02+09:00");
                IssueId[] started = [.. machine.Started, .. again.Started];
                Assert.True(started.Distinct().Count() == 1, $"write {write}, after: {after}");
                Assert.Equal("Sending 2026-12-02", await again.Row("2026-12-02"));
                Assert.Equal(
                    write == 0 && !after ? "い" : "あ",
                    (await new SlotMachine(house).Newsletters.Pinned(started[0]))!.Mail.Subject.Text);
            }
    }

    [Fact]
    public async Task Two_machines_at_the_same_moment_send_one_issue()
    {
        await using var house = await House.Open();
        var (one, other) = (await Open(house), await Open(house));
        house.Clock.Now = At("2026-12-02T10:00+09:00");
        await Task.WhenAll(one.Desk.Run(default), other.Desk.Run(default));
        Assert.Single(one.Started.Concat(other.Started).Distinct());
        Assert.Equal(1, await House.Count(house.Tables.Issues));
    }

    [Fact]
    public async Task What_a_newsletter_seen_for_the_first_time_missed_is_nobody_s_debt()
    {
        await using var house = await House.Open();
        var machine = new SlotMachine(house);
        house.Clock.Now = At("2026-12-02T10:05+09:00");
        await machine.Write(Weekly, ("2026-12-02", "あ"), ("2026-12-09", "い"));
        await machine.RunAt("2026-12-02T10:05+09:00");
        await machine.RunAt("2026-12-02T10:06+09:00");
        Assert.Equal("none", await machine.Row("2026-12-02"));
        await machine.RunAt("2026-12-09T10:00+09:00");
        Assert.Single(machine.Started);
    }

    [Fact]
    public async Task A_machine_that_was_off_sends_late_within_the_period_and_says_so()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(
            Weekly with { Late = new(Period.Parse("6 hours"), LateOtherwise.Skip) }, ("2026-12-02", "あ"));
        await machine.RunAt("2026-12-02T15:59+09:00");
        Assert.Equal("Sending 2026-12-02: late by 5 hours", await machine.Row("2026-12-02"));
        Assert.Single(machine.Started);
    }

    [Fact]
    public async Task Off_for_three_weeks_every_slot_is_accounted_for_and_only_what_may_go_goes()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(Weekly, ("2026-12-02", "あ"), ("2026-12-09", "い"), ("2026-12-16", "う"));
        await machine.RunAt("2026-12-16T10:00+09:00");
        Assert.Equal("Cancelled 2026-12-02: too late by 14 days", await machine.Row("2026-12-02"));
        Assert.Equal("Cancelled 2026-12-09: too late by 7 days", await machine.Row("2026-12-09"));
        Assert.Equal("weekly/2026-12-16", Assert.Single(machine.Started).ToString());
    }

    [Fact]
    public async Task Too_late_an_issue_takes_the_next_slot_in_place_of_the_fallback()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        var carrying = Weekly with { Late = new(null, LateOtherwise.NextSlot), Fallbacks = ["fallback"] };
        await machine.Write(carrying, ("2026-12-02", "あ"), ("fallback", "いつもの"));
        await machine.RunAt("2026-12-03T10:00+09:00");
        Assert.Equal("Cancelled 2026-12-02: too late by 24 hours: takes the next slot, 2026-12-09",
            await machine.Row("2026-12-02"));
        Assert.Empty(machine.Started);
        Assert.Equal(IssueState.Ready, (await machine.Calendar.Coming())[0].State);
        await machine.RunAt("2026-12-09T10:00+09:00");
        Assert.Equal("Sending 2026-12-02", await machine.Row("2026-12-09"));
        await machine.RunAt("2026-12-16T10:00+09:00");
        Assert.Equal("Sending fallback", await machine.Row("2026-12-16"));
    }

    [Fact]
    public async Task The_next_slot_s_own_issue_goes_before_one_that_was_too_late()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(
            Weekly with { Late = new(null, LateOtherwise.NextSlot) }, ("2026-12-02", "あ"), ("2026-12-09", "い"));
        await machine.RunAt("2026-12-03T10:00+09:00");
        await machine.RunAt("2026-12-09T10:00+09:00");
        Assert.Equal("Sending 2026-12-09", await machine.Row("2026-12-09"));
        Assert.Single(machine.Started);
    }

    [Theory]
    [InlineData("あ\ndraft: true", "fallback", "Sending fallback")]      // a draft is not sent
    [InlineData("あ\ndraft: true", null, "none")]                        // six hours are left to finish it
    public async Task A_draft_is_not_sent(string text, string? fallback, string row)
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(Weekly with
        {
            Fallbacks = fallback is null ? [] : [fallback],
            Late = new(Period.Parse("6 hours"), LateOtherwise.Skip)
        }, ("2026-12-02", text), ("fallback", "いつもの"));
        await machine.RunAt("2026-12-02T10:00+09:00");
        Assert.Equal(row, await machine.Row("2026-12-02"));
    }

    [Fact]
    public async Task An_empty_slot_waits_for_its_issue_as_long_as_there_is_time_then_is_skipped_and_said_so()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        var patient = Weekly with { Late = new(Period.Parse("6 hours"), LateOtherwise.Skip) };
        await machine.Write(patient);
        await machine.RunAt("2026-12-02T10:00+09:00");
        Assert.Equal("none", await machine.Row("2026-12-02"));
        await machine.Write(patient, ("2026-12-02", "間に合った"));
        await machine.RunAt("2026-12-02T11:30+09:00");
        Assert.Equal("Sending 2026-12-02: late by 90 minutes", await machine.Row("2026-12-02"));
        await machine.RunAt("2026-12-09T10:00+09:00");
        await machine.RunAt("2026-12-09T16:00+09:00");
        Assert.Equal("Cancelled : empty: nothing was written for it", await machine.Row("2026-12-09"));
    }

    [Fact]
    public async Task An_issue_that_was_cancelled_beforehand_does_not_go_out()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Issues.Add(new Issue
        {
            Id = IssueId.Parse("weekly/2026-12-02")!.Value,
            State = IssueState.Cancelled,
            Slot = At("2026-12-02T10:00+09:00")
        });
        await machine.RunAt("2026-12-02T10:00+09:00");
        Assert.Empty(machine.Started);
    }

    [Fact]
    public async Task An_empty_slot_is_warned_of_seven_three_and_one_day_ahead_each_once()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(Weekly, ("2026-12-02", "あ"), ("2026-12-09", "い\ndraft: true"));
        foreach (var time in (string[])["2026-12-02T09:59+09:00", "2026-12-02T10:00+09:00", "2026-12-02T10:01+09:00",
            "2026-12-06T10:00+09:00", "2026-12-06T11:00+09:00", "2026-12-08T12:00+09:00"])
        {
            house.Clock.Now = At(time);
            await machine.Warnings.Run(default);
        }
        Assert.Equal(["warning-weekly-2026-12-09-7", "warning-weekly-2026-12-09-3", "warning-weekly-2026-12-09-1"],
            machine.Mails.Select(mail => mail.Id));
        Assert.All(machine.Mails,
            mail => Assert.Equal(("tegami@shop.example", Purpose.Transactional), (mail.To, mail.Purpose)));
        Assert.Contains("12月9日(水) 10:00", machine.Mails[0].Subject, StringComparison.Ordinal);
        Assert.Contains("下書き", machine.Mails[0].Text, StringComparison.Ordinal);
        Assert.Equal(1, (await machine.Calendar.Coming()).Single(slot => slot.Slot.Id.RowKey == "2026-12-09").Warning);
    }

    [Fact]
    public async Task A_warning_the_provider_had_no_time_for_is_tried_again()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        house.Clock.Now = At("2026-12-08T10:00+09:00");
        machine.Answer = new DeliveryResult.Busy(TimeSpan.FromMinutes(1), "busy");
        await machine.Warnings.Run(default);
        await machine.Warnings.Run(default);
        Assert.Single(machine.Mails);
        machine.Answer = new DeliveryResult.Accepted(null);
        house.Clock.Now = At("2026-12-08T10:10+09:00");
        await machine.Warnings.Run(default);
        house.Clock.Now = At("2026-12-08T10:30+09:00");
        await machine.Warnings.Run(default);
        Assert.Equal(2, machine.Mails.Count);
    }

    [Fact]
    public async Task The_calendar_shows_eight_weeks_and_how_far_each_issue_is()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        await machine.Write(
            Weekly with { Holidays = HolidayRule.Skip, Fallbacks = ["fallback"] },
            ("2026-12-02", "あ"),
            ("2026-12-09", "い\ndraft: true"),
            ("2026-12-16", "う"),
            ("fallback", "いつもの"));
        await machine.RunAt("2026-12-02T10:00+09:00");
        var slots = await machine.Calendar.Coming();
        Assert.Equal(9, slots.Count);
        Assert.Equal([
            (IssueState.Sending, "2026-12-02"),
            (IssueState.Draft, "fallback"),
            (IssueState.Ready, "2026-12-16"),
            (IssueState.Empty, null)
        ], slots.Take(4).Select(slot => (slot.State, slot.File)));
        Assert.Equal([null, 7, null, null], slots.Take(4).Select(slot => slot.Warning));
    }

    [Fact]
    public async Task A_broken_file_keeps_its_last_good_version_and_one_that_is_gone_is_gone()
    {
        await using var house = await House.Open();
        var machine = await Open(house);
        var after = new SlotMachine(house);
        await after.Newsletters.Publish(
            [new("weekly", "weekly.json", """{ "name": "お便り", "on": ["wednesday"], "at": "10:00" }""", Weekly)],
            [],
            new HashSet<string> { "weekly", "weekly/2026-12-02" },
            SlotTests.Shop);
        Assert.Equal("あ", after.Newsletters.Issue(IssueId.Parse("weekly/2026-12-02")!.Value)!.Mail.Subject.Text);
        var later = new SlotMachine(house);
        await later.Newsletters.Publish([], [], new HashSet<string> { "weekly" }, SlotTests.Shop);
        Assert.Equal(["weekly"], later.Newsletters.All().Select(newsletter => newsletter.Id));
        Assert.Null(later.Newsletters.Issue(IssueId.Parse("weekly/2026-12-02")!.Value));
    }
}
