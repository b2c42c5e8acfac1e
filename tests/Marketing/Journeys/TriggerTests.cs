using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Journeys.JourneyReaderTests;
using static Automation.Marketing.Tests.Journeys.PlannerTests;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Journeys;

/// <summary>What starts a journey, whom it is walked for, and when it is over.</summary>
public class TriggerTests
{
    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    private static (Journey? Journey, IReadOnlyList<Problem> Problems) Started(string trigger, string more = "") =>
        Read($$"""
            { "name": "x", "purpose": "marketing", "trigger": {{trigger}}, {{more}}
              "steps": [ { "do": "send", "mail": "m" } ] }
            """);

    [Fact]
    public void Any_of_several_events_a_date_or_what_becomes_true_starts_a_journey()
    {
        var on = Assert.IsType<Trigger.On>(
            Started("""{ "event": ["order.placed", "order.paid"], "where": { "order.total": 1 } }""").Journey!.Trigger);
        Assert.Equal(new EventNames(["order.placed", "order.paid"]), on.Events);
        var (birthday, _) = Started(
            """
            { "date": "customer.attributes.birthday", "yearly": true, "offset": "7 days", "before": true,
              "at": "10:00" }
            """);
        Assert.Equal(new WaitUntil
        {
            Days = null,
            At = new(10, 0),
            Field = "customer.attributes.birthday",
            Offset = Period.Parse("7 days"),
            Before = true,
            Yearly = true,
        },
            Assert.IsType<Trigger.Dated>(birthday!.Trigger).When);
        Assert.Equal(Reentry.Always, birthday.Reentry);
        var becomes = Assert.IsType<Trigger.Becomes>(
            Started("""{ "becomes": { "customer.orders.count": { "gte": 5 } } }""").Journey!.Trigger);
        Assert.Equal("customer.orders.count gte 5", Conditions.InWords(becomes.If));
    }

    [Theory]
    [InlineData("""{ }""", "", "the trigger needs \"event\", \"date\" or \"becomes\": what starts the journey?")]
    [InlineData("""{ "event": "order.placed", "date": "customer.createdAt" }""", "",
        "\"event\" and \"date\" are two different triggers: choose one")]
    [InlineData("""{ "event": "order.placed", "yearly": true }""", "", "\"yearly\" belongs to a \"date\"")]
    [InlineData("""{ "event": ["order.placed", "order.placed"] }""", "", "order.placed is here twice")]
    [InlineData("""{ "event": ["order.placed", "ordr.paid"] }""", "",
        "unknown event \"ordr.paid\" (did you mean order.paid?)")]
    [InlineData("""{ "event": ["order.placed", "customer.late"], "where": { "order.total": 1 } }""", "",
        "there is no order here, so no \"order.total\": customer.late is not about one")]
    [InlineData("""{ "date": "customer.attributes.birthdy" }""", "",
        "unknown field \"customer.attributes.birthdy\" (did you mean customer.attributes.birthday?)")]
    [InlineData("""{ "date": "order.placedAt" }""", "",
        "order.placedAt is no date of the customer's: nothing has happened yet")]
    [InlineData("""{ "date": "customer.createdAt", "where": { "order.total": 1 } }""", "",
        "there is no order here, so no \"order.total\"")]
    [InlineData("""{ "becomes": { "order.total": 1 } }""", "", "there is no order here, so no \"order.total\"")]
    [InlineData("""{ "becomes": { "customer.orders.count": 1 }, "where": { "customer.orders.count": 1 } }""", "",
        "what \"becomes\" has no \"where\": put it into the condition")]
    [InlineData("""{ "event": "review.posted" }""", """ "per": "event.ratng", """,
        "unknown field of review.posted \"event.ratng\" (did you mean event.rating?)")]
    [InlineData("""{ "date": "customer.createdAt" }""", """ "per": "event.rating", """,
        "no event starts it, so there is no event.rating to walk it for")]
    [InlineData("""{ "date": "customer.createdAt" }""", """ "per": "order", """,
        "no order starts it, so the journey cannot be walked per order")]
    [InlineData("""{ "event": "order.placed" }""", """ "per": "ordr", """,
        "unknown per \"ordr\"; it is \"customer\", \"order\" or a field of the event (did you mean order?)")]
    [InlineData("""{ "event": "order.placed" }""", """ "active": { "from": "2026-12-01", "until": "2026-11-30" }, """,
        "it ends on 2026-11-30, before it begins")]
    [InlineData("""{ "event": "order.placed" }""", """ "active": { "from": "12-01" }, """,
        "\"12-01\" is not a date; dates read \"2026-11-25\"")]
    [InlineData("""{ "event": "order.placed" }""", """ "active": { }, """, "this is always: leave \"active\" out")]
    [InlineData("""{ "event": "order.placed" }""", """ "leaveWhen": { "customer.tag": "vip" }, """,
        "unknown field \"customer.tag\" (did you mean customer.tags?)")]
    public void What_cannot_start_anything_is_said(string trigger, string more, string message) => Assert.Equal(
        message, Started(trigger, more).Problems.Select(problem => problem.ToString()[
            (problem.ToString().IndexOf(": ", StringComparison.Ordinal) + 2)..]).First());

    private static Situation Born(string birthday, string now) => Now(now) with
    {
        Customer = Now(now).Customer with
        {
            Attributes = new Dictionary<string, JsonElement> { ["birthday"] = JsonElement.Parse($"\"{birthday}\"") }
        }
    };

    [Theory]
    [InlineData("1990-11-10", "2026-11-02T18:00+09:00", "2026-11-03T10:00+09:00")]   // a week before, at ten
    [InlineData("1990-11-10", "2026-11-03T10:01+09:00", null)]
    [InlineData("1992-02-29", "2027-02-20T18:00+09:00", "2027-02-21T10:00+09:00")]
    [InlineData("1990-01-03", "2026-12-26T18:00+09:00", "2026-12-27T10:00+09:00")]   // over the turn of the year
    public void A_yearly_date_comes_on_its_day_in_the_customers_zone(string birthday, string now, string? at) =>
        Assert.Equal(at is null ? null : At(at), Occurrences.Between(
            new()
            {
                Days = null,
                At = new(10, 0),
                Field = "customer.attributes.birthday",
                Offset = Period.Parse("7 days"),
                Before = true,
                Yearly = true,
            },
            Born(birthday, now), At(now), At(now).AddHours(25), Tokyo)?.At);

    [Fact]
    public void An_occurrence_is_named_after_its_day_and_is_none_any_more_when_the_date_is_changed()
    {
        var when = new WaitUntil
        {
            Days = null,
            At = new(10, 0),
            Field = "customer.attributes.birthday",
            Yearly = true,
        };
        var now = At("2026-11-10T10:00+09:00");
        var found = Occurrences.Between(
            when, Born("1990-11-10", "2026-11-10T09:00+09:00"), now.AddHours(-2), now, Tokyo)!;
        Assert.Equal("date:birthday:2026-11-10", found.EventId("birthday"));
        Assert.True(Occurrences.IsStill(
            when, Born("1990-11-10", "2026-11-10T10:00+09:00"), found.EventId("birthday"), "birthday", Tokyo));
        Assert.False(Occurrences.IsStill(
            when, Born("1990-11-11", "2026-11-10T10:00+09:00"), found.EventId("birthday"), "birthday", Tokyo));
    }

    [Fact]
    public void A_date_that_comes_once_comes_once() => Assert.Null(Occurrences.Between(
        new()
        {
            Days = null,
            At = null,
            Field = "customer.attributes.birthday",
        }, Born("1990-11-10", "2026-11-09T20:00+09:00"),
        At("2026-11-09T20:00+09:00"), At("2026-11-10T20:00+09:00"), Tokyo));

    [Fact]
    public void Any_of_several_events_ends_the_wait_and_the_diary_names_it()
    {
        var journey = Steps(
            """
            { "do": "waitFor", "event": ["mail.clicked", "order.paid"], "upTo": "5 days" },
            { "do": "send", "mail": "m" }
            """);
        var begin = At("2026-11-03T09:00+09:00");
        var paid = Now("2026-11-04T09:00+09:00") with { Event = Event("order.paid", "2026-11-04T09:00+09:00") };
        Assert.Equal("waited for mail.clicked or order.paid: order.paid",
            Assert.IsType<Hearing.Proceeds>(Planner.Hear(journey, Walk.Begin(begin), paid, begin)).Decision);
        Assert.Equal("waited 5 days for mail.clicked or order.paid: no",
            Planner.Next(journey, Walk.Begin(begin), Now("2026-11-09T09:00+09:00")).Decisions[0]);
        Assert.True(Planner.Listens(journey, Walk.Begin(begin), "mail.clicked"));
    }

    [Fact]
    public void What_ends_a_journey_by_a_condition_ends_it_before_anything_else()
    {
        var journey = Steps("""{ "do": "send", "mail": "m" }""", """ "leaveWhen": { "customer.tags": "vip" }, """);
        var begin = Walk.Begin(At("2026-11-03T09:00+09:00"));
        Assert.IsType<Move.Act>(Planner.Next(journey, begin, Now("2026-11-03T10:00+09:00")));
        var finish = Assert.IsType<Move.Finish>(Planner.Next(journey, begin, Now("2026-11-03T10:00+09:00", "vip")));
        Assert.Equal(Outcome.Left, finish.Outcome);
        Assert.Equal("customer.tags contains vip", finish.Because);
    }

    [Theory]
    [InlineData("1", "2026-12-13T09:00+09:00")]
    [InlineData("0.5", "2026-11-23T09:00+09:00")]
    [InlineData("1, \"offset\": \"1 week\", \"before\": true", "2026-12-06T09:00+09:00")]
    public void A_wait_is_as_long_as_a_field_says(string factor, string until)
    {
        var journey = Steps(
            "{ \"do\": \"wait\", \"for\": { \"field\": \"customer.orders.usualInterval\", \"factor\": "
            + factor + " } }");
        Assert.Equal(At(until), Assert.IsType<Move.Pause>(Planner.Next(
            journey, Walk.Begin(At("2026-11-03T09:00+09:00")),
            Now("2026-11-03T09:00+09:00") with { ShopInterval = 40.2 })).Until);
        Assert.Equal("customer.orders.usualInterval is not known", Assert.IsType<Move.Finish>(Planner.Next(
            journey, Walk.Begin(At("2026-11-03T09:00+09:00")), Now("2026-11-03T09:00+09:00"))).Because);
    }

    [Theory]
    [InlineData("customer.orders.usualIntervl",
        "unknown field \"customer.orders.usualIntervl\" (did you mean customer.orders.usualInterval?)")]
    [InlineData("customer.orders.total", "customer.orders.total is a number, and no number of days to wait for")]
    public void What_is_no_length_of_time_is_said(string field, string message) => Assert.EndsWith(
        message,
        Read(WithSteps($$"""{ "do": "wait", "for": { "field": "{{field}}" } }""")).Problems[0].ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Walks_of_two_values_are_not_each_others_and_what_says_neither_is_both_of_theirs()
    {
        var per = new Per.EachValue("event.rating");
        ShopEvent Rated(string id, int? rating) => Event("review.posted", "2026-11-03T09:00+09:00") with
        {
            Id = id,
            Data = rating is null ? null
                : new Dictionary<string, JsonElement> { ["rating"] = JsonElement.Parse($"{rating}") }
        };
        Situation With(ShopEvent happened) => Now("2026-11-03T09:00+09:00") with { Event = happened };
        var (four, five) = (per.StemOf(With(Rated("a", 4)))!, per.StemOf(With(Rated("b", 5)))!);
        Assert.NotEqual(four, five);
        Assert.DoesNotContain("4~", four[^3..], StringComparison.Ordinal);
        Assert.Null(per.StemOf(With(Rated("c", null))));
        Assert.True(per.IsSame($"{four}0001", $"{four}0002"));
        Assert.False(per.IsSame($"{four}0001", $"{five}0001"));
        Assert.True(per.IsOfAnother(Rated("a", 4), With(Rated("b", 5))));
        Assert.False(per.IsOfAnother(Rated("a", 4), With(Rated("b", 4))));
        Assert.False(per.IsOfAnother(Rated("a", 4), With(Rated("b", null))));
    }
}
