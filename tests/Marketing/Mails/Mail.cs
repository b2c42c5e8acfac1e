using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Mails;

/// <summary>A shop, a customer, an order: what the mails of these tests are written for.</summary>
internal static class Mail
{
    public const string Unsubscribe = "https://shop.example/u/token";
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    public static readonly ShopSettings Shop = new()
    {
        Name = "茶と器 <山>",
        PostalAddress = "静岡県静岡市1-2-3",
        Contact = new("info@shop.example", "054-000-0000", "https://shop.example/contact"),
        TimeZone = "Asia/Tokyo",
        Attributes = new Dictionary<string, string> { ["誕生月"] = "text" },
        Events = ["review.posted"],
        EventData = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["review.posted"] = new Dictionary<string, string>
            {
                ["stars"] = "number",
                ["text"] = "text",
                ["price"] = "number",
                ["day"] = "date",
                ["products"] = "list",
                ["page"] = "link",
            },
        },
        EventDataMayLack = new Dictionary<string, IReadOnlySet<string>>
        {
            ["review.posted"] = new HashSet<string> { "text" },
        },
    };

    public static readonly Customer Sato = new()
    {
        Id = new("00112233445566778899aabb"),
        CreatedAt = Now,
        FamilyName = "佐藤",
        GivenName = "花子",
        Email = "hanako@example.jp",
        Attributes = new Dictionary<string, JsonElement> { ["誕生月"] = JsonElement.Parse("\"五月\"") },
    };

    public static readonly Order Order = new()
    {
        Source = "shop",
        Id = "1",
        Number = "#1001",
        PlacedAt = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero),
        UpdatedAt = Now,
        Currency = "JPY",
        Total = 5800,
        Lines =
        [
            new OrderLine { Title = "煎茶 & <玉露>", Quantity = 2, Price = 1900, Url = "https://shop.example/p/1" },
            new OrderLine { Title = "湯のみ🍵", Quantity = 1, Price = 2000 },
        ],
    };

    public static Situation Situation => new()
    {
        Customer = Sato,
        Shop = Shop,
        Now = Now,
        Order = Order,
        Suggestions = [new()
        {
            ProductId = "2",
            Title = "ほうじ茶",
            Url = "https://shop.example/p/2?a=1&b=2",
            Price = 900,
            ImageUrl = null,
        }]
    };

    public static MailSource Source(string body, string subject = "件名") =>
        MailSource.Parse("test", $"---\nsubject: {subject}\n---\n{body}") is { Source: { } source } ? source
            : throw new InvalidOperationException("The source of this test is wrong.");

    public static MailTemplate Template(string body, string subject = "件名") =>
        MailTemplate.Compile(Source(body, subject)) is { Template: { } template } compiled
            ? template : throw new InvalidOperationException(string.Join(
                '\n', MailTemplate.Compile(Source(body, subject)).Problems));

    public static RenderedMail Render(
        string body, string subject = "件名", Situation? situation = null, Purpose purpose = Purpose.Transactional) =>
            Template(body, subject).Render(
                situation ?? Situation, purpose, purpose == Purpose.Marketing ? Unsubscribe : null);

    public static IReadOnlyList<Problem> Problems(string body, string subject = "件名") =>
        MailTemplate.Compile(Source(body, subject)).Problems;
}
