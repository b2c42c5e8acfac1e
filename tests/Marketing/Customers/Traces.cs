using System.Text;
using System.Text.Json;
using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;

namespace Automation.Marketing.Tests.Customers;

/// <summary>What a person leaves behind all over the tables, and everything that lies there, as text.</summary>
internal static class Traces
{
    /// <summary>Enrollments, sends, engagement, a doubt and a parked webhook of Sato Hanako.</summary>
    public static async Task Leave(House house, CustomerId id)
    {
        var order = (await house.Orders.Find("shopify", "1001"))!.Value;
        var trigger = new ShopEvent
        {
            Id = "shopify:1001:placed",
            Type = EventTypes.OrderPlaced,
            At = house.Clock.Now,
            Customer = id,
            Order = order.Key,
            Data = new Dictionary<string, JsonElement> { ["to"] = JsonElement.Parse("\"佐藤花子\"") }
        };
        var enrollment = Enrollment.Begin(
            new(id, "welcome", $"order~{Keys.Safe(order.Key)}"), 1, trigger, order, house.Clock.Now);
        await house.Tables.Timeline.Add(enrollment.Entity());
        var send = Send(enrollment.Id, house.Clock.Now);
        await house.Tables.Timeline.Submit([Ledger.Write(send, null, null)]);
        await house.Tables.Timeline.Add(new Row(id.Value, $"g|{send.Id}")
        {
            { "Doc", """{"clickedAt":"2026-11-20T02:00:00Z","url":"https://shop.example/?for=hanako"}""" }
        });
        await new SendAttention(house.Tables).Uncertain(send, default);
        await Park(house, """{"customer":{"id":7001},"note":"佐藤花子様 090-1234-5678" """);
        await Park(house, """{"contact":"Hanako@Example.jp" """);
    }

    /// <summary>A parked webhook of somebody else.</summary>
    public static Task LeaveStranger(House house) => Park(house, """{"contact":"taro@example.jp" """);

    public static Send Send(
        EnrollmentId enrollment, DateTimeOffset at, string cursor = "0", SendState state = SendState.Accepted) => new()
        {
            Id = Ledger.Id(enrollment.Customer, $"{enrollment}@{cursor}"),
            Customer = enrollment.Customer,
            Mail = "thanks",
            Purpose = Purpose.Transactional,
            For = $"{enrollment}@{cursor}",
            State = state,
            At = at,
            Attempts = 1,
        };

    /// <summary>Every row of every table.</summary>
    public static async Task<List<string>> Everything(Tables tables)
    {
        var all = new List<string>();
        foreach (var table in typeof(Tables).GetProperties().Where(property => property.PropertyType == typeof(Table))
            .Select(property => (Table)property.GetValue(tables)!))
            await foreach (var row in table.Query(new TableQuery()))
                all.Add($"{table.Name} {row.PartitionKey} {row.RowKey} "
                    + string.Join(' ', row.Select(property => $"{property.Key}="
                        + (property.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : property.Value))));
        return all;
    }

    private static Task Park(House house, string body) =>
        new Parking(house.Tables).Park(new Envelope
        {
            Source = "shopify",
            Topic = "orders/create",
            ReceivedAt = house.Clock.Now,
            Body = Encoding.UTF8.GetBytes(body)
        }, "cut off");
}
