using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Automation.Year.Tests;

/// <summary>A webhook on its way to the shop.</summary>
/// <param name="At">When it comes in.</param>
public sealed record Webhook(DateTimeOffset At, string Source, string Topic, byte[] Body);

/// <summary>What three platforms post about an order, in their own words; now and then late, doubled, or in the wrong
/// order.</summary>
public static class Webhooks
{
    private enum Word { Placed, Shipped, Cancelled, Refunded }

    public static IEnumerable<Webhook> Of(Person person, RealOrder order)
    {
        var chance = new Random(order.N);
        var said = new List<Webhook> { Say(person, order, Word.Placed, order.Told) };
        // Platforms post a sale at the counter, paid and handed over, in the same second.
        if (order.Shipped is { } shipped)
            said.Add(Say(person, order, Word.Shipped, order.AtTheTill ? order.Told : Later(shipped, order)));
        if (order.Cancelled is { } cancelled) said.Add(Say(person, order, Word.Cancelled, Later(cancelled, order)));
        if (order.Refunded is { } refunded) said.Add(Say(person, order, Word.Refunded, Later(refunded, order)));
        foreach (var one in said)
        {
            yield return one;
            if (chance.NextDouble() < 0.03) yield return one with { At = one.At.AddMinutes(chance.Next(600)) };
        }
    }

    private static DateTimeOffset Later(DateTimeOffset at, RealOrder order) =>
        at > order.Told ? at.AddSeconds(2) : order.Told;

    private static Webhook Say(Person person, RealOrder order, Word word, DateTimeOffset at) => person.Source switch
    {
        "shopify" => new(at, "shopify", Topic(word), Bytes(Shopify(person, order, word))),
        "woo" =>
            new(at, "woo", word == Word.Placed ? "order.created" : "order.updated", Bytes(Woo(person, order, word))),
        _ => new(at, "generic", "cloudevents", Bytes(Generic(person, order, word))),
    };

    private static string Topic(Word word) => word switch
    {
        Word.Placed => "orders/create",
        Word.Shipped => "orders/fulfilled",
        Word.Cancelled => "orders/cancelled",
        _ => "orders/updated",
    };

    private static DateTimeOffset When(RealOrder order, Word word) => word switch
    {
        Word.Shipped => order.Shipped!.Value,
        Word.Cancelled => order.Cancelled!.Value,
        Word.Refunded => order.Refunded!.Value,
        _ => order.Placed,
    };

    private static JsonObject Shopify(Person person, RealOrder order, Word word)
    {
        var shipped = order.Shipped is { } sent && sent <= When(order, word) ? sent : (DateTimeOffset?)null;
        var line = (long)9_000_000_000 + order.N;
        return new()
        {
            ["id"] = 5_000_000_000 + order.N,
            ["name"] = $"#{order.N}",
            ["email"] = person.Email,
            ["created_at"] = Iso(order.Placed),
            ["updated_at"] = Iso(When(order, word)),
            ["currency"] = "JPY",
            ["total_price"] = Text(order.Total),
            ["financial_status"] = word == Word.Refunded ? "refunded" : "paid",
            ["fulfillment_status"] = shipped is null ? null : "fulfilled",
            ["cancelled_at"] = word == Word.Cancelled ? Iso(order.Cancelled!.Value) : null,
            ["buyer_accepts_marketing"] = person.AgreesToLetters && IsFirst(person, order),
            ["source_name"] = order.AtTheTill ? "pos" : "web",
            ["customer"] = new JsonObject
            {
                ["id"] = 7_000_000 + person.N,
                ["email"] = person.Email,
                ["last_name"] = "佐藤",
                ["first_name"] = $"花子{person.N}",
                ["updated_at"] = Iso(order.Placed),
            },
            ["line_items"] = new JsonArray(new JsonObject
            {
                ["id"] = line,
                ["product_id"] = 100
                    + (order.N % 12),
                ["title"] = "深蒸し煎茶",
                ["quantity"] = 1,
                ["price"] = Text(order.Total),
            }),
            // A gift goes to somebody else's door: that is not the customer's name.
            ["shipping_address"] = order.N % 17 == 0
                ? new JsonObject { ["last_name"] = "贈り先", ["first_name"] = "様", ["country_code"] = "JP" }
                : null,
            ["fulfillments"] = shipped is { } at
                ? new JsonArray(new JsonObject
                {
                    ["id"] = line,
                    ["status"] = "success",
                    ["created_at"] = Iso(at),
                    ["updated_at"] = Iso(at),
                    ["line_items"] = new JsonArray(new JsonObject { ["id"] = line, ["quantity"] = 1 }),
                })
                : new JsonArray(),
            ["refunds"] = word == Word.Refunded
                ? new JsonArray(new JsonObject
                {
                    ["id"] = line,
                    ["created_at"] = Iso(order.Refunded!.Value),
                    ["transactions"] = new JsonArray(new JsonObject
                    {
                        ["kind"] = "refund",
                        ["status"] = "success",
                        ["amount"] = Text(order.Total),
                        ["currency"] = "JPY"
                    }),
                    ["refund_line_items"] = new JsonArray(new JsonObject
                    {
                        ["line_item_id"] = line,
                        ["quantity"] = 1,
                        ["subtotal"] = Text(order.Total)
                    }),
                })
                : new JsonArray(),
        };
    }

    private static JsonObject Woo(Person person, RealOrder order, Word word) => new()
    {
        ["id"] = 100_000 + order.N,
        ["number"] = Text(order.N),
        ["status"] = word switch
        {
            Word.Shipped => "completed",
            Word.Cancelled => "cancelled",
            Word.Refunded => "refunded",
            _ => "processing"
        },
        ["currency"] = "JPY",
        ["date_created_gmt"] = Gmt(order.Placed),
        ["date_modified_gmt"] = Gmt(When(order, word)),
        ["date_paid_gmt"] = Gmt(order.Placed),
        ["date_completed_gmt"] = order.Shipped is { } sent && sent <= When(order, word) ? Gmt(sent) : null,
        ["total"] = Text(order.Total),
        ["customer_id"] = 1000 + person.N,
        ["billing"] = new JsonObject
        {
            ["first_name"] = $"花子{person.N}",
            ["last_name"] = "佐藤",
            ["country"] = "JP",
            ["email"] = person.Email
        },
        ["line_items"] = new JsonArray(new JsonObject
        {
            ["id"] = order.N,
            ["name"] = "粉引の湯のみ",
            ["product_id"] = 100
                + (order.N % 12),
            ["quantity"] = 1,
            ["total"] = Text(order.Total),
            ["price"] = order.Total,
        }),
        ["refunds"] = word == Word.Refunded
            ? new JsonArray(new JsonObject { ["id"] = order.N, ["total"] = $"-{order.Total}" })
            : new JsonArray(),
        ["meta_data"] = new JsonArray(new JsonObject
        {
            ["key"] = "newsletter",
            ["value"] = person.AgreesToLetters && IsFirst(person, order) ? "1" : "0"
        }),
    };

    private static JsonObject Generic(Person person, RealOrder order, Word word)
    {
        var data = new JsonObject { ["id"] = Text(order.N) };
        if (word == Word.Placed)
        {
            data["number"] = $"G-{order.N}";
            data["currency"] = "JPY";
            data["total"] = order.Total;
            data["placedAt"] = Iso(order.Placed);
            data["lines"] = new JsonArray(new JsonObject
            {
                ["productId"] = $"p{order.N % 12}",
                ["title"] = "ほうじ茶",
                ["quantity"] = 1,
                ["price"] = order.Total
            });
            var customer = new JsonObject
            {
                ["id"] = Text(person.N),
                ["email"] = person.Email,
                ["familyName"] = "佐藤",
                ["givenName"] = $"花子{person.N}"
            };
            if (person.AgreesToLetters && IsFirst(person, order)) customer["acceptsMarketing"] = true;
            data["customer"] = customer;
        }
        return new()
        {
            ["specversion"] = "1.0",
            ["id"] = $"{order.N}-{word}",
            ["source"] = "till",
            ["type"] = word switch
            {
                Word.Shipped => "order.fulfilled",
                Word.Cancelled => "order.cancelled",
                Word.Refunded => "order.refunded",
                _ => "order.placed"
            },
            ["time"] = Iso(When(order, word)),
            ["data"] = data,
        };
    }

    private static bool IsFirst(Person person, RealOrder order) => person.Orders[0].N == order.N;
    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    private static string Gmt(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
