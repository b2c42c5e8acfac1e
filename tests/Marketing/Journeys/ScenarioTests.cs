using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Journeys;

public class ScenarioTests
{
    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    private static (Scenario? Scenario, IReadOnlyList<Problem> Problems) Read(string json) =>
        ScenarioReader.Read("shop/tests/x.y.json", Encoding.UTF8.GetBytes(json), JourneyReaderTests.Known);

    [Fact]
    public void A_scenario_is_read_as_written()
    {
        var (scenario, problems) = Read("""
            { "about": "x", "journey": "second-purchase", "start": "2026-11-03T17:30",
              "customer": { "familyName": "佐藤", "consent": { "email": "given" }, "attributes": { "visits": 3 } },
              "events": [ { "day": -3, "event": "order.placed", "order": { "lines": [ { "title": "急須", "quantity": 2,
                "price": 1298 } ] } },
                          { "day": 0, "event": "order.fulfilled" }, { "day": 15, "at": "21:40",
                            "event": "review.posted", "data": { "rating": 5 } } ],
              "diary": [ "day  0 17:30 enrolled in second-purchase" ] }
            """);
        Assert.Empty(problems);
        Assert.NotNull(scenario);
        Assert.Equal("x.y", scenario.Id);
        Assert.Equal(ConsentState.Given, scenario.Customer.Consent["email"].State);
        Assert.Equal(2596, scenario.Events[0].Order!.Total);
        Assert.Equal(["2026-10-31T00:00", "2026-11-03T17:30", "2026-11-18T21:40"],
            scenario.Events.Select(happens => scenario.At(happens, Tokyo).ToString("yyyy-MM-dd'T'HH:mm", null)));
        Assert.Equal(TimeSpan.FromHours(9), scenario.StartsAt(Tokyo).Offset);
    }

    [Fact]
    public void Mistakes_in_a_scenario_are_said_with_their_place() =>
        Assert.Equal(
        [
            "shop/tests/x.y.json:1:14: unknown journey \"second-purchas\" (did you mean second-purchase?)",
            "shop/tests/x.y.json:2:12: \"yesterday\" is not a start; starts read \"2026-11-03T09:00\" or "
            + "\"2026-11-03\"",
            "shop/tests/x.y.json:3:39: unknown email \"gvien\" (did you mean given?)",
            "shop/tests/x.y.json:4:15: an event needs \"day\"",
            "shop/tests/x.y.json:4:26: unknown event \"order.plced\" (did you mean order.placed?)",
            "shop/tests/x.y.json:5:14: a line of the diary reads \"day  3 09:00 sent welcome/enjoy\"",
        ], Read("""
            { "journey": "second-purchas",
              "start": "yesterday",
              "customer": { "consent": { "email": "gvien" } },
              "events": [ { "event": "order.plced" } ],
              "diary": [ "day 0 enrolled" ] }
            """).Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("2026-11-03T09:00+09:00", "day  0 09:00 enrolled")]
    [InlineData("2026-11-03T23:59:59+09:00", "day  0 23:59 enrolled")]
    [InlineData("2026-11-17T00:00Z", "day 14 09:00 enrolled")]
    [InlineData("2027-03-03T09:00+09:00", "day 120 09:00 enrolled")]
    public void Days_of_the_diary_are_the_shops(string at, string line) =>
        Assert.Equal(line, DiaryFormat.Line(At("2026-11-03T09:00+09:00"), At(at), Tokyo, "enrolled"));

    [Fact]
    public void Where_two_diaries_part_is_shown()
    {
        Assert.Empty(DiaryFormat.Differences(
            ["day 0 09:00 a", "day  1 09:00 b"], ["day  0 09:00 a", "day  1 09:00 b"]));
        Assert.Equal(["  a", "- b", "+ x", "  c"], DiaryFormat.Differences(["a", "b", "c"], ["a", "x", "c"]));
        Assert.Equal(["+ a"], DiaryFormat.Differences([], ["a"]));
    }
}
