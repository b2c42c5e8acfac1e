using System.Text;
using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Journeys;

namespace Automation.Marketing.Tests.Segments;

public sealed class OtherFieldTests
{
    private static readonly ShopSettings Shop = JourneyReaderTests.TheShop with
    {
        Events = ["stock.returned"],
        EventData = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["stock.returned"] = new Dictionary<string, string>
            {
                ["product"] = "text",
                ["products"] = "list",
                ["price"] = "number",
                ["since"] = "date",
                ["gift"] = "flag",
            },
        },
        Attributes = new Dictionary<string, string>
        {
            ["wanted"] = "list",
            ["favorite"] = "text",
            ["budget"] = "number",
            ["since"] = "date",
            ["giftWrap"] = "flag",
        },
    };

    private static readonly Situation Aoi = PlannerTests.Now("2026-11-25T10:00+09:00") with
    {
        Shop = Shop,
        Customer = new Customer
        {
            Id = PlannerTests.Aoi,
            Attributes = new Dictionary<string, JsonElement>
            {
                ["wanted"] = JsonElement.Parse("""["s:tea","s:pot"]"""),
                ["favorite"] = JsonElement.Parse("\"s:tea\""),
                ["budget"] = JsonElement.Parse("1500"),
                ["since"] = JsonElement.Parse("\"2026-11-01\""),
                ["giftWrap"] = JsonElement.Parse("true"),
            },
        },
        Event = PlannerTests.Event("stock.returned", "2026-11-25T10:00+09:00") with
        {
            Data = new Dictionary<string, JsonElement>
            {
                ["product"] = JsonElement.Parse("\"s:tea\""),
                ["products"] = JsonElement.Parse("""["s:cup","s:pot"]"""),
                ["price"] = JsonElement.Parse("1296"),
                ["since"] = JsonElement.Parse("\"2026-11-02\""),
                ["gift"] = JsonElement.Parse("true"),
            },
        },
    };

    [Theory]
    [InlineData("""{ "customer.attributes.wanted": { "contains": { "field": "event.product" } } }""", true)]
    [InlineData("""{ "customer.attributes.wanted": { "field": "event.product" } }""", true)]
    [InlineData("""{ "customer.attributes.wanted": { "in": { "field": "event.products" } } }""", true)]
    [InlineData("""{ "customer.attributes.wanted": { "notIn": { "field": "event.products" } } }""", false)]
    [InlineData("""{ "customer.attributes.favorite": { "field": "event.product" } }""", true)]
    [InlineData("""{ "customer.attributes.favorite": { "ne": { "field": "event.product" } } }""", false)]
    [InlineData("""{ "customer.attributes.favorite": { "in": { "field": "event.products" } } }""", false)]
    [InlineData("""{ "event.price": { "lte": { "field": "customer.attributes.budget" } } }""", true)]
    [InlineData("""{ "event.price": { "gt": { "field": "customer.attributes.budget" } } }""", false)]
    [InlineData("""{ "event.since": { "gt": { "field": "customer.attributes.since" } } }""", true)]
    [InlineData("""{ "event.gift": { "eq": { "field": "customer.attributes.giftWrap" } } }""", true)]
    [InlineData("""{ "customer.email": { "eq": { "field": "event.product" } } }""", false)]
    [InlineData("""{ "event.product": { "eq": { "field": "customer.email" } } }""", false)]
    [InlineData("""{ "event.product": { "ne": { "field": "customer.email" } } }""", true)]
    [InlineData("""{ "customer.orders.products": { "contains": { "field": "event.product" } } }""", false)]
    public void A_field_is_compared_with_what_another_one_holds(string condition, bool holds)
    {
        var (read, problems) = Read(condition);

        Assert.Empty(problems);
        Assert.Equal(holds, Conditions.Holds(read, Aoi));
    }

    [Theory]
    [InlineData("""{ "customer.tags": { "contains": "event.product" } }""",
        "customer.tags would be compared with the text \"event.product\", which is the name of a field",
        "{ \"field\": \"event.product\" }")]
    [InlineData("""{ "customer.attributes.favorite": "customer.email" }""",
        "customer.attributes.favorite would be compared with the text \"customer.email\", which is the name of a field",
        "{ \"field\": \"customer.email\" }")]
    [InlineData("""{ "event.price": { "gt": { "field": "event.product" } } }""",
        "event.price is a number, event.product a text: \"gt\" does not compare them", null)]
    [InlineData("""{ "event.price": { "in": { "field": "customer.attributes.wanted" } } }""",
        "event.price is a number, customer.attributes.wanted a list of texts: \"in\" does not compare them", null)]
    [InlineData("""{ "customer.tags": { "contains": { "field": "event.prodct" } } }""",
        "unknown field of stock.returned \"event.prodct\"", "event.product")]
    [InlineData("""{ "customer.tags": { "contains": { "of": "event.product" } } }""",
        "another field reads { \"field\": \"event.product\" }", null)]
    [InlineData("""{ "event.since": { "within": { "field": "customer.attributes.since" } } }""",
        "\"within\" is not asked with another field", null)]
    public void What_cannot_be_compared_and_a_name_that_was_meant_are_said(
        string condition, string message, string? meant)
    {
        var problem = Assert.Single(Read(condition).Problems);

        Assert.Equal(message, problem.Message);
        Assert.Equal(meant, problem.Suggestion);
    }

    [Fact]
    public void The_answer_says_what_both_hold()
    {
        var (read, _) = Read("""{ "event.price": { "gt": { "field": "customer.attributes.budget" } } }""");

        Assert.Equal("event.price gt customer.attributes.budget", Conditions.InWords(read!));
        Assert.Equal(
            "event.price 1,296 is not > customer.attributes.budget 1,500", Conditions.Explain(read!, Aoi));
    }

    [Theory]
    [InlineData("""{ "customer.country": "JP" }""", true)]
    [InlineData("""{ "customer.orders.channels": "pos" }""", true)]
    [InlineData("""{ "customer.orders.firstProducts": "s:tea" }""", true)]
    [InlineData("""{ "customer.orders.lastProducts": "s:tea" }""", false)]
    [InlineData("""{ "customer.orders.daysSinceFirst": { "gte": 20 } }""", true)]
    [InlineData("""{ "customer.orders.daysSinceLast": { "lt": 6 } }""", true)]
    [InlineData("""{ "order.discountCodes": "AUTUMN" }""", true)]
    [InlineData("""{ "order.tags": { "notIn": ["gift"] } }""", false)]
    [InlineData("""{ "order.paymentMethod": { "in": ["konbini", "bacs"] } }""", true)]
    [InlineData("""{ "order.daysSinceDelivered": { "gte": 3, "lt": 4 } }""", true)]
    [InlineData("""{ "order.daysSincePaid": { "exists": false } }""", true)]
    public void Of_customers_and_orders_more_can_be_asked(string condition, bool holds)
    {
        var (read, problems) = Read(condition);
        var order = new ScenarioOrder("#1", 10, "web", []).AsOrder(1, Aoi.Now.AddDays(-9), "JPY", PlannerTests.Aoi);
        var situation = Aoi with
        {
            Customer = Aoi.Customer with
            {
                Country = "JP",
                Orders = new OrderFacts
                {
                    Latest =
                    [
                        new() { Key = "s:1", At = Aoi.Now.AddDays(-20), Products = ["s:tea"], Channel = "pos" },
                        new() { Key = "s:2", At = Aoi.Now.AddDays(-5), Products = ["s:pot"] },
                    ],
                },
            },
            Order = order with
            {
                DiscountCodes = ["AUTUMN"],
                Tags = ["gift"],
                PaymentMethod = "konbini",
                DeliveredAt = Aoi.Now.AddDays(-3),
            },
        };

        Assert.Empty(problems);
        Assert.Equal(holds, Conditions.Holds(read, situation));
    }

    private static (Condition? Condition, IReadOnlyList<Problem> Problems) Read(string condition)
    {
        var (journey, problems) = JourneyReader.Read("x.json", Encoding.UTF8.GetBytes($$"""
            { "name": "x", "purpose": "marketing", "trigger": { "event": "stock.returned", "where": {{condition}} },
              "steps": [ { "do": "send", "mail": "m" } ] }
            """), new Names { Mails = ["m"], Journeys = ["x"], Shop = Shop });
        return (journey?.Trigger.Where, problems);
    }
}
