using System.Text;
using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Tests.Journeys;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Segments;

public class ConditionTests
{
    private static readonly Situation Aoi = PlannerTests.Now("2026-11-25T10:00+09:00") with
    {
        Customer = new Customer
        {
            Id = PlannerTests.Aoi,
            FamilyName = "佐藤",
            Tags = ["vip", "tea"],
            CreatedAt = At("2026-10-01T00:00+09:00"),
            Consent = new Dictionary<string,
                ConsentRecord>
            { ["email"] = new(ConsentState.Given, At("2026-10-01T00:00Z"), "checkout") },
            Attributes = new Dictionary<string, JsonElement>
            {
                ["visits"] = JsonElement.Parse("3"),
                ["birthday"] = JsonElement.Parse("\"1990-02-28\""),
                ["favoriteTea"] = JsonElement.Parse("5")
            },
            Orders = new OrderFacts
            {
                Latest = [new OrderSummary
                {
                    Key = "s:1",
                    At = At("2026-11-20T10:00+09:00"),
                    Total = 8_400,
                    Refunded = 200,
                    Products = ["s:tea"]
                }]
            },
        },
        Event = PlannerTests.Event("review.posted", "2026-11-25T10:00+09:00") with
        {
            Data = new Dictionary<string, JsonElement> { ["rating"] = JsonElement.Parse("4.50") }
        },
    };

    internal static Condition Parse(string condition)
    {
        var (journey, problems) = JourneyReaderTests.Read($$"""
            { "name": "x", "purpose": "marketing", "trigger": { "event": "review.posted", "where": {{condition}} },
              "steps": [ { "do": "send", "mail": "m" } ] }
            """);
        Assert.Empty(problems);
        return journey!.Trigger.Where!;
    }

    [Theory]
    [InlineData("""{ "customer.familyName": "佐藤" }""", true)]
    [InlineData("""{ "customer.familyName": { "in": ["鈴木", "佐藤"] } }""", true)]
    [InlineData("""{ "customer.familyName": { "contains": "藤" } }""", true)]
    [InlineData("""{ "customer.familyName": { "ne": "佐藤" } }""", false)]
    [InlineData("""{ "customer.tags": "vip" }""", true)]
    [InlineData("""{ "customer.tags": { "in": ["x", "tea"] } }""", true)]
    [InlineData("""{ "customer.tags": { "notIn": ["x", "tea"] } }""", false)]
    [InlineData("""{ "customer.consent.email": "given" }""", true)]
    [InlineData("""{ "customer.consent.line": "unknown" }""", true)]
    [InlineData("""{ "customer.orders.count": 1 }""", true)]
    [InlineData("""{ "customer.orders.total": { "gte": 8200, "lt": 8200.01 } }""", true)]
    [InlineData("""{ "customer.orders.total": { "gt": 8200 } }""", false)]
    [InlineData("""{ "customer.orders.products": "s:tea" }""", true)]
    [InlineData("""{ "customer.orders.lastAt": { "within": "5 days" } }""", true)]
    [InlineData("""{ "customer.orders.lastAt": { "olderThan": "5 days" } }""", false)]
    [InlineData("""{ "customer.orders.lastAt": { "olderThan": "4 days" } }""", true)]
    [InlineData("""{ "customer.createdAt": { "gte": "2026-10-01" } }""", true)]
    [InlineData("""{ "customer.createdAt": { "gt": "2026-10-01" } }""", false)]
    [InlineData("""{ "customer.attributes.visits": { "lte": 3 } }""", true)]
    [InlineData("""{ "customer.attributes.birthday": { "lt": "1990-03-01" } }""", true)]
    [InlineData("""{ "customer.attributes.favoriteTea": { "exists": true } }""", false)]   // holds no text
    [InlineData("""{ "event.rating": 4.5 }""", true)]
    [InlineData("""{ "event.type": "review.posted", "customer.orders.count": 2 }""", false)]
    [InlineData("""{ "any": [ { "customer.orders.count": 2 }, { "customer.tags": "vip" } ] }""", true)]
    [InlineData("""{ "not": { "all": [ { "customer.orders.count": 1 }, { "customer.tags": "vip" } ] } }""", false)]
    [InlineData("""{ "customer.phone": { "exists": false } }""", true)]
    [InlineData("""{ "customer.phone": { "ne": "+81" } }""", true)]
    [InlineData("""{ "customer.phone": { "notIn": ["+81"] } }""", true)]
    [InlineData("""{ "customer.phone": "+81" }""", false)]
    [InlineData("""{ "customer.phone": { "contains": "+81" } }""", false)]
    [InlineData("""{ "order.total": { "lt": 10 } }""", false)]
    [InlineData("""{ "order.products": { "notIn": ["a"] } }""", true)]
    [InlineData("""{ "customer.suppressed": { "exists": false } }""", true)]
    public void Conditions_hold_or_not(string condition, bool holds) =>
        Assert.Equal(holds, Conditions.Holds(Parse(condition), Aoi));

    [Theory]
    [InlineData("""{ "customer.orders.total": { "gte": 10000 } }""", "customer.orders.total 8,200 is not ≥ 10,000")]
    [InlineData("""{ "customer.orders.count": 1 }""", "customer.orders.count 1 is 1")]
    [InlineData("""{ "customer.tags": "gift" }""", "customer.tags [vip, tea] does not contain \"gift\"")]
    [InlineData("""{ "customer.phone": { "exists": true } }""", "customer.phone does not exist")]
    [InlineData("""{ "customer.phone": "+81" }""", "customer.phone (nothing known) is not \"+81\"")]
    [InlineData("""{ "customer.orders.count": 2, "customer.tags": "vip" }""", "customer.orders.count 1 is not 2")]
    [InlineData("""{ "customer.orders.count": { "ne": 1 } }""", "customer.orders.count 1 is 1")]
    [InlineData("""{ "customer.orders.lastAt": { "within": "5 days" } }""",
        "customer.orders.lastAt 2026-11-20 10:00 is within \"5 days\"")]
    public void An_answer_is_explained_with_what_is_known(string condition, string words) =>
        Assert.Equal(words, Conditions.Explain(Parse(condition), Aoi));

    [Fact]
    public void Every_field_reads_a_value_of_its_type_or_nothing()
    {
        Assert.Equal(Fields.All.Count, Fields.All.Select(field => field.Name).Distinct().Count());
        var order = new ScenarioOrder(
            "#1", 10, "web", [new() { Title = "t", ProductId = "p", Sku = "s", Quantity = 1, Price = 10 }]).AsOrder(
                1, Aoi.Now, "JPY", PlannerTests.Aoi);
        Assert.All(Fields.Of(JourneyReaderTests.TheShop), field =>
            Assert.All([
                Aoi, Aoi with { Order = order with { PaidAt = Aoi.Now, FulfilledAt = Aoi.Now }, ShopInterval = 30 }
            ], situation =>
                Assert.True(field.Read(situation) is var value && (value, field.Type) is (null, not FieldType.Texts)
                    or (string, FieldType.Text) or (decimal, FieldType.Number) or (bool, FieldType.Flag)
                    or (DateTimeOffset, FieldType.Time) or (IReadOnlyList<string>, FieldType.Texts), field.Name)));
    }

    [Fact]
    public void A_shop_that_cannot_be_read_just_now_leaves_its_own_fields_unchecked()
    {
        var (journey, problems) = JourneyReader.Read("x.json", Encoding.UTF8.GetBytes(JourneyReaderTests.WithSteps(
            """{ "do": "branch", "if": { "customer.attributes.visits": { "gte": 3 } }, "then": [ { "do": "send","""
            + """ "mail": "m" } ] }""")),
            Automation.Marketing.Files.Names.Unchecked);
        Assert.Empty(problems);
        Assert.True(Conditions.Holds(Assert.IsType<Step.Branch>(journey!.Steps[0]).If, Aoi));
    }
}
