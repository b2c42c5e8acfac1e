using System.Globalization;
using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Benchmarks;

/// <summary>A shop with a weekly newsletter of about 16 KB, three products in each customer's own part, and many
/// customers.</summary>
internal static class IssueShop
{
    private static readonly string[] Products = ["Linen Apron, Oat", "Beeswax Wrap Set of 3", "Walnut Serving Board",
        "Cast Iron Skillet 26 cm", "Stoneware Mug, Slate"];
    private static readonly string[] Names = ["Amara", "Bjorn", "Chiyo", "Dmitri", "Elif"];

    /// <param name="whole">The whole page differs from customer to customer: nothing is shared.</param>
    public static string Write(bool whole)
    {
        var folder = Directory.CreateTempSubdirectory("bench-shop-").FullName;
        var recommend = string.Join(", ", Products.Select((title, n) =>
            $$"""{ "id": "{{n}}", "title": "{{title}}", "url": "https://shop.bench.example/products/{{n}}", "price": """
            + $$"""{{9 + n}}, "imageUrl": "https://cdn.bench.example/p/{{n}}.jpg" }"""));
        File.WriteAllText(Path.Combine(folder, "shop.json"), $$"""
            { "name": "Bench", "postalAddress": "1 Bench Street", "contact": { "email": "help@bench.example" },
              "timeZone": "Asia/Tokyo", "currency": "USD", "language": "en", "url": "https://shop.bench.example",
              "attributes": { "coupon": "text", "city": "text", "vip": "flag" }, "recommend": [{{recommend}}] }
            """);
        Directory.CreateDirectory(Path.Combine(folder, "newsletters", "weekly"));
        File.WriteAllText(Path.Combine(folder, "newsletters", "weekly.json"),
            """{ "name": "Weekly", "on": ["wednesday"], "at": "10:00" }""");
        foreach (var date in Dates)
            File.WriteAllText(Path.Combine(folder, "newsletters", "weekly", $"{date}.md"), Issue(whole));
        return folder;
    }

    /// <summary>The next four Wednesdays: a newsletter has no slots before it was published, and by hand an issue goes
    /// before its slot.</summary>
    public static readonly string[] Dates = [.. Enumerable.Range(1, 28)
        .Select(days => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(days))
        .Where(date => date.DayOfWeek == DayOfWeek.Wednesday)
        .Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

    private static string Issue(bool whole)
    {
        const string Block = """
            Hello {{default customer.givenName "there"}},

            {{#if customer.attributes.vip}}
            As one of our **best customers** you get {{default customer.attributes.coupon "W47"}} until Sunday.
            {{else}}
            Your code **{{default customer.attributes.coupon "W47"}}** is good until Sunday.
            {{/if}}

            {{#each suggestions}}
            {{#if url}}
            - {{#if imageUrl}}![{{title}}]({{imageUrl}}){{/if}} **[{{title}}]({{url}})** Made in small runs; back
              in stock this week. **{{default price "-"}}**
            {{/if}}
            {{/each}}

            You have ordered {{customer.orders.count}} times, {{customer.orders.total}} in all.
            {{#if customer.attributes.city}}See you in {{customer.attributes.city}}!{{/if}}
            """;
        const string Story =
            "Small makers, honest materials, and things that are still good in twenty years: that is what we look for "
            + "when we travel to the workshops twice a year. Small makers, honest materials, and things that are "
            + "still good in twenty years: that is what we look for when we travel to the workshops twice a year.";
        var stories = string.Join("\n\n", Enumerable.Range(0, 18).Select(
            n => $"### {Products[n % Products.Length]}\n\n{Story}\n\n[Read on](https://shop.bench.example/story/{n})"));
        var page = $"{Block}\n\n{stories}";
        return $"---\nsubject: News\n---\n{(whole ? $"{{{{#if customer.givenName}}}}\n{page}\n{{{{/if}}}}" : page)}\n";
    }

    public static Customer Customer(int n)
    {
        var now = DateTimeOffset.UtcNow;
        return new Customer
        {
            Id = CustomerId.New(now.AddMilliseconds(64L * n)),   // in all shards
            CreatedAt = now.AddDays(-200),
            GivenName = Names[n % Names.Length],
            FamilyName = $"Reader{n}",
            Email = $"r{n:D7}@bench.example",
            Language = "en",
            Identities = [$"email:r{n:D7}@bench.example", $"src:bench:{n}"],
            Attributes = new Dictionary<string, JsonElement>
            {
                ["coupon"] = JsonElement.Parse($"\"W47-{n:X}\""),
                ["city"] = JsonElement.Parse(n % 2 == 0 ? "\"Winterhaven\"" : "\"Lucerne\""),
                ["vip"] = JsonElement.Parse(n % 3 == 0 ? "true" : "false"),
            },
            Consent = new Dictionary<string,
                ConsentRecord>
            { ["email"] = new(ConsentState.Given, now.AddDays(-100), "checkout") },
            Orders = new OrderFacts
            {
                Latest = [new OrderSummary
                {
                    Key = $"bench:{n}",
                    At = now.AddDays(-40),
                    Total = 58,
                    Products = [$"bench:{100 + (n % 50)}"]
                }]
            },
        };
    }

    /// <summary>Customers straight into the data of a shop that is not running.</summary>
    public static async Task Put(string data, int count)
    {
        using var database = SqliteDatabase.Open(Path.Combine(data, "automation.db"));
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        foreach (var shard in Enumerable.Range(0, count).Select(Customer).GroupBy(customer => customer.Id.Shard))
            await Task.WhenAll(shard.Chunk(100).Select(some => tables.Customers.Submit(
                [.. some.Select(customer => new RowAction(RowActionKind.Add, CustomerJson.Row(customer)))])));
    }
}
