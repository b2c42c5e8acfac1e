using System.Text.Json;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>A customer a mail is tried on before it is published, and how to speak of them.</summary>
public sealed record Sample(string Who, Situation Situation)
{
    private const string Confirm = "https://shop.example/c/sample";
    private static readonly CustomerId Id = new("0123456789abcdef01234567");

    /// <summary>Everything and the least there may be of a customer, and of the order, event and suggestions a mail
    /// speaks of, each with each.</summary>
    public static IReadOnlyList<Sample> All(ShopSettings shop, DateTimeOffset now, Occasion occasion)
    {
        var (known, bare) = (Known(shop, now), new Customer { Id = Id, CreatedAt = now, Email = "sample@example.jp" });
        var nothing = new Situation
        {
            Customer = bare,
            Shop = shop,
            Now = now,
            ConfirmUrl = Confirm,
            Order = occasion.Order ? Least(now) : null,
            Event = Event(shop, now, occasion, whole: false),
            Coupon = occasion.Coupon ? new Coupon("sample", "ABC-123") : null,
        };
        var least = nothing with
        {
            Suggestions = [new Suggestion
            {
                ProductId = "shop:2",
                Title = "浅煎りエチオピア",
                Url = shop.PageOf("2", "浅煎りエチオピア"),
                Price = null,
                ImageUrl = null,
            }]
        };
        var all =
            nothing with
            {
                Suggestions = Suggested,
                Order = occasion.Order ? Full(now) : null,
                Event = Event(shop, now, occasion, whole: true),
                Coupon = occasion.Coupon ? new Coupon("sample", "ABC-123", new DateOnly(2026, 12, 31)) : null,
            };
        const string Things = "of whose order, event and suggestions only the least is known";
        return
        [
            new("a customer of whom everything is known", all with { Customer = known }),
            new("a customer of whom nothing but the address is known", nothing),
            new($"a customer {Things}", least with { Customer = known }),
            new("a customer of whom nothing but the address is known", all),
            new($"a customer of whom nothing but the address is known and {Things}", least),
            new("a customer for whom there are no suggestions", nothing with { Customer = known }),
        ];
    }

    private static readonly Suggestion[] Suggested =
    [
        new()
        {
            ProductId = "shop:2",
            Title = "浅煎りエチオピア",
            Url = "https://shop.example/p/2",
            Price = 2000,
            ImageUrl = "https://shop.example/p/2.jpg",
        },
        new()
        {
            ProductId = "shop:3",
            Title = "ドリッパー",
            Url = "https://shop.example/p/3",
            Price = 1500,
            ImageUrl = "https://shop.example/p/3.jpg",
        },
    ];

    private static Customer Known(ShopSettings shop, DateTimeOffset now) => new()
    {
        Id = Id,
        CreatedAt = now.AddDays(-200),
        FamilyName = "佐藤",
        GivenName = "花子",
        Email = "hanako@example.jp",
        Phone = "+819012345678",
        Language = "ja",
        Orders = new OrderFacts
        {
            Latest =
                [new OrderSummary { Key = "shop:1001", At = now.AddDays(-14), Total = 5800, Products = ["shop:1"] }]
        },
        Attributes = shop.Attributes.ToDictionary(attribute => attribute.Key, attribute => Value(attribute.Value)),
    };

    private static Order Full(DateTimeOffset now) => Least(now) with
    {
        PaidAt = now.AddDays(-14),
        FulfilledAt = now.AddDays(-13),
        DeliveredAt = now.AddDays(-12),
        CancelledAt = now.AddDays(-12),
        Refunded = 1900,
        Lines =
        [
            new OrderLine
            {
                Id = "1",
                ProductId = "1",
                Sku = "A-1",
                Title = "深煎りブレンド",
                Variant = "200g",
                Quantity = 2,
                Price = 1900,
                Url = "https://shop.example/p/1",
                ImageUrl = "https://shop.example/p/1.jpg",
            },
        ],
    };

    private static Order Least(DateTimeOffset now) => new()
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

    /// <summary>What began the journey, with all that such an event carries, or with what it always does.</summary>
    private static ShopEvent? Event(ShopSettings shop, DateTimeOffset now, Occasion occasion, bool whole) =>
        occasion.Event is not { } type ? null : new()
        {
            Id = "sample",
            Type = type,
            At = now,
            Customer = Id,
            Data = EventFields.Names(type, shop)
                .Where(name => whole || EventFields.IsSure(type, name, shop))
                .ToDictionary(name => name, name => Value(EventFields.Declared(type, name, shop)!)),
        };

    private static JsonElement Value(string type) => JsonElement.Parse(type switch
    {
        "number" => "1",
        "flag" => "true",
        "date" => "\"2026-04-01\"",
        "list" => "[\"例\"]",
        "link" => "\"https://shop.example/sample\"",
        _ => "\"例\"",
    });
}
