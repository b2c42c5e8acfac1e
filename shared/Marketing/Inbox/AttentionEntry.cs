using System.Text.Json;
using Automation.Storage;

namespace Automation.Marketing.Inbox;

/// <summary>Something a person should look at.</summary>
public sealed record AttentionEntry(string Kind, string Key, DateTimeOffset? At, string? Reason)
{
    public static AttentionEntry Of(Row row)
    {
        var (at, reason) =
            (row.GetDateTimeOffset("At") ?? row.GetDateTimeOffset("ReceivedAt"), row.GetString("Reason"));
        if (row.GetString("Doc") is not null)
        {
            using var document = JsonDocument.Parse(Documents.Text(row));
            if (document.RootElement.TryGetProperty("at", out var moment)) at = moment.GetDateTimeOffset();
            if (document.RootElement.TryGetProperty("reason", out var because)) reason = because.GetString();
        }
        return new(row.PartitionKey, row.RowKey, at, reason);
    }
}
