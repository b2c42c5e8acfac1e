using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Newsletters.Issues;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Segments;
using Automation.Marketing.Tests.Sending;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

public class ComingIssueTests
{
    /// <summary>Wednesday 10:00 in Japan; it is Sunday evening.</summary>
    private static readonly DateTimeOffset Slot = new(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<Customer, Customer>> Readers = new()
    {
        ["as they are"] = customer => customer,
        ["never asked"] = customer => customer with { Consent = new Dictionary<string, ConsentRecord>() },
        ["has unsubscribed"] = customer => customer with
        {
            Consent = new Dictionary<string,
                ConsentRecord>
            { ["email"] = new(ConsentState.Withdrawn, Fixtures.Now, "one-click") }
        },
        ["address bounced"] =
            customer => customer with { Suppressed = new Dictionary<string, string> { ["email"] = "bounced" } },
        ["pauses"] = customer => customer with { Preferences = new() { PausedUntil = Fixtures.Now.AddDays(30) } },
        ["pauses until tomorrow"] =
            customer => customer with { Preferences = new() { PausedUntil = Fixtures.Now.AddDays(1) } },
        ["left the topic"] = customer => customer with { Preferences = new() { Without = ["weekly"] } },
        ["left the other topic"] = customer => customer with { Preferences = new() { Without = ["often"] } },
        ["wants one a month"] = customer => customer with { Preferences = new() { Monthly = true } },
        ["was written to often"] = customer =>
            customer with { Recent = [new("a", Fixtures.Now.AddDays(-3)), new("b", Fixtures.Now.AddDays(-2))] },
        ["was written to, but long ago"] = customer =>
            customer with { Recent = [new("a", Fixtures.Now.AddDays(-6)), new("b", Fixtures.Now.AddDays(-2))] },
        ["no regular"] = customer => customer with { Tags = ["guest"] },
    };

    [Theory]
    [InlineData("as they are", "yes")]
    [InlineData("never asked", "no: consent: unknown")]
    [InlineData("has unsubscribed", "no: consent: withdrawn")]
    [InlineData("address bounced", "no: suppressed: bounced")]
    [InlineData("pauses", "no: pauses mails")]
    [InlineData("pauses until tomorrow", "yes")]
    [InlineData("left the topic", "no: left this newsletter")]
    [InlineData("wants one a month", "no: wants one issue a month")]
    [InlineData("was written to often", "no: cap: 2 per 7 days")]
    [InlineData("was written to, but long ago", "yes")]
    [InlineData("no regular", "not in the audience")]
    public async Task Whoever_would_not_get_the_coming_issue_is_told_why(string reader, string said)
    {
        await using var house = await House.Open();
        house.Shop = Capped(house.Shop, 2);
        await LastWeek(house);
        house.Storage.Reset();
        var coming = await Find(house, [Weekly], Readers[reader](Mailing.Customer(1)));
        Assert.Equal(Slot, coming!.PlannedMailing.Slot);
        Assert.Equal(Slot, coming.At);
        Assert.Equal(said, InWords(coming.Verdict));
        Assert.Equal(reader == "no regular" ? "customer.tags [guest] contains \"guest\""
            : "customer.tags (nothing known) does not contain \"guest\"", coming.Audience);
        Assert.Null(coming.Send);
        Assert.Equal(0, house.Storage.Writes);
    }

    [Fact]
    public async Task Another_newsletter_that_comes_first_takes_its_place_also_weeks_ahead()
    {
        await using var house = await House.Open();
        var closed = new Closing("休み", new(null, 11, 20), new(null, 12, 19));
        house.Shop = Capped(house.Shop, 1) with { Holidays = new() { Closed = [closed] } };
        var (seldom, often) = (Weekly with { Holidays = HolidayRule.Skip },
            Weekly with { Id = "often", Audience = null, At = new(9, 0) });
        var alone = await Find(house, [seldom], Mailing.Customer(1));
        Assert.Equal(Slot.AddDays(28), alone!.At);
        Assert.Equal("yes", InWords(alone.Verdict));
        Assert.Equal(
            "no: cap: 1 per 7 days", InWords((await Find(house, [often, seldom], Mailing.Customer(1)))!.Verdict));
        Assert.Equal("yes", InWords(
            (await Find(house, [often, seldom], Readers["left the other topic"](Mailing.Customer(1))))!.Verdict));
    }

    [Fact]
    public async Task In_quiet_hours_it_waits_for_their_end_and_of_a_closed_shop_there_is_nothing_to_say()
    {
        await using var house = await House.Open();
        house.Shop = house.Shop with { QuietHours = new(new(9, 0), new(12, 0)) };
        Assert.Equal("later: quiet hours until 2026-11-25 12:00",
            InWords((await Find(house, [Weekly], Mailing.Customer(1)))!.Verdict));
        house.Shop = house.Shop with { Holidays = new() { Closed = [new("閉店", new(null, 1, 1), new(null, 12, 31))] } };
        Assert.Null(await Find(house, [Weekly with { Holidays = HolidayRule.Skip }], Mailing.Customer(1)));
    }

    [Fact]
    public async Task A_cancelled_slot_is_passed_over_and_an_issue_on_its_way_is_the_coming_one()
    {
        await using var house = await House.Open();
        var issues = new IssueStore(house.Tables);
        var (first, second) = (new IssueId("weekly", new(2026, 11, 25)), new IssueId("weekly", new(2026, 12, 2)));
        await issues.Add(new Issue { Id = first, State = IssueState.Cancelled, Slot = Slot });
        Assert.Equal((second, true), (await Find(house, [Weekly], Mailing.Customer(1)) is { } coming
            ? (coming.PlannedMailing.Id, coming.PlannedMailing.IsFirstOfMonth) : default));
        house.Clock.Now = Slot.AddDays(7).AddHours(3);
        await issues.Add(
            new Issue { Id = second, State = IssueState.Paused, Slot = Slot.AddDays(7), StartedAt = Slot.AddDays(7) });
        var paused = await Find(house, [Weekly], Mailing.Customer(1));
        Assert.Equal(second, paused!.PlannedMailing.Id);
        Assert.Equal(house.Clock.Now, paused.At);
    }

    [Fact]
    public async Task What_is_foretold_is_what_happens_and_what_is_to_come_later_comes_later()
    {
        var (names, transport) = (Readers.Keys.Where(name => name != "no regular").ToList(), new ToldTransport());
        await using var mailing = await Mailing.Open(
            transport, customers: names.Count, size: 4, but: (n, customer) => Readers[names[n]](customer));
        mailing.House.Shop = Capped(mailing.House.Shop, 2);
        await LastWeek(mailing.House);
        var newsletter = Weekly with { Audience = null };
        var foretold = new List<string>();
        for (var n = 0; n < names.Count; n++) foretold.Add(
            InWords((await Find(mailing.House, [newsletter], Readers[names[n]](Mailing.Customer(n))))!.Verdict));
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        await mailing.Run();
        for (var n = 0; n < names.Count; n++)
        {
            var coming = await Find(mailing.House, [newsletter], Readers[names[n]](Mailing.Customer(n)));
            Assert.Equal((names[n], foretold[n].StartsWith("later", StringComparison.Ordinal) ? "yes" : foretold[n]),
                (names[n], coming!.Send is { State: SendState.Accepted } ? "yes" : $"no: {coming.Send!.Reason}"));
        }
        Assert.Contains("no: consent: withdrawn", foretold);
    }

    [Fact]
    public async Task Whoever_is_in_the_rest_of_a_subject_test_is_told_so_and_when_the_rest_goes()
    {
        var transport = new ToldTransport();
        await using var mailing = await Mailing.Open(transport, customers: 10, size: 4);
        mailing.Test = new(2, 50, TimeSpan.FromHours(4));
        mailing.Restart();
        var before = await Say();
        Assert.Equal(["later: subject test until 2026-11-22 13:00", "yes"], before.Select(InWords).Distinct().Order());
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default);
        Assert.Equal(before, await Say());
        Assert.Equal(Enumerable.Range(0, 10).Where(n => before[n] is Verdict.Allowed).Select(Mailing.SendId),
            transport.Sent.Select(message => message.Id).Order());
        await mailing.Issues.Change(Mailing.Id, issue => issue with { Winner = 1 });
        mailing.Clock.Now += TimeSpan.FromHours(5);
        Assert.All(await Say(), verdict => Assert.Equal(Verdict.Yes, verdict));

        async Task<List<Verdict?>> Say()
        {
            var verdicts = new List<Verdict?>();
            for (var n = 0; n < 10; n++)
                verdicts.Add((await Find(mailing.House, [Weekly], Mailing.Customer(n), mailing.Test))!.Verdict);
            return verdicts;
        }
    }

    [Fact]
    public async Task Whoever_does_not_fit_into_a_warming_domain_s_day_is_told_that_it_comes_tomorrow()
    {
        await using var mailing = await Mailing.Open(new ToldTransport(), customers: 3, size: 3);
        mailing.House.Shop = mailing.House.Shop with { Sending = new() { WarmUp = [2, 5] } };
        await mailing.Issues.Change(Mailing.Id, issue => issue with { StartedAt = mailing.Clock.Now });
        var tomorrow = (await mailing.Sending.Send(Mailing.Id, Mailing.Shard, default)).Until!.Value;
        var coming = await Find(mailing.House, [Weekly], Mailing.Customer(2));
        Assert.Equal(Verdict.Later(tomorrow, "warm-up"), coming!.Verdict);
        Assert.Equal(SendState.Released, coming.Send!.State);
        Assert.Equal("warm-up", coming.Send.Reason);
    }

    private static readonly Newsletter Weekly = SlotTests.Weekly() with
    {
        Audience = ConditionTests.Parse("""{ "not": { "customer.tags": { "contains": "guest" } } }""")
    };

    /// <summary>The issue of last Wednesday, which nobody here got.</summary>
    private static Task<bool> LastWeek(House house) =>
        new IssueStore(house.Tables).Add(new Issue
        {
            Id = new("weekly", new(2026, 11, 18)),
            State = IssueState.Sent,
            Slot = Slot.AddDays(-7),
            StartedAt = Slot.AddDays(-7),
            EndedAt = Slot.AddDays(-7)
        });

    private static ShopSettings Capped(ShopSettings shop, int messages) =>
        shop with { Plan = new() { Caps = [new(messages, new(7, PeriodUnit.Day))] } };

    private static async Task<ComingIssue?> Find(
        House house, IReadOnlyList<Newsletter> newsletters, Customer customer, SubjectTest? test = null)
    {
        var book = new PlannedMailings(
            new IssueStore(house.Tables), new FixedNewsletters(newsletters), house.Current, house.Clock);
        return await new ComingIssues(
            book, new ChunkLedger(house.Tables), new FixedNewsletters { Tried = test ?? SubjectTest.None },
            house.Current, house.Clock).Find(Weekly, customer);
    }

    private static string InWords(Verdict? verdict) => verdict switch
    {
        null => "not in the audience",
        Verdict.Refused no => $"no: {no.Reason}",
        Verdict.Deferred later => $"later: {later.Reason} until {later.Until:yyyy-MM-dd HH:mm}",
        _ => "yes",
    };
}
