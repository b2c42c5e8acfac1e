using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Segments;

namespace Automation.Functions.Tests.Simulation;

/// <summary>A shop's folder as somebody might write it, made by chance: attributes and events of all types, journeys
/// that begin in every way and start each other, mails with blanks of every kind, some of them wrong.</summary>
internal sealed class AnyShop(int seed)
{
    private static readonly string[] Types = ["text", "number", "flag", "date", "list", "link"];
    private static readonly string[] Own = ["review.posted", "stock.back"];

    private static readonly string[] Names =
    [
        "customer.salutation", "customer.familyName", "customer.name", "customer.email", "customer.phone",
        "customer.orders.count", "customer.orders.total", "customer.orders.lastAt", "customer.attributes.a",
        "customer.attributes.b", "order.number", "order.total", "order.placedAt", "order.paidAt", "order.deliveredAt",
        "order.refunded", "suggestion.title", "suggestion.url", "suggestion.price", "shop.name", "shop.contact.email",
        "coupon.code", "coupon.expires", "event.at", "event.x", "event.y", "event.url", "event.total", "event.titles",
        "event.channel", "event.reason",
    ];

    /// <summary>{0} is a blank's name; the first are right whatever it is.</summary>
    private static readonly string[] Ways =
    [
        "{{{{#if {0}}}}}\n{{{{{0}}}}}\n{{{{/if}}}}", "{{{{default {0} \"x\"}}}}",
        "{{{{#unless {0}}}}}\nx\n{{{{/unless}}}}", "{{{{{0}}}}}", "[見る]({{{{{0}}}}})",
        "{{{{#if {0}}}}}\n[見る]({{{{{0}}}}})\n{{{{/if}}}}", "{{{{date {0}}}}}", "{{{{money {0}}}}}",
        "{{{{#if {0}}}}}\n{{{{date {0} \"M月d日\"}}}}\n{{{{/if}}}}",
    ];

    private static readonly string[] Blocks =
    [
        "", "", "```products suggestions\n```", "```products order\n```", "```order\n```", "```social\n```",
        "{{#if order}}\n\n```order\n```\n\n{{/if}}", "```coupon\n{{coupon.code}}\n```",
        "{{#each order.lines}}\n- [{{title}}]({{url}}) {{price}}\n{{/each}}",
        "{{#each order.lines}}\n- {{title}} {{money price}}\n{{/each}}",
        "{{#if coupon.code}}\n\n```coupon\n{{coupon.code}}\n```\n\n{{/if}}",
    ];

    private readonly Random random = new(seed);

    private T One<T>(params T[] of) => of[random.Next(of.Length)];

    private bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>By their names in the folder.</summary>
    public Dictionary<string, string> Files()
    {
        var attributes = new Dictionary<string, string> { ["a"] = One(Types), ["b"] = One(Types), ["born"] = "date" };
        var data = Own.ToDictionary(type => type, _ => ((string[])["x", "y"]).Where(_ => Chance(80))
            .ToDictionary(name => name, _ => One(Types) + (Chance(40) ? "?" : "")));
        var files = new Dictionary<string, string>
        {
            ["shop.json"] = JsonSerializer.Serialize(new
            {
                name = "月凪",
                postalAddress = "静岡県",
                contact = new { email = "a@example.jp" },
                timeZone = "Asia/Tokyo",
                attributes,
                events = Own,
                eventData = data,
                brand = new { social = new[] { new { words = "LINE", url = "https://l.example/" } } },
                recommend = Enumerable.Range(0, random.Next(1, 4)).Select(Product),
            }),
            ["coupons/pool.csv"] = "code,expires\n" + string.Concat(Enumerable.Range(0, 30).Select(n =>
                $"CODE-{n},{(Chance(50) ? "2099-12-31" : "")}\n")),
        };
        foreach (var name in (string[])["one", "two"])
        {
            files[$"mails/{name}.md"] = Mail();
            if (Chance(30)) files[$"mails/{name}.en.md"] = Mail();
            files[$"journeys/{name}.json"] = Journey(name == "one" ? "two" : "one");
        }
        return files;
    }

    private Dictionary<string, object> Product(int n)
    {
        var product = new Dictionary<string, object> { ["id"] = $"p{n}", ["title"] = "煎茶" };
        if (Chance(60)) product["url"] = $"https://shop.example/p/{n}";
        if (Chance(60)) product["price"] = 1200;
        if (Chance(60)) product["imageUrl"] = $"https://shop.example/{n}.jpg";
        return product;
    }

    private string Mail()
    {
        var subject = Chance(90) ? "お便り" : $"お便り {{{{{One(Names)}}}}}";
        var parts = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => string.Format(null, One(Chance(85) ? Ways[..3] : Ways), One(Names))).Append(One(Blocks));
        return $"---\nsubject: {subject}\n---\nこんにちは。\n\n{string.Join("\n\n", parts)}\n";
    }

    private string Journey(string other) => $$"""
        { "name": "旅", "purpose": "{{(Chance(70) ? "marketing" : "transactional")}}", "reentry": "always",
          "trigger": {{One(Triggers)}}, "steps": [ {{Steps(other, 2)}} ] }
        """;

    private static readonly string[] Triggers =
    [
        """{ "event": "order.placed" }""", """{ "event": "order.fulfilled" }""", """{ "event": "order.refunded" }""",
        """{ "event": ["order.placed", "review.posted"] }""", """{ "event": ["order.delivered", "order.paid"] }""",
        """{ "event": "review.posted" }""", """{ "event": ["review.posted", "stock.back"] }""",
        """{ "event": "checkout.abandoned" }""", """{ "event": "consent.given" }""",
        """{ "event": ["consent.given", "checkout.started"] }""",
        """{ "date": "customer.attributes.born", "yearly": true, "at": "10:00" }""",
        """{ "becomes": { "customer.orders.count": { "gte": 1 } } }""",
        """{ "becomes": { "customer.attributes.a": { "exists": false } } }""",
    ];

    private string Steps(string other, int depth)
    {
        List<string> steps = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Step(other, depth)), Send()];
        if (Chance(60)) steps.Insert(0, """{ "do": "coupon", "pool": "pool" }""");
        return string.Join(",\n", steps);
    }

    private string Send() => $$"""{ "do": "send", "mail": "{{One(["one", "two"])}}" }""";

    private string Step(string other, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => """{ "do": "wait", "for": "2 days" }""",
        1 => Send(),
        2 => """{ "do": "update", "set": { "a": null, "b": null } }""",
        3 => $$"""{ "do": "wait", "for": "1 day" }, { "do": "start", "journey": "{{other}}" }""",
        4 => """{ "do": "coupon", "pool": "pool" }""",
        5 => $$"""
            { "do": "branch", "if": { "customer.attributes.a": { "exists": true } },
              "then": [ {{Steps(other, depth - 1)}} ], "else": [ {{Steps(other, depth - 1)}} ] }
            """,
        6 => $$"""
            { "do": "waitFor", "event": "order.refunded", "upTo": "3 days", "then": [ {{Steps(other, depth - 1)}} ] }
            """,
        _ => $$"""
            { "do": "split", "arms": [ { "name": "a", "percent": 50, "steps": [ {{Steps(other, depth - 1)}} ] },
              { "name": "b", "percent": 50, "steps": [ {{Steps(other, depth - 1)}} ] } ] }
            """,
    };

    /// <summary>Somebody who meets the shop, all of whom may be known or next to nothing.</summary>
    public Customer Somebody(ShopContents contents) => new()
    {
        Id = new("0123456789abcdef01234567"),
        Email = "a@example.jp",
        FamilyName = Chance(50) ? "佐藤" : null,
        GivenName = Chance(50) ? "葵" : null,
        Phone = Chance(50) ? "+819012345678" : null,
        Language = One<string?>([null, "ja", "en", "fr"]),
        TimeZone = One<string?>([null, "America/Los_Angeles"]),
        Consent = new Dictionary<string, ConsentRecord>
        {
            ["email"] = new(ConsentState.Given, DateTimeOffset.UnixEpoch, "scenario"),
        },
        Attributes = contents.Shop!.Attributes.Where(one => one.Key == "born" || Chance(50))
            .ToDictionary(one => one.Key, one => Value(one.Value)),
    };

    /// <summary>What starts either journey happens to them, one thing after another, and then all that becomes of an
    /// order.</summary>
    public Scenario Scenario(string journey, ShopContents contents)
    {
        var types = contents.Journeys.Values
            .SelectMany(file => file.Journey.Trigger is Trigger.On on ? on.Events.All : [])
            .Distinct().OrderBy(_ => random.Next()).ToList();
        List<ScenarioEvent> events = Chance(50) ? [Order(-30)] : [];
        foreach (var (n, type) in types.Index()) events.Add(Event(n * 5, type, contents));
        return new()
        {
            Journey = journey,
            Newsletters = false,
            Days = 40,
            Customer = Somebody(contents),
            Events = [.. events, Order(21), Event(22, EventTypes.OrderPaid, contents),
                Event(23, EventTypes.OrderFulfilled, contents), Event(24, EventTypes.OrderRefunded, contents)],
        };
    }

    private ScenarioEvent Event(int day, string type, ShopContents contents) => type == EventTypes.OrderPlaced
        ? Order(day)
        : new()
        {
            Day = day,
            At = null,
            Event = type,
            Data = EventFields.Names(type, contents.Shop!)
                .Where(name => EventFields.IsSure(type, name, contents.Shop!) || Chance(50))
                .ToDictionary(name => name, name => name == "channel"
                    ? JsonElement.Parse("\"email\"")
                    : Value(EventFields.Declared(type, name, contents.Shop!)!)),
        };

    private ScenarioEvent Order(int day) => new()
    {
        Day = day,
        At = null,
        Event = EventTypes.OrderPlaced,
        Order = new ScenarioOrder(
            Chance(50) ? "#1" : null, 1296, "web", [.. Enumerable.Range(0, random.Next(3)).Select(Line)]),
    };

    private OrderLine Line(int n) => new()
    {
        ProductId = Chance(50) ? $"p{n}" : null,
        Title = "煎茶",
        Quantity = 1,
        Price = 648,
        Url = One<string?>([null, "https://shop.example/p/1", "/p/1"]),
        ImageUrl = One<string?>([null, "https://shop.example/1.jpg", "//cdn.example/1.jpg"]),
    };

    private JsonElement Value(string type) => JsonElement.Parse(type switch
    {
        "number" => "5",
        "flag" => One(["true", "false"]),
        "date" => One(["\"2026-06-20\"", "\"2026-06-20T23:30:00+09:00\""]),
        "list" => One(["[]", "[\"煎茶\",\"ほうじ茶\"]"]),
        "link" => "\"https://shop.example/x\"",
        _ => "\"深蒸し <煎茶>\"",
    });
}
