using Automation.Functions.Simulation;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;

namespace Automation.Functions.Tests.Simulation;

/// <summary>What the plan does to journeys, as their diaries tell it.</summary>
public sealed class PlanDiaryTests
{
    private const string Reviews =
        """{ "do": "send", "mail": "one" }, { "do": "wait", "for": "10 days" }, { "do": "send", "mail": "two" }""";
    private const string Workshops = """{ "do": "wait", "for": "2 days" }, { "do": "send", "mail": "three" }""";

    private static string Group(string rule) =>
        $$""" "groups": [ { "name": "guests", "journeys": ["reviews", "workshops"], "rule": "{{rule}}" } ]""";

    [Fact]
    public Task A_journey_waits_for_the_one_with_precedence_and_its_clock_stands_still_meanwhile() =>
        Play(Group("wait"), "workshops",
            """{ "day": 0, "event": "review.posted" }, { "day": 1, "event": "workshop.booked" }""",
            "day 1 00:00 enrolled in workshops",
            "day 1 00:00 waiting: reviews has precedence",
            "day 12 09:00 sent three",
            "day 12 09:00 completed");

    [Fact]
    public Task Who_comes_behind_may_be_refused() => Play(Group("refuse"), "workshops",
        """{ "day": 0, "event": "review.posted" }, { "day": 1, "event": "workshop.booked" }""",
        "day 1 00:00 not enrolled in workshops: reviews has precedence");

    [Fact]
    public Task Or_has_to_leave_when_precedence_comes_later() => Play(Group("refuse"), "workshops",
        """{ "day": 0, "event": "workshop.booked" }, { "day": 1, "event": "review.posted" }""",
        "day 0 09:00 enrolled in workshops",
        "day 2 09:00 left: reviews has precedence");

    [Fact]
    public Task Precedence_itself_waits_for_nobody() => Play(Group("wait"), "reviews",
        """{ "day": 0, "event": "workshop.booked" }, { "day": 1, "event": "review.posted" }""",
        "day 1 00:00 enrolled in reviews",
        "day 1 00:00 sent one",
        "day 11 00:00 sent two",
        "day 11 00:00 completed");

    [Fact]
    public Task A_cap_holds_the_third_mail_back_until_there_is_room() =>
        Play(""" "caps": [ { "messages": 1, "per": "2 weeks" } ]""", "reviews",
            """{ "day": 0, "event": "review.posted" }""",
            "day 0 09:00 enrolled in reviews",
            "day 0 09:00 sent one",
            "day 10 09:00 holding two back until 2026-11-17 00:00: cap: 1 per 2 weeks",
            "day 14 00:00 sent two",
            "day 14 00:00 completed");

    [Fact]
    public Task What_would_be_too_late_is_not_sent() =>
        Play(""" "caps": [ { "messages": 1, "per": "2 weeks" } ], "expires": "3 days" """, "reviews",
            """{ "day": 0, "event": "review.posted" }""",
            "day 0 09:00 enrolled in reviews",
            "day 0 09:00 sent one",
            "day 10 09:00 not sent two: expired after 3 days: cap: 1 per 2 weeks",
            "day 10 09:00 completed");

    private const string TwoAWeek =
        """ "caps": [ { "messages": 2, "per": "7 days" } ], "newsletterDay": "keepsBack" """;
    private const string Thanks = """{ "day": 0, "event": "review.posted" }""";

    [Fact]
    public Task Beside_a_weekly_newsletter_a_journey_has_a_place_a_week_on_every_day_but_its_own() =>
        Play(TwoAWeek, "reviews", Thanks, newsletter: true, settings: "", diary:
        [
            "day 0 09:00 enrolled in reviews",
            "day 0 09:00 sent one",
            "day 10 09:00 sent two",
            "day 10 09:00 completed",
        ]);

    [Fact]
    public Task On_the_newsletter_s_day_it_waits_until_the_next() => Play(TwoAWeek, "workshops",
        """{ "day": -1, "event": "workshop.booked" }""", newsletter: true, settings: "", diary:
    [
        "day -1 00:00 enrolled in workshops",
        "day 1 00:00 holding three back until 2026-11-05 00:00: newsletter day",
        "day 2 00:00 sent three",
        "day 2 00:00 completed",
    ]);

    [Fact]
    public Task A_scenario_may_leave_the_newsletters_out() => Play(TwoAWeek, "workshops",
        """{ "day": -1, "event": "workshop.booked" }""", newsletter: true, settings: "\"newsletters\": false,", diary:
    [
        "day -1 00:00 enrolled in workshops",
        "day 1 00:00 sent three",
        "day 1 00:00 completed",
    ]);

    private static Task Play(string plan, string journey, string events, params string[] diary) =>
        Play(plan, journey, events, newsletter: false, settings: "", diary);

    private static async Task Play(
        string plan, string journey, string events, bool newsletter, string settings, string[] diary)
    {
        using var folder = new TemporaryFolder();
        if (newsletter)
        {
            Write("newsletters/weekly.json",
                """{ "name": "お便り", "on": ["wednesday"], "at": "10:00", "fallback": "fallback" }""");
            Write("newsletters/weekly/fallback.md", "---\nsubject: お便り\n---\nこんにちは。\n");
        }
        Write("shop.json", $$"""
            { "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@shop.example.jp" },
              "timeZone": "Asia/Tokyo",
              "events": ["review.posted", "workshop.booked"], "plan": { {{plan}} } }
            """);
        foreach (var mail in (string[])["one", "two", "three"])
            Write($"mails/{mail}.md", "---\nsubject: お便り\n---\nこんにちは。\n");
        Write("journeys/reviews.json", Journey("review.posted", Reviews));
        Write("journeys/workshops.json", Journey("workshop.booked", Workshops));
        Write("tests/it.json",
            $$"""{ "journey": "{{journey}}", {{settings}} "start": "2026-11-03T09:00", "customer": { "consent": """
            + $$"""{ "email": "given" } }, "events": [ {{events}} ], "diary": [] }""");
        var shop = ShopFolder.Read(folder.Path);
        Assert.Empty(shop.Problems.Select(problem => problem.ToString()));
        Assert.Empty(DiaryFormat.Differences(
            diary, await Simulator.Play(folder.Path, shop.Shop!, shop.Scenarios.Values.Single())));

        void Write(string file, string text)
        {
            var path = Path.Combine(folder.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        static string Journey(string trigger, string steps) =>
            $$"""{ "name": "x", "purpose": "marketing", "trigger": { "event": "{{trigger}}" }, "reentry":"""
            + $$""" "always", "steps": [ {{steps}} ] }""";
    }
}
