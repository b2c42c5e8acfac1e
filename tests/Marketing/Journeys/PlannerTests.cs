using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using static Automation.Marketing.Tests.Journeys.JourneyReaderTests;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Journeys;

public class PlannerTests
{
    internal static readonly CustomerId Aoi = new("00112233445566778899aabb");
    private static readonly DateTimeOffset Start = At("2026-11-03T09:00+09:00");   // a Tuesday

    internal static Situation Now(string now, params string[] tags) => Now(At(now), tags);
    internal static Situation Now(DateTimeOffset now, params string[] tags) => new()
    {
        Customer = new Customer { Id = Aoi, Tags = tags, TimeZone = "Asia/Tokyo" },
        Shop = TheShop,
        Now = now,
    };

    internal static ShopEvent Event(string type, string at) =>
        new() { Id = type, Type = type, At = At(at), Customer = Aoi };

    [Fact]
    public void A_wait_pauses_until_it_is_over()
    {
        var journey = Steps("""{ "do": "wait", "for": "14 days" }, { "do": "send", "mail": "m" }""");
        var pause = Assert.IsType<Move.Pause>(Planner.Next(journey, Walk.Begin(Start), Now("2026-11-03T09:00+09:00")));
        Assert.Equal(At("2026-11-17T09:00+09:00"), pause.Until);
        Assert.Equal("0", pause.At.Cursor);
        Assert.IsType<Move.Pause>(Planner.Next(journey, pause.At, Now("2026-11-17T08:59+09:00")));
        var act = Assert.IsType<Move.Act>(Planner.Next(journey, pause.At, Now("2026-11-17T09:00+09:00")));
        Assert.Equal("1", act.At.Cursor);
        Assert.Equal(new Step.Send("m"), act.Step);
        var after = Planner.After(journey, act.At, act.At.Since);
        Assert.Equal(Outcome.Completed,
            Assert.IsType<Move.Finish>(Planner.Next(journey, after, Now("2026-11-17T09:00+09:00"))).Outcome);
    }

    [Theory]
    [InlineData("2026-11-20T20:59+09:00", null)]
    [InlineData("2026-11-20T21:00+09:00", "2026-11-21T08:00+09:00")]
    [InlineData("2026-11-21T07:59+09:00", "2026-11-21T08:00+09:00")]
    public void Marketing_is_not_sent_in_quiet_hours(string now, string? until) =>
        Assert.Equal(until is null ? null : At(until), (Planner.Next(
            Steps("""{ "do": "send", "mail": "m" }"""), Walk.Begin(Start), Now(now)) as Move.Pause)?.Until);

    [Fact]
    public void A_mail_about_the_purchase_goes_at_any_hour() =>
        Assert.IsType<Move.Act>(Planner.Next(
            Steps("""{ "do": "send", "mail": "m" }""") with { Purpose = Purpose.Transactional }, Walk.Begin(Start),
            Now("2026-11-20T23:00+09:00")));

    [Fact]
    public void A_window_makes_the_send_wait_not_the_steps_before_it()
    {
        var journey = Steps(
            """{ "do": "branch", "if": { "customer.tags": "vip" }, "then": [ { "do": "send", "mail": "m" } ] }""",
            """ "window": { "days": ["tuesday"], "from": "10:00" }, """);
        var pause = Assert.IsType<Move.Pause>(Planner.Next(
            journey, Walk.Begin(Start), Now("2026-11-06T12:00+09:00", "vip")));
        Assert.Equal("0/then/0", pause.At.Cursor);
        Assert.Equal(At("2026-11-10T10:00+09:00"), pause.Until);
        Assert.Equal(["branch customer.tags contains vip: yes"], pause.Decisions);
        Assert.Empty(Assert.IsType<Move.Act>(Planner.Next(journey, pause.At, Now("2026-11-10T10:00+09:00"))).Decisions);
    }

    [Fact]
    public void What_was_waited_for_opens_then_and_what_did_not_happen_opens_else()
    {
        var journey = Steps("""
            { "do": "waitFor", "event": "mail.clicked", "where": { "event.mail": "m" }, "upTo": "5 days",
              "then": [ { "do": "leave", "because": "interested" } ], "else": [ { "do": "send", "mail": "m" } ] }
            """);
        var at = Assert.IsType<Move.Pause>(Planner.Next(journey, Walk.Begin(Start), Now(Start))).At;
        var clicked = Now("2026-11-05T09:00+09:00") with
        {
            Event = Event("mail.clicked", "2026-11-05T09:00+09:00") with { Mail = "m" }
        };
        var proceeds = Assert.IsType<Hearing.Proceeds>(Planner.Hear(journey, at, clicked, Start));
        Assert.Equal("0/then/0", proceeds.Into.Cursor);
        Assert.Equal("waited for mail.clicked: yes", proceeds.Decision);
        Assert.Equal((Outcome.Left, "interested"), Planner.Next(journey, proceeds.Into, clicked) is Move.Finish finish
            ? (finish.Outcome, finish.Because) : default);
        Assert.IsType<Hearing.Ignores>(Planner.Hear(
            journey, at, clicked with { Event = clicked.Event with { Mail = "other" } }, Start));
        Assert.IsType<Hearing.Ignores>(Planner.Hear(
            journey, at, clicked with { Event = clicked.Event with { At = At("2026-11-08T09:01+09:00") } }, Start));
        var act = Assert.IsType<Move.Act>(Planner.Next(journey, at, Now("2026-11-08T09:00+09:00")));
        Assert.Equal("0/else/0", act.At.Cursor);
        Assert.Equal("waited 5 days for mail.clicked: no", Assert.Single(act.Decisions));
    }

    [Fact]
    public void A_purchase_ends_the_journey_in_the_middle_of_a_wait_and_counts_as_its_goal()
    {
        var journey = Read(SecondPurchase).Journey!;
        var bought = Now("2026-11-10T00:00+09:00") with { Event = Event("order.placed", "2026-11-10T00:00+09:00") };
        Assert.Equal(new Hearing.Leaves("order.placed", true), Planner.Hear(journey, Walk.Begin(Start), bought, Start));
        Assert.Equal(new Hearing.Leaves("order.placed", false),
            Planner.Hear(journey, Walk.Begin(Start), bought, At("2026-09-10T00:00+09:00")));
        Assert.Equal(new Hearing.Leaves("order.placed", false),
            Planner.Hear(journey, Walk.Begin(Start), bought, At("2026-11-10T00:01+09:00")));
        Assert.True(Planner.Listens(journey, Walk.Begin(Start), "order.refunded"));
        Assert.False(Planner.Listens(journey, Walk.Begin(Start), "mail.clicked"));
        Assert.True(Planner.Listens(journey, new("2", Start), "mail.clicked"));
        Assert.Equal(["mail.clicked", "order.placed", "order.refunded"],
            Planner.ListensFor(journey).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("0/then/0")]
    [InlineData("3/then/1")]
    [InlineData("3/arms/a/0")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("3/then")]
    [InlineData("-1")]
    public void A_cursor_that_leads_nowhere_fails_the_enrollment_and_says_so(string cursor) =>
        Assert.Equal(Outcome.Failed, Assert.IsType<Move.Finish>(Planner.Next(
            Read(SecondPurchase).Journey!, new(cursor, Start), Now(Start))).Outcome);

    [Theory]
    [InlineData("1990-11-10", "2026-11-03T09:00+09:00", "2026-11-10T10:00+09:00")]
    [InlineData("1990-11-03", "2026-11-03T10:00+09:00", "2027-11-03T10:00+09:00")]
    [InlineData("1992-02-29", "2026-11-03T09:00+09:00", "2027-02-28T10:00+09:00")]
    [InlineData("1992-02-29", "2027-11-03T09:00+09:00", "2028-02-29T10:00+09:00")]
    public void A_birthday_comes_every_year(string birthday, string since, string expected)
    {
        var journey = Steps(
            """{ "do": "wait", "until": { "field": "customer.attributes.birthday", "yearly": true, "at": "10:"""
            + """00" } }""");
        var situation = Now(since);
        situation = situation with
        {
            Customer = situation.Customer with
            {
                Attributes = new Dictionary<string, JsonElement> { ["birthday"] = JsonElement.Parse($"\"{birthday}\"") }
            }
        };
        Assert.Equal(
            At(expected), Assert.IsType<Move.Pause>(Planner.Next(journey, Walk.Begin(At(since)), situation)).Until);
    }

    [Fact]
    public void Who_has_no_date_to_wait_for_leaves_and_the_diary_says_why()
    {
        var journey = Steps("""
            { "do": "wait", "until": { "field": "customer.attributes.birthday", "yearly": true } },
            { "do": "send", "mail": "m" }
            """);
        var finish = Assert.IsType<Move.Finish>(Planner.Next(journey, Walk.Begin(Start), Now(Start)));
        Assert.Equal(Outcome.Left, finish.Outcome);
        Assert.Equal("customer.attributes.birthday is not known", finish.Because);
    }

    [Fact]
    public void Who_has_no_date_goes_on_at_once_where_the_journey_says_so()
    {
        var journey = Steps("""
            { "do": "wait", "until": { "field": "customer.attributes.birthday", "missing": "continue" } },
            { "do": "send", "mail": "m" }
            """);
        Assert.Equal("1", Assert.IsType<Move.Act>(Planner.Next(journey, Walk.Begin(Start), Now(Start))).At.Cursor);
    }

    [Fact]
    public void A_customer_always_gets_the_same_arm_and_the_shares_are_right()
    {
        var split = new Step.Split(
            [new("a", 45, [new Step.Leave("a")]), new("b", 45, [new Step.Leave("b")]), new("holdout", 10, null, true)]);
        var drawn = Enumerable.Range(0, 20_000)
            .Select(n => SplitAssignment.Arm(split, "j", new(n.ToString("x24", null))).Name).ToList();
        Assert.Equal(drawn, Enumerable.Range(0, 20_000)
            .Select(n => SplitAssignment.Arm(split, "j", new(n.ToString("x24", null))).Name));
        Assert.InRange(drawn.Count(name => name == "a"), 8_700, 9_300);
        Assert.InRange(drawn.Count(name => name == "holdout"), 1_850, 2_150);
        var larger =
            split with { Arms = [split.Arms[0], new("c", 35, split.Arms[1].Steps), new("holdout", 20, null, true)] };
        Assert.All(Enumerable.Range(0, 20_000).Where(n => drawn[n] == "holdout"),
            n => Assert.True(SplitAssignment.Arm(larger, "j", new(n.ToString("x24", null))).Holdout));
    }

    [Fact]
    public void The_holdout_leaves_at_once()
    {
        var journey = Steps(
            """{ "do": "split", "arms": [ { "name": "a", "percent": 1, "steps": [ { "do": "send", "mail": "m" } ] }, """
            + """{ "name": "holdout", "percent": 99, "holdout": true } ] }""");
        Assert.Equal(
            Outcome.Holdout, Assert.IsType<Move.Finish>(Planner.Next(journey, Walk.Begin(Start), Now(Start))).Outcome);
    }
}
