namespace Automation.Marketing.Tests.Journeys;

/// <summary>One mistake at a time.</summary>
public class ReaderTests
{
    internal static readonly string[] Right =
    [
        """{ "do": "wait", "until": { "at": "10:00" } }""",
        """{ "do": "wait", "until": { "field": "order.placedAt", "offset": "1 month" } }""",
        """{ "do": "wait", "until": { "field": "customer.attributes.birthday", "yearly": true, "offset": "7 days","""
        + """ "before": true, "at": "10:00" } }""",
        """{ "do": "waitFor", "event": "review.posted", "where": { "event.rating": { "gte": 4 } }, "upTo": "2 """
        + """weeks" }""",
        """{ "do": "waitFor", "event": "mail.clicked", "where": { "event.mail": "m", "event.url": { "contains":"""
        + """ "tea" """
        + """} }, "upTo": "2 weeks" }""",
        """{ "do": "branch", "if": { "any": [ { "customer.tags": "vip" }, { "not": { "customer.consent.email":"""
        + """ "given" } } ] }, "then": [ { "do": "send", "mail": "m" } ] }""",
        """{ "do": "branch", "if": { "customer.orders.lastAt": { "within": "30 days" }, "order.channel": { "in": """
        + """["web"] } }, "then": [ { "do": "send", "mail": "m" } ] }""",
        """{ "do": "branch", "if": { "customer.attributes.visits": { "gte": 3, "lt": 10 }, "customer.createdAt": """
        + """{ "gt": "2026-01-01" } }, "then": [ { "do": "send", "mail": "m" } ] }""",
        """{ "do": "branch", "if": { "customer.orders.products": { "in": ["shopify:1", "shopify:2"] },"""
        + """ "customer.phone": { "exists": false } }, "then": [ { "do": "send", "mail": "m" } ] }""",
        """{ "do": "split", "arms": [ { "name": "a", "percent": 50, "steps": [ { "do": "send", "mail": "m" } ] }, """
        + """{ "name": "b", "percent": 50, "holdout": true } ] }""",
        """{ "do": "update", "set": { "giftWrap": false, "birthday": "2000-02-29", "visits": null } }""",
        """{ "do": "call", "url": "https://hooks.example.jp/x" }, { "do": "start", "journey": "win-back" }""",
        """{ "do": "wait", "for": "1 day" }, { "do": "start", "journey": "x" }""",
    ];

    public static TheoryData<string> RightSteps => [.. Right];

    [Theory, MemberData(nameof(RightSteps))]
    public void Right_steps_are_read(string steps) =>
        Assert.Empty(JourneyReaderTests.Read(JourneyReaderTests.WithSteps(steps)).Problems);

    [Theory]
    [InlineData("""{ "do": "wait" }""", "a wait needs \"for\" (a period) or \"until\" (a moment)")]
    [InlineData("""{ "do": "wait", "for": "1 day", "until": { "at": "10:00" } }""", "not both")]
    [InlineData("""{ "do": "wait", "for": 3 }""", "\"for\" must be a text, not a number")]
    [InlineData("""{ "do": "wait", "until": { "days": ["teusday"], "at": "10:00" } }""",
        "unknown day \"teusday\" (did you mean tuesday?)")]
    [InlineData("""{ "do": "wait", "until": { "days": ["tuesday"] } }""", "until needs \"at\"")]
    [InlineData("""{ "do": "wait", "until": { "at": "9:00" } }""", "(did you mean 09:00?)")]
    [InlineData("""{ "do": "wait", "until": { "field": "customer.email" } }""", "customer.email is a text, not a time")]
    [InlineData("""{ "do": "wait", "until": { "field": "order.placdAt" } }""", "(did you mean order.placedAt?)")]
    [InlineData(
        """{ "do": "wait", "until": { "at": "09:00", "offset": "1 day" } }""", "\"offset\" belongs to a \"field\"")]
    [InlineData("""{ "do": "waitFor", "event": "mail.clickd", "upTo": "1 day" }""", "(did you mean mail.clicked?)")]
    [InlineData("""{ "do": "waitFor", "event": "order.paid", "where": { "event.mail": "m" }, "upTo": "1 day" }""",
        "order.paid has no \"event.mail\"")]
    [InlineData("""{ "do": "waitFor", "event": "review.posted", "where": { "event.ratnig": 3 }, "upTo": "1 day" }""",
        "unknown field of review.posted \"event.ratnig\" (did you mean event.rating?)")]
    [InlineData(
        """{ "do": "branch", "if": {}, "then": [ { "do": "send", "mail": "m" } ] }""", "this condition asks nothing")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.orders.total": { "gt": "many" } }, "then": [ { "do": "send","""
        + """ "mail": "m" } ] }""",
        "customer.orders.total is compared with a number, not a text")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.orders.total": { "gtt": 3 } }, "then": [ { "do": "send", "mail": "m" """
        + """} ] }""",
        "(did you mean gt?)")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.consent.email": "yes" }, "then": [ { "do": "send", "mail": "m" } ] }""",
        "it is one of unknown, pending, given, withdrawn")]
    [InlineData("""{ "do": "branch", "if": { "customer.tags": ["a"] }, "then": [ { "do": "send", "mail": "m" } ] }""",
        "write { \"in\": [ … ] }")]
    [InlineData("""{ "do": "branch", "if": { "customer.phone": null }, "then": [ { "do": "send", "mail": "m" } ] }""",
        "write { \"exists\": false }")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.orders.lastAt": { "within": "30 dyas" } }, "then": [ { "do":"""
        + """ "send", "mail": "m" } ] }""",
        "(did you mean 30 days?)")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.createdAt": { "gt": "2026-13-01" } }, "then": [ { "do": "send","""
        + """ "mail": "m" } ] }""",
        "\"2026-13-01\" is not a date")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.attributes.brithday": { "exists": true } }, "then": [ { "do":"""
        + """ "send", "mail": "m" } ] }""",
        "(did you mean customer.attributes.birthday?)")]
    [InlineData(
        """{ "do": "split", "arms": [ { "name": "a", "percent": 50, "holdout": true }, { "name": "b", "percent": """
        + """49, "steps": [ { "do": "send", "mail": "m" } ] } ] }""",
        "the arms' percents add up to 99, not 100")]
    [InlineData(
        """{ "do": "split", "arms": [ { "name": "a", "percent": 50, "holdout": true }, { "name": "a", "percent": """
        + """50, "steps": [ { "do": "send", "mail": "m" } ] } ] }""",
        "there is already an arm \"a\"")]
    [InlineData(
        """{ "do": "split", "arms": [ { "name": "a", "percent": 100, "steps": [ { "do": "send", "mail": "m" } ] """
        + """} ] }""",
        "a split needs at least two arms")]
    [InlineData(
        """{ "do": "split", "arms": [ { "name": "a/b", "percent": 101 } ] }""", "\"percent\" must be from 1 to 100")]
    [InlineData("""{ "do": "update" }""", "this update changes nothing")]
    [InlineData("""{ "do": "update", "set": { "visits": "three" } }""", "the attribute visits is a number, not a text")]
    [InlineData("""{ "do": "update", "set": { "vists": 3 } }""", "(did you mean visits?)")]
    [InlineData("""{ "do": "call", "url": "http://hooks.example.jp" }""", "is not an https address")]
    [InlineData("""{ "do": "call", "url": "https://other.example.jp" }""", "is not among callHosts")]
    [InlineData("""{ "do": "start", "journey": "winback" }""", "unknown journey \"winback\" (did you mean win-back?)")]
    [InlineData("""{ "do": "start", "journey": "x" }""", "x starts itself without a wait")]
    [InlineData(
        """{ "do": "waitFor", "event": "mail.clicked", "upTo": "1 day", "then": [ { "do": "start", "journey": "x" """
        + """} ] }""",
        "x starts itself without a wait")]
    [InlineData("""{ "do": "leave", "because": "" }""", "\"because\" must not be empty")]
    [InlineData("""{ "do": "leave", "because": "a" }, { "do": "send", "mail": "m" }""", "nobody ever comes here")]
    [InlineData("""{ "mail": "m" }""", "a step needs \"do\"")]
    [InlineData("""{ "do": 3 }""", "\"do\" must be a text, not a number")]
    [InlineData("\"send\"", "a step must be an object { }, not a text")]
    [InlineData("""{ "do": "send", "mail": "m", "mail": "m" }""", "\"mail\" is here twice")]
    [InlineData("", "\"steps\" is empty")]
    public void Each_mistake_is_said(string steps, string message)
    {
        var (journey, problems) = JourneyReaderTests.Read(JourneyReaderTests.WithSteps(steps));
        Assert.Null(journey);
        Assert.Contains(problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""" "reentry": "nevre", """, "(did you mean never?)")]
    [InlineData(""" "reentry": { "after": "90" }, """, "is not a period")]
    [InlineData(""" "goal": { "event": "order.placed" }, """, "the goal needs \"within\"")]
    [InlineData(""" "window": { "from": "09:00", "to": "09:00" }, """, "is not a time at all")]
    [InlineData(""" "window": { "from": "22:00", "to": "23:00" }, """, "wholly in the shop's quiet hours")]
    [InlineData(""" "window": {}, """, "always open")]
    [InlineData(""" "leaveOn": [ { "event": "customer.late", "where": { "order.total": "x" } } ], """,
        "order.total is compared with a number")]
    [InlineData(""" "leaveOn": [], """, "\"leaveOn\" is empty")]
    [InlineData(""" "per": "orders", """, "(did you mean order?)")]
    public void Each_mistake_beside_the_steps_is_said(string more, string message) =>
        Assert.Contains(
            JourneyReaderTests.Read(JourneyReaderTests.WithSteps("""{ "do": "send", "mail": "m" }""", more)).Problems,
            problem => problem.ToString().Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_journey_without_an_order_cannot_ask_about_one() =>
        Assert.Contains("there is no order here", Assert.Single(JourneyReaderTests.Read("""
            { "name": "x", "purpose": "marketing", "trigger": { "event": "customer.late",
              "where": { "order.total": { "gt": 3 } } }, "steps": [ { "do": "send", "mail": "m" } ] }
            """).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n  // why\n}", 2, 3, "comments are not allowed")]
    [InlineData("{\n  \"name\": \"佐藤\", }", 2, 17, "no comma is allowed after the last entry")]
    [InlineData("{ \"name\": \"佐\" \"x\": 1 }", 1, 15, "not JSON")]
    [InlineData("{ \"name\": ", 1, 11, "ends too early")]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("[]", 1, 1, "a journey must be an object { }, not a list [ ]")]
    [InlineData("{} {}", 1, 4, "not JSON")]
    [InlineData("{ \"name\": \"\\ud800\" }", 1, 11, "half a character")]
    public void What_is_no_json_is_said_where_it_is(string json, int line, int column, string message)
    {
        var problem = JourneyReaderTests.Read(json).Problems[0];
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
        Assert.Equal(column, problem.Column);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_deep_nests_are_said()
    {
        Assert.Contains("not UTF-8", Automation.Marketing.Journeys.JourneyReader.Read("x.json", [0x7B, 0xFF,
            0x7D], JourneyReaderTests.Known).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("nested too deeply", JourneyReaderTests.Read(new string('[', 5_000)).Problems[0].Message,
            StringComparison.Ordinal);
    }
}
