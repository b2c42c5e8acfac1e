using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>A customer a mail is tried on before it is published, and how to speak of them.</summary>
public sealed record Sample(string Who, Situation Situation)
{
    private const string Confirm = "https://shop.example/c/sample";
    private static readonly CustomerId Id = new("0123456789abcdef01234567");

    /// <summary>Somebody of whom everything is known, and somebody of whom nothing is but an address; <paramref name="order"/>: the journey is about an order.</summary>
    public static IReadOnlyList<Sample> All(ShopSettings shop, DateTimeOffset now, bool order) =>
    [
        new("a customer of whom everything is known", Full(shop, now, order)),
        new("a customer of whom nothing but the address is known", new Situation
        {
            Customer = new Customer { Id = Id, CreatedAt = now, Email = "sample@example.jp" },
            Shop = shop,
            Now = now,
            ConfirmUrl = Confirm,
            Order = order ? Bare(now) : null,
        }),
    ];

    private static Situation Full(ShopSettings shop, DateTimeOffset now, bool order) => new()
    {
        Customer = new Customer
        {
            Id = Id,
            CreatedAt = now.AddDays(-200),
            FamilyName = "佐藤",
            GivenName = "花子",
            Email = "hanako@example.jp",
            Phone = "+819012345678",
            Language = "ja",
            Orders = new OrderFacts { Latest = [new OrderSummary { Key = "shop:1001", At = now.AddDays(-14), Total = 5800, Products = ["shop:1"] }] },
            Attributes = shop.Attributes.ToDictionary(attribute => attribute.Key, attribute => Value(attribute.Value)),
        },
        Shop = shop,
        Now = now,
        ConfirmUrl = Confirm,
        Order = order ? Bare(now) with
        {
            PaidAt = now.AddDays(-14),
            FulfilledAt = now.AddDays(-13),
            Lines = [new OrderLine { Id = "1", ProductId = "1", Sku = "A-1", Title = "深煎りブレンド", Variant = "200g", Quantity = 2, Price = 1900, Url = "https://shop.example/p/1", ImageUrl = "https://shop.example/p/1.jpg" }],
        } : null,
        Suggestions =
        [
            new Suggestion("shop:2", "浅煎りエチオピア", "https://shop.example/p/2", 2000, "https://shop.example/p/2.jpg"),
            new Suggestion("shop:3", "ドリッパー", "https://shop.example/p/3", 1500, null),
        ],
    };

    private static Order Bare(DateTimeOffset now) => new()
    {
        Source = "shop",
        Id = "1001",
        Number = "#1001",
        PlacedAt = now.AddDays(-14),
        UpdatedAt = now.AddDays(-13),
        Currency = "JPY",
        Total = 5800,
        Lines = [new OrderLine { Title = "深煎りブレンド", Quantity = 1, Price = 5800 }],
    };

    private static System.Text.Json.JsonElement Value(string type) => System.Text.Json.JsonElement.Parse(type switch
    {
        "number" => "1",
        "flag" => "true",
        "date" => "\"2026-04-01T00:00:00+09:00\"",
        _ => "\"例\"",
    });
}
