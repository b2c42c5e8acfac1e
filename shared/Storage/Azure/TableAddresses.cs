using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Automation.Storage.Azure;

/// <summary>Addresses of rows and queries, relative to the service's, escaped (https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities).</summary>
internal static class TableAddresses
{
    public static string Row(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    public static string Query(string table, TableQuery query, string? continuationToken)
    {
        var conditions = new List<string>(4);
        if (query.PartitionKey is { } partitionKey) conditions.Add($"PartitionKey eq '{partitionKey.Replace("'", "''", StringComparison.Ordinal)}'");
        if (query.RowKeyFrom is { Length: > 0 } from) conditions.Add($"RowKey ge '{from.Replace("'", "''", StringComparison.Ordinal)}'");
        if (query.RowKeyBelow is { } below) conditions.Add($"RowKey lt '{below.Replace("'", "''", StringComparison.Ordinal)}'");
        if (query.ChangedSince is { } since) conditions.Add(string.Create(CultureInfo.InvariantCulture, $"Timestamp ge datetime'{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}'"));
        var address = new StringBuilder($"{table}()?$top={query.PageSize}");
        if (conditions.Count > 0) address.Append("&$filter=").Append(Uri.EscapeDataString(string.Join(" and ", conditions)));
        if (continuationToken is not null)
        {
            var (nextPartitionKey, nextRowKey) = Next(continuationToken);
            address.Append("&NextPartitionKey=").Append(Uri.EscapeDataString(nextPartitionKey));
            if (nextRowKey.Length > 0) address.Append("&NextRowKey=").Append(Uri.EscapeDataString(nextRowKey));
        }
        return address.ToString();
    }

    /// <summary>Two opaque texts of the service in one of ours.</summary>
    public static string Token(string nextPartitionKey, string? nextRowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{nextPartitionKey}\n{nextRowKey}"));

    private static (string NextPartitionKey, string NextRowKey) Next(string token)
    {
        if (!Base64Url.IsValid(token) || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(
            '\n') is not [{ Length: > 0 } nextPartitionKey, var nextRowKey])
            throw new FormatException("This is no continuation token of a table query.");
        return (nextPartitionKey, nextRowKey);
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Contains('\'') ? key.Replace("'", "''", StringComparison.Ordinal) : key);
}
