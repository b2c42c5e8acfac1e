using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>
/// What a person should look at, of one kind (<c>?kind=</c>: <c>stuck</c>, <c>uncertain</c>, <c>parked</c> …) or of
/// all; in pages.
/// </summary>
public sealed class ListAttention(Tables tables)
{
    [Function(nameof(ListAttention)), Asks("kind", "next")]
    public Task<Results<Ok<Page<AttentionEntry>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/attention")] HttpRequest request) =>
        request.Page(
            tables.Attention,
            new TableQuery { PartitionKey = request.Query("kind") },
            row => (true, AttentionEntry.Of(row)));
}

/// <summary>Something a person should look at.</summary>
public sealed record AttentionEntry(string Kind, string Key, DateTimeOffset? At, string? Reason)
{
    public static AttentionEntry Of(Row row)
    {
        var (at, reason) = (row.GetDateTimeOffset("At") ?? row.GetDateTimeOffset("ReceivedAt"), row.GetString("Reason"));
        if (row.GetString("Doc") is not null)
        {
            using var document = JsonDocument.Parse(Documents.Text(row));
            if (document.RootElement.TryGetProperty("at", out var moment)) at = moment.GetDateTimeOffset();
            if (document.RootElement.TryGetProperty("reason", out var because)) reason = because.GetString();
        }
        return new(row.PartitionKey, row.RowKey, at, reason);
    }
}
