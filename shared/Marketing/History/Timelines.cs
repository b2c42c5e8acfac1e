using System.Text.Json;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.History;

/// <summary>One thing that happened to a customer: when, of which kind, its row key, its row as JSON.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Key, JsonElement What);

/// <summary>A customer's rows in the order they happened: enrollments, sends (of journeys and of newsletters) and what
/// became of them, consents, orders.</summary>
public sealed class Timelines(Tables tables, Mailings mailings, OrderStore orders)
{
    /// <summary>How many orders are asked for at once.</summary>
    private const int AtOnce = 8;

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
        foreach (var some in customer.Orders.Latest.Chunk(AtOnce))
            happened.AddRange((await Task.WhenAll(some.Select(Order))).OfType<TimelineEntry>());
        // Of one moment in their rows' order, as they were read.
        return [.. happened.OrderBy(one => one.At)];
    }

    private static TimelineEntry? Read(Row row)
    {
        var (kind, moment) = row.RowKey[0] switch
        {
            'e' => ("enrollment", "startedAt"),
            's' => ("send", "at"),
            'c' => ("consent", "at"),
            'g' => ("engagement", "at"),
            _ => (null, ""),
        };
        if (kind is null) return null;
        using var document = JsonDocument.Parse(Documents.Text(row));
        var what = document.RootElement;
        return new(what.GetProperty(moment).GetDateTimeOffset(), kind, row.RowKey[2..], what.Clone());
    }

    private async Task<TimelineEntry?> Order(OrderSummary told) => await orders.Find(told.Key) is { Value: var order }
        ? new(told.At, "order", told.Key, JsonSerializer.SerializeToElement(order, CustomerJson.Order))
        : null;
}
