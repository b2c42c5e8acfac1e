using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>What a person should look at, of one kind (<c>?kind=</c>: <c>stuck</c>, <c>uncertain</c>, <c>parked</c> …) or of all; in pages.</summary>
public sealed class ListAttention(Tables tables)
{
    [Function(nameof(ListAttention))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/attention")] HttpRequest request) => request.HttpContext.Page(tables.Attention, new TableQuery { PartitionKey = request.HttpContext.Query("kind") }, row => row, Write);

    private static void Write(Utf8JsonWriter json, Row row)
    {
        var (at, reason) = (row.GetDateTimeOffset("At") ?? row.GetDateTimeOffset("ReceivedAt"), row.GetString("Reason"));
        if (row.GetString("Doc") is not null)
        {
            using var document = JsonDocument.Parse(Documents.Text(row));
            if (document.RootElement.TryGetProperty("at", out var moment)) at = moment.GetDateTimeOffset();
            if (document.RootElement.TryGetProperty("reason", out var because)) reason = because.GetString();
        }
        json.WriteStartObject();
        json.WriteString("kind", row.PartitionKey);
        json.WriteString("key", row.RowKey);
        if (at is { } known) json.WriteString("at", known);
        if (reason is not null) json.WriteString("reason", reason);
        json.WriteEndObject();
    }
}
