using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Journeys;

/// <summary>Which step is which in another version, and under which place the ledger then knows a walk's
/// effects.</summary>
public sealed class MovedWalkTests
{
    private static readonly DateTimeOffset Now = At("2026-11-20T09:00+09:00");

    [Theory]
    [InlineData("""{ "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""",
        """{ "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""", "0>0 1>1")]
    [InlineData("""{ "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""",
        """{ "do": "update", "addTags": ["x"] }, { "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""",
        "0>1 1>2")]
    [InlineData("""{ "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""",
        """{ "do": "wait", "for": "2 days" }, { "do": "send", "mail": "a" }""", "0>0 1>1")]
    [InlineData("""{ "do": "wait", "for": "1 day" }, { "do": "send", "mail": "a" }""",
        """{ "do": "send", "mail": "a" }""", "1>0")]
    [InlineData(
        """{ "do": "branch", "if": { "customer.tags": "x" }, "then": [ { "do": "wait", "for": "1 day" } ], "else": [ """
        + """{ "do": "send", "mail": "b" } ] }""",
        """{ "do": "send", "mail": "z" }, { "do": "branch", "if": { "customer.tags": "x" }, "then": [ { "do":"""
        + """ "wait", "for": "1 day" }, { "do": "send", "mail": "c" } ], "else": [ { "do": "send", "mail": "b" } ] }""",
        "0>1 0/then/0>1/then/0 0/else/0>1/else/0")]
    public void Steps_are_known_again_by_what_they_do(string old, string now, string pairs) =>
        Assert.Equal(
            pairs.Split(' ').Order(StringComparer.Ordinal),
            StepPairs.Of(Steps(old), Steps(now)).Select(pair => $"{pair.Key}>{pair.Value}")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void A_mail_that_went_out_keeps_its_place_in_the_ledger_wherever_it_stands_now() =>
        Assert.Equal(
            new Dictionary<string, string> { ["2"] = "0", ["0"] = "0~2" },
            LedgerAfter("""{ "do": "send", "mail": "a" }, { "do": "wait", "for": "3 days" }""",
                """{ "do": "send", "mail": "b" }, { "do": "wait", "for": "3 days" }, { "do": "send", "mail": "a" }""",
                ("a", "0", SendState.Accepted)));

    [Fact]
    public void On_ways_that_exclude_each_other_it_is_one_mail() =>
        Assert.Equal(
            new Dictionary<string, string> { ["1/then/0"] = "0", ["1/else/0"] = "0" },
            LedgerAfter("""{ "do": "send", "mail": "a" }, { "do": "wait", "for": "3 days" }""",
                """{ "do": "wait", "for": "3 days" }, { "do": "branch", "if": { "customer.tags": "x" }, "then": [ """
                + """{ "do": "send", "mail": "a" } ], "else": [ { "do": "send", "mail": "a" } ] }""",
                ("a", "0", SendState.Uncertain)));

    [Fact]
    public void A_reminder_that_stands_twice_in_the_new_version_goes_once_more() =>
        Assert.Null(LedgerAfter(
            """{ "do": "send", "mail": "a" }, { "do": "wait", "for": "3 days" }""",
            """{ "do": "send", "mail": "a" }, { "do": "wait", "for": "3 days" }, { "do": "send", "mail": "a" }""",
            ("a", "0", SendState.Accepted)));

    [Fact]
    public void A_mail_that_was_refused_may_be_tried_anew() =>
        Assert.Equal(
            new Dictionary<string, string> { ["0"] = "0~2" },
            LedgerAfter("""{ "do": "send", "mail": "a" }, { "do": "wait", "for": "3 days" }""",
                """{ "do": "send", "mail": "a" }""", ("a", "0", SendState.Refused)));

    [Theory]
    [InlineData("""{ "do": "wait", "for": "3 days" }""", """{ "do": "wait", "for": "9 days" }""", true)]
    [InlineData("""{ "do": "wait", "for": "3 days" }""",
        """{ "do": "waitFor", "event": "mail.clicked", "upTo": "9 days" }""", false)]
    [InlineData("""{ "do": "waitFor", "event": "mail.opened", "upTo": "9 days" }""",
        """{ "do": "waitFor", "event": "mail.clicked", "upTo": "9 days" }""", false)]
    [InlineData("""{ "do": "waitFor", "event": "mail.clicked", "upTo": "5 days" }""",
        """{ "do": "waitFor", "event": "mail.clicked", "upTo": "9 days" }""", true)]
    [InlineData("""{ "do": "send", "mail": "a" }""", """{ "do": "send", "mail": "b" }""", false)]
    public void Time_that_was_waited_counts_where_the_wait_is_of_the_same_kind(string old, string now, bool counts)
    {
        var (walk, order) = (Walk("0") with { Until = Now.AddDays(9) }, Order());
        var moved = MovedWalk.Into(walk, order, Steps(old), Steps(now), null, Now);
        Assert.Equal(2, moved.Version);
        Assert.Equal("0", moved.Walk.Cursor);
        Assert.Equal(Now, moved.Until);
        Assert.Equal(counts ? walk.Walk.Since : Now, moved.Walk.Since);
    }

    private static IReadOnlyDictionary<string, string>? LedgerAfter(
        string old, string now, params (string Mail, string Place, SendState State)[] sent)
    {
        var (walk, before, after) = (Walk("1"), Steps(old), Steps(now));
        var sends = sent.Select(one => new Send
        {
            Id = one.Place,
            Customer = walk.Id.Customer,
            Mail = one.Mail,
            Purpose = Purpose.Marketing,
            For = $"{walk.Id}@{one.Place}",
            State = one.State,
            At = Now,
        }).ToList();
        return LedgerNames.Of(walk, sends, before, new("j", 2, after), StepPairs.Of(before, after));
    }

    private static Journey Steps(string steps) => JourneyReader.Read(
        "j.json", Encoding.UTF8.GetBytes(JourneyReaderTests.WithSteps(steps)), Names.Unchecked).Journey!;

    private static MoveOrder Order() => new()
    {
        Key = "1",
        From = 1,
        To = 2,
        Steps = new Dictionary<string, string> { ["0"] = "0" },
        AskedAt = Now,
    };

    private static Enrollment Walk(string cursor) => Enrollment.Begin(
        new(PlannerTests.Aoi, "j", "0001"), 1, PlannerTests.Event("order.placed", "2026-11-15T09:00+09:00"), null,
        Now.AddDays(-5)) with
    {
        Walk = new(cursor, Now.AddDays(-5)),
    };
}
