using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Functions.Customers;

/// <summary>A customer's rows in the order they happened: enrollments, sends (of journeys and of newsletters) and what became of them, consents, orders.</summary>
public sealed class Timelines(Tables tables, Mailings mailings)
{
    public async Task<List<Happening>> Of(Customer customer, CancellationToken cancellation)
    {
        var happened = new List<Happening>();
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            await foreach (var row in tables.Timeline.Query(new TableQuery { PartitionKey = id.Value }, cancellation))
                if (Read(row) is { } one) happened.Add(one);
            await foreach (var send in mailings.Of(id, cancellation))
                happened.Add(new(send.At, "send", send.Id, JsonSerializer.SerializeToElement(send, SendJson.Send)));
        }
        foreach (var order in customer.Orders.Latest)
            if (await Order(order.Key, cancellation) is { } row) happened.Add(new Happening(order.At, "order", order.Key, row));
        happened.Sort((a, b) => a.At.CompareTo(b.At));
        return happened;
    }

    private static Happening? Read(Row row)
    {
        var (kind, moment) = row.RowKey[0] switch { 'e' => ("enrollment", "startedAt"), 's' => ("send", "at"), 'c' => ("consent", "at"), 'g' => ("engagement", "at"), _ => (null, "") };
        if (kind is null) return null;
        using var document = JsonDocument.Parse(Documents.Text(row));
        return new Happening(document.RootElement.GetProperty(moment).GetDateTimeOffset(), kind, row.RowKey[2..], document.RootElement.Clone());
    }

    private async Task<JsonElement?> Order(string key, CancellationToken cancellation)
    {
        var order = await new Marketing.Orders.OrderStore(tables).Find(key);
        return order is null ? null : JsonSerializer.SerializeToElement(order.Value, CustomerJson.Order);
    }
}
