using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Journeys;

public class JourneyReaderTests
{
    internal const string SecondPurchase = """
        {
          "$schema": "../../docs/schema/journey.schema.json",
          "name": "二回目のお買い物",
          "purpose": "marketing",
          "trigger": { "event": "order.fulfilled", "where": { "customer.orders.count": 1 } },
          "reentry": "never",
          "leaveOn": [ { "event": "order.placed" }, { "event": "order.refunded" } ],
          "goal": { "event": "order.placed", "within": "60 days" },
          "window": { "days": ["tuesday", "wednesday", "thursday"], "from": "09:00", "to": "20:00" },
          "steps": [
            { "do": "wait", "for": "14 days" },
            { "do": "send", "mail": "second-purchase/how-is-it" },
            { "do": "waitFor", "event": "mail.clicked", "upTo": "5 days",
              "then": [ { "do": "leave", "because": "interested" } ] },
            { "do": "branch", "if": { "customer.orders.total": { "gte": 10000 } },
              "then": [ { "do": "send", "mail": "second-purchase/thanks-gift" } ],
              "else": [ { "do": "send", "mail": "second-purchase/next-for-you" } ] }
          ]
        }
        """;

    internal static readonly ShopSettings TheShop = new()
    {
        Name = "月凪",
        PostalAddress = "静岡県",
        Contact = new("a@example.jp"),
        TimeZone = "Asia/Tokyo",
        Events = ["review.posted", "workshop.booked"],
        EventData = new Dictionary<string, IReadOnlyDictionary<string,
            string>>
        { ["review.posted"] = new Dictionary<string, string> { ["rating"] = "number" } },
        Attributes = new Dictionary<string,
            string>
        { ["birthday"] = "date", ["favoriteTea"] = "text", ["visits"] = "number", ["giftWrap"] = "flag" },
        CallHosts = ["hooks.example.jp"],
        QuietHours = new(new(21, 0), new(8, 0)),
    };

    internal static readonly Names Known = new()
    {
        Mails = ["second-purchase/how-is-it", "second-purchase/thanks-gift", "second-purchase/next-for-you", "m"],
        Journeys = ["second-purchase", "win-back", "x"],
        Shop = TheShop,
    };

    internal static (Journey? Journey, IReadOnlyList<Problem> Problems) Read(
        string json, string file = "shop/journeys/x.json") =>
            JourneyReader.Read(file, Encoding.UTF8.GetBytes(json), Known);

    internal static Journey Steps(string steps, string more = "") =>
        Read(WithSteps(steps, more)) is ({ } journey, _) ? journey
            : throw new InvalidOperationException(string.Join("\n", Read(WithSteps(steps, more)).Problems));

    internal static string WithSteps(string steps, string more = "") =>
        $$"""{ "name": "x", "purpose": "marketing", "trigger": { "event": "order.placed" }, {{more}} "steps": [ """
        + $$"""{{steps}} ] }""";

    [Fact]
    public void The_journey_of_the_readme_is_read_as_written()
    {
        var (journey, problems) = Read(SecondPurchase, "shop/journeys/second-purchase.json");
        Assert.Empty(problems);
        Assert.NotNull(journey);
        Assert.Equal("second-purchase", journey.Id);
        Assert.Equal("二回目のお買い物", journey.Name);
        Assert.Equal(Purpose.Marketing, journey.Purpose);
        Assert.Equal(Reentry.Never, journey.Reentry);
        Assert.Equal(["order.placed", "order.refunded"], journey.LeaveOn.Select(leave => leave.Event));
        Assert.Equal(new Goal("order.placed", Period.Parse("60 days")), journey.Goal);
        Assert.Equal([DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday], journey.Window!.Days);
        Assert.Equal(new TimeOnly(9, 0), journey.Window.From);
        Assert.Equal(new TimeOnly(20, 0), journey.Window.To);
        Assert.Equal("customer.orders.count eq 1", Conditions.InWords(journey.Trigger.Where!));
        Assert.Equal(new Step.Wait(Period.Parse("14 days")), journey.Steps[0]);
        Assert.Equal(new Step.Send("second-purchase/how-is-it"), journey.Steps[1]);
        Assert.Equal(new Step.Leave("interested"), Assert.Single(Assert.IsType<Step.WaitFor>(journey.Steps[2]).Then!));
        var branch = Assert.IsType<Step.Branch>(journey.Steps[3]);
        Assert.Equal("customer.orders.total gte 10000", Conditions.InWords(branch.If));
    }

    [Fact]
    public void Every_step_of_the_language_is_read()
    {
        var journey = Steps("""
            { "do": "wait", "until": { "days": ["tuesday"], "at": "10:00" } },
            { "do": "wait", "until": { "field": "customer.attributes.birthday", "offset": "7 days", "before": true,
              "yearly": true, "at": "10:00" } },
            { "do": "split", "arms": [ { "name": "a", "percent": 45, "steps": [ { "do": "send", "mail": "m" } ] },
                                       { "name": "割引", "percent": 45, "steps": [ { "do": "send", "mail": "m" } ] },
                                       { "name": "holdout", "percent": 10, "holdout": true } ] },
            { "do": "update", "addTags": ["vip"], "removeTags": ["new"], "set": { "favoriteTea": "煎茶", "visits": 3,
              "giftWrap": true, "birthday": null } },
            { "do": "call", "url": "https://hooks.example.jp/x", "body": { "a": [1, 2] } },
            { "do": "start", "journey": "win-back" },
            { "do": "leave", "because": "done" }
            """, """ "reentry": { "after": "90 days" }, "per": "order", """);
        Assert.Equal(new Reentry.AfterPeriod(Period.Parse("90 days")), journey.Reentry);
        Assert.Equal(Per.Order, journey.Per);
        var until = Assert.IsType<Step.Wait>(journey.Steps[0]).Until!;
        Assert.Equal([DayOfWeek.Tuesday], until.Days);
        Assert.Equal(new WaitUntil
        {
            Days = null,
            At = new(10, 0),
            Field = "customer.attributes.birthday",
            Offset = Period.Parse("7 days"),
            Before = true,
            Yearly = true,
        }, Assert.IsType<Step.Wait>(journey.Steps[1]).Until);
        Assert.Equal([("a", 45, false), ("割引", 45, false), ("holdout", 10, true)],
            Assert.IsType<Step.Split>(journey.Steps[2]).Arms.Select(arm => (arm.Name, arm.Percent, arm.Holdout)));
        Assert.Equal("煎茶", Assert.IsType<Step.Update>(journey.Steps[3]).Set!["favoriteTea"].GetString());
        Assert.Equal("[1, 2]", Assert.IsType<Step.Call>(journey.Steps[4]).Body!["a"].GetRawText());
        Assert.Equal(new Step.Start("win-back"), journey.Steps[5]);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_said_at_once_with_line_and_column()
    {
        var (journey, problems) = Read("""
            {
              "nmae": "二回目",
              "purpose": "marketting",
              "trigger": { "event": "order.palced", "where": { "customer.order.count": 1 } },
              "steps": [
                { "do": "wait", "for": "14 dyas" },
                { "do": "sned", "mail": "m" },
            	{ "do": "send", "mail": "二回目/m" },   
                { "do": "send" },
                { "do": "branch", "if": { "customer.email": { "gte": 3 } }, "then": [] }
              ]
            }
            """);
        Assert.Null(journey);
        Assert.Equal(
        [
            "shop/journeys/x.json:1:1: a journey needs \"name\"",
            "shop/journeys/x.json:2:3: a journey has no \"nmae\" (did you mean name?)",
            "shop/journeys/x.json:3:14: unknown purpose \"marketting\" (did you mean marketing?)",
            "shop/journeys/x.json:4:25: unknown event \"order.palced\" (did you mean order.placed?)",
            "shop/journeys/x.json:4:52: unknown field \"customer.order.count\" (did you mean customer.orders.count?)",
            "shop/journeys/x.json:6:28: \"14 dyas\" is not a period: unknown unit \"dyas\" (did you mean 14 days?)",
            "shop/journeys/x.json:7:13: unknown step \"sned\" (did you mean send?)",
            "shop/journeys/x.json:8:26: unknown mail \"二回目/m\"; known: second-purchase/how-is-it, "
            + "second-purchase/thanks-gift, second-purchase/next-for-you, m",
            "shop/journeys/x.json:9:5: the step send needs \"mail\" or \"line\"",
            "shop/journeys/x.json:10:51: \"gte\" does not fit customer.email, which is a text: it is compared with "
            + "eq, ne, in, notIn, contains, exists",
            "shop/journeys/x.json:10:73: \"then\" is empty: leave it out, or put something in",
        ], problems.Select(problem => problem.ToString()));
    }
}
