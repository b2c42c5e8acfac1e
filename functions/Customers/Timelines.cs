using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Functions.Customers;

/// <summary>One thing that happened to a customer: when, of which kind, its row key, its row as JSON.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Key, JsonElement What);

/// <summary>
/// A customer's rows in the order they happened: enrollments, sends (of journeys and of newsletters) and what became of
/// them, consents, orders.
/// </summary>
public sealed class Timelines(Tables tables, Mailings mailings)
{
    public async Task<List<TimelineEntry>> Of(Customer customer, CancellationToken cancellation)
    {
        var happened = new List<TimelineEntry>();
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            await foreach (var row in tables.Timeline.Query(new TableQuery { PartitionKey = id.Value }, cancellation))
                if (Read(row) is { } one) happened.Add(one);
            await foreach (var send in mailings.Of(id, cancellation))
                happened.Add(new(send.At, "send", send.Id, JsonSerializer.SerializeToElement(send, SendJson.Send)));
        }
        foreach (var order in customer.Orders.Latest)
            if (await Order(order.Key, cancellation) is { } row) happened.Add(new TimelineEntry(order.At, "order", order.Key, row));
        happened.Sort((a, b) => a.At.CompareTo(b.At));
        return happened;
    }

    private static TimelineEntry? Read(Row row)
    {
        var (kind, moment) = row.RowKey[0] switch { 'e' => ("enrollment", "startedAt"), 's' => ("send", "at"), 'c' => ("consent", "at"), 'g' => ("engagement", "at"), _ => (null, "") };
        if (kind is null) return null;
        using var document = JsonDocument.Parse(Documents.Text(row));
        return new TimelineEntry(document.RootElement.GetProperty(moment).GetDateTimeOffset(), kind, row.RowKey[2..], document.RootElement.Clone());
    }

    private async Task<JsonElement?> Order(string key, CancellationToken cancellation)
    {
        var order = await new Marketing.Orders.OrderStore(tables).Find(key);
        return order is null ? null : JsonSerializer.SerializeToElement(order.Value, CustomerJson.Order);
    }
}
